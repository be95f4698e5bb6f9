// Package alert decides which stories go out at once: it holds a story against a rule of
// the config and says why the rule takes it.
//
// All conditions of a rule must hold; of a list of topics, actors or keywords one is
// enough. What a story says of itself is what a digest would say: its Entry, with rank
// and voices, comes from package digest. The package knows no store and no clock, sends
// nothing, and does not know whether a story went out before: publish does.
//
// Read Rule first, then Matcher.Takes.
package alert

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"samur/internal/lang"
	"samur/internal/lexicon"
	"samur/internal/news"
)

// Rule is what the config says about one alert. Zero values ask for nothing.
type Rule struct {
	Name      string
	To        []string // names of channels
	Lang      news.Lang
	Zone      *time.Location
	Topics    []string // slugs
	Actors    []string // ids of concepts
	Keywords  []string // dictionary forms, phrases among them
	MinVoices int
	BothSides bool
	MinRank   float64
	MinScore  float64
	// QuietFrom and QuietTo are the quiet hours as distances from midnight in Zone;
	// equal for none.
	QuietFrom, QuietTo time.Duration
	MostPerDay         int
}

// Quiet reports whether now is in the quiet hours.
func (r Rule) Quiet(now time.Time) bool {
	h, m, s := now.In(r.Zone).Clock()
	at := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second
	if r.QuietFrom <= r.QuietTo {
		return r.QuietFrom <= at && at < r.QuietTo
	}
	return at >= r.QuietFrom || at < r.QuietTo
}

// Matcher is a Rule ready to be held against stories.
type Matcher struct {
	Rule
	lexicon *lexicon.Lexicon
	words   map[news.Lang][]phrase
}

// phrase is a keyword in one language.
type phrase struct {
	keyword string
	forms   []lang.Form // of its words
}

// languages are those in which keywords take endings. Items in other ones are read by
// the endings of English, which are few.
var languages = []news.Lang{news.En, news.Ru, news.Az}

// New returns a Matcher for r that finds actors by x.
func New(r Rule, x *lexicon.Lexicon) *Matcher {
	m := &Matcher{Rule: r, lexicon: x, words: map[news.Lang][]phrase{}}
	for _, l := range languages {
		for _, k := range r.Keywords {
			p := phrase{keyword: k}
			for _, w := range strings.FieldsFunc(k, func(r rune) bool { return r == ' ' || r == '-' }) {
				p.forms = append(p.forms, compile(w, l))
			}
			m.words[l] = append(m.words[l], p)
		}
	}
	return m
}

// compile prepares the forms of a word. A short one takes no endings: too many others
// begin like it.
func compile(w string, l news.Lang) lang.Form {
	const short = 4
	if utf8.RuneCountInString(w) < short {
		return lang.Exact(w, l)
	}
	return lang.Compile(w, l, lang.Term)
}

// Worth reports whether a story has the voices and sides that the rule asks for, which
// can be told without reading its items.
func (m *Matcher) Worth(st news.Story) bool {
	return st.Voices() >= m.MinVoices && (!m.BothSides || bothSides(st))
}

// bothSides reports whether outlets of both sides report by themselves.
func bothSides(st news.Story) bool {
	has := func(side news.Side) bool {
		return slices.ContainsFunc(st.Members, func(m news.Member) bool { return m.CopyOf == "" && m.Side == side })
	}
	return has(news.SideAz) && has(news.SideRu)
}

// Takes reports whether the rule takes a story that e tells and items report, and why.
func (m *Matcher) Takes(st news.Story, items []news.Item, e news.Entry) (why []news.AlertReason, ok bool) {
	if !m.Worth(st) {
		return nil, false
	}
	why = append(why, news.AlertReason{Kind: news.AlertVoices, Value: strconv.Itoa(st.Voices())})
	if m.BothSides {
		why = append(why, news.AlertReason{Kind: news.AlertSides})
	}
	for _, c := range []struct {
		kind  news.AlertKind
		asked bool
		find  func() (string, bool)
	}{
		{news.AlertTopic, len(m.Topics) > 0, func() (string, bool) { return m.topic(e) }},
		{news.AlertRank, m.MinRank > 0, func() (string, bool) { return atLeast(rank(e), m.MinRank) }},
		{news.AlertScore, m.MinScore > 0, func() (string, bool) { return atLeast(score(items), m.MinScore) }},
		{news.AlertActor, len(m.Actors) > 0, func() (string, bool) { return m.actor(items) }},
		{news.AlertKeyword, len(m.Keywords) > 0, func() (string, bool) { return m.keyword(items) }},
	} {
		if !c.asked {
			continue
		}
		value, ok := c.find()
		if !ok {
			return nil, false
		}
		why = append(why, news.AlertReason{Kind: c.kind, Value: value})
	}
	return why, true
}

func (m *Matcher) topic(e news.Entry) (string, bool) {
	for _, t := range e.Topics {
		if slices.Contains(m.Topics, t) {
			return t, true
		}
	}
	return "", false
}

func atLeast(got, want float64) (string, bool) {
	return strconv.FormatFloat(got, 'f', -1, 64), got >= want
}

func rank(e news.Entry) (sum float64) {
	for _, t := range e.Rank {
		sum += t.Points
	}
	return sum
}

// score is the relevance of the most relevant item.
func score(items []news.Item) (most float64) {
	for _, it := range items {
		most = max(most, it.Verdict.Score)
	}
	return most
}

// actor returns the name of the first actor of the rule that an item names.
func (m *Matcher) actor(items []news.Item) (string, bool) {
	for _, it := range items {
		for _, h := range m.lexicon.Read(it).Hits {
			if slices.Contains(m.Actors, h.Concept.ID) {
				return h.Concept.Name(m.Lang), true
			}
		}
	}
	return "", false
}

// keyword returns the first keyword of the rule that an item has in any of its forms.
func (m *Matcher) keyword(items []news.Item) (string, bool) {
	for _, it := range items {
		l := it.Lang
		if m.words[l] == nil {
			l = news.En
		}
		doc := m.lexicon.Read(it)
		for _, p := range m.words[l] {
			if p.in(&doc.Title) || p.in(&doc.Body) {
				return p.keyword, true
			}
		}
	}
	return "", false
}

// in reports whether the phrase stands in t. A hyphen counts as a space.
func (p phrase) in(t *lang.Text) bool {
	for i := range t.Tokens {
		if p.at(t, i) {
			return true
		}
	}
	return false
}

func (p phrase) at(t *lang.Text, i int) bool {
	for k, f := range p.forms {
		if k > 0 && i < len(t.Tokens) && t.Tokens[i].Fold == "-" {
			i++
		}
		if i >= len(t.Tokens) || t.Tokens[i].Kind != lang.Word || !f.Match(t.Tokens[i].Fold, f.Lang, t.Plain) {
			return false
		}
		i++
	}
	return len(p.forms) > 0
}
