package render

import (
	"fmt"
	"strings"
	"time"

	"samur/internal/news"
)

// EventName is what a kind of event is called in a language, in small letters.
func EventName(k news.EventKind, l news.Lang) string {
	if s := wordsOf(l).event[k]; s != "" {
		return strings.ToLower(s)
	}
	return string(k)
}

// StateName says in a language how far an event has come.
func StateName(s news.EventState, l news.Lang) string {
	if w := wordsOf(l).eventState[s]; w != "" {
		return w
	}
	return string(s)
}

// DayName writes a day in a language, with the year when it is not that of now.
func DayName(t, now time.Time, l news.Lang) string {
	w := wordsOf(l)
	month := w.monthsOf[t.Month()-1]
	if t.Year() != now.Year() {
		return fmt.Sprintf(w.dayYear, t.Day(), month, t.Year())
	}
	return fmt.Sprintf(w.day, t.Day(), month)
}
