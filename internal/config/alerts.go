package config

import (
	"fmt"
	"time"

	"samur/internal/news"
	"samur/internal/pattern"
)

// Alert is a rule by which a story goes out at once, beside the digests that tell it
// later. All that is said must hold of the story. The running daemon alone sends alerts.
type Alert struct {
	// Name is what messages and commands call it: letters, digits, dot, dash and
	// underscore; unique among alerts and digests. A renamed alert starts afresh.
	Name string `yaml:"name" form:"name" required:"yes"`
	// To names the channels it is sent through.
	To []string `yaml:"to" form:"name" required:"yes"`
	// Language is that of headings, dates and numbers; quotes keep their own.
	Language news.Lang `yaml:"language" default:"en" oneof:"en,ru,az"`
	// Topics: the story has one of them. Default: any or none.
	Topics []string `yaml:"topics" form:"slug"`
	// Actors: it names one of these concepts of the lexicon. Default: any or none.
	Actors []string `yaml:"actors" form:"concept"`
	// Keywords: one of these words or phrases is in a headline or text, in any of its
	// forms. Default: any or none.
	Keywords []string `yaml:"keywords" form:"cue"`
	// MinVoices is how many outlets report it by themselves.
	MinVoices int `yaml:"min_voices" default:"2" min:"1" max:"50"`
	// BothSides: outlets of Azerbaijan and of Russia report it by themselves.
	BothSides bool `yaml:"both_sides"`
	// MinRank is the rank that it would have in a digest, which "samur digest preview
	// --why" shows.
	MinRank float64 `yaml:"min_rank" default:"0" min:"0" max:"100"`
	// MinScore is the relevance of its most relevant item, which "samur explain" shows.
	MinScore float64 `yaml:"min_score" default:"0" min:"0" max:"1000"`
	// QuietHours are those in which nothing is sent: "22:00-07:00". What stands at their
	// end is sent then. Default: none.
	QuietHours string `yaml:"quiet_hours" form:"hours"`
	// Zone is the time zone of quiet hours and of times shown. Default: zone.
	Zone string `yaml:"zone" form:"zone"`
	// MostPerDay is how many stories go out within 24 hours; the others wait for the
	// digest.
	MostPerDay int `yaml:"most_per_day" default:"5" min:"1" max:"100"`
}

// Quiet returns the quiet hours as distances from midnight, equal when there are none.
func (a Alert) Quiet() (from, to time.Duration) {
	m := hoursPattern().FindStringSubmatch(a.QuietHours)
	if m == nil {
		return 0, 0
	}
	at := func(s string) time.Duration {
		t, _ := time.Parse("15:04", s) // the pattern has checked it
		return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
	}
	return at(m[1]), at(m[2])
}

const hoursForm = `^((?:[01][0-9]|2[0-3]):[0-5][0-9])-((?:[01][0-9]|2[0-3]):[0-5][0-9])$`

var hoursPattern = pattern.Lazy(hoursForm)

func checkHours(s string) *problem {
	m := hoursPattern().FindStringSubmatch(s)
	switch {
	case m == nil:
		return &problem{fmt.Sprintf("%q is not a time of the day", shorten(s)), `write from and to, such as "22:00-07:00"`}
	case m[1] == m[2]:
		return &problem{fmt.Sprintf("%q is no time at all", s), "remove the line, or write when it ends"}
	}
	return nil
}

// checkAlerts checks the alerts against topics, concepts and channels.
func (l *loader) checkAlerts(topics, concepts []string, used map[string]bool) {
	names := map[string]string{}
	for i, d := range l.c.Digests {
		if d.Name != "" {
			names[d.Name] = fmt.Sprintf("digests[%d].name", i)
		}
	}
	for i, a := range l.c.Alerts {
		path := fmt.Sprintf("alerts[%d]", i)
		l.unique("digest or alert", path+".name", a.Name, names)
		l.checkTopics(a.Topics, path+".topics", topics)
		l.checkConcepts(a.Actors, path+".actors", concepts)
		l.checkNamed("word", a.Keywords, path+".keywords")
		l.checkTo(a.To, path+".to", used)
		if _, there := l.at.get(path + ".to"); there && len(a.To) == 0 && !l.bad[path+".to"] {
			l.rep.mistake(l.key(path+".to"), "the alert goes nowhere", "name a channel in to")
		}
		if a.Name == news.NoticesName || a.Name == news.TestName {
			l.rep.mistake(l.where(path+".name"), fmt.Sprintf("the name %q is samur's own", a.Name), "choose another one")
		}
	}
}
