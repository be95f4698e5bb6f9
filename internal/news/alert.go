package news

import "time"

// Alert is one story that goes out at once by a rule of the config.
type Alert struct {
	Rule  string
	Made  time.Time
	Lang  Lang   // of headings, dates and numbers; quotes keep their own
	Zone  string // IANA name the reader is shown times in
	Entry Entry
	Why   []AlertReason
}

// AlertReason is one condition of the rule that the story meets.
type AlertReason struct {
	Kind  AlertKind
	Value string // the number, the slug of the topic, the name of the actor, the keyword
}

// AlertKind says which condition it is.
type AlertKind string

// The kinds.
const (
	AlertVoices  AlertKind = "voices" // outlets that report it by themselves
	AlertSides   AlertKind = "both-sides"
	AlertTopic   AlertKind = "topic"
	AlertActor   AlertKind = "actor"
	AlertKeyword AlertKind = "keyword"
	AlertRank    AlertKind = "rank"
	AlertScore   AlertKind = "score"
)

// Slot is the identity of the edition that carries the alert: one of its rule and story.
func (a Alert) Slot() Slot { return Slot{Digest: a.Rule + "." + a.Entry.Story, At: a.Made} }
