package render

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"samur/internal/news"
)

// alertWords are the strings of an alert in one language.
type alertWords struct {
	alert  string // the rule's name, in a subject and a title
	why    string
	reason map[news.AlertKind]string // what stands before the value
}

func alertWordsOf(l news.Lang) alertWords {
	switch l {
	case news.Ru:
		return alertWords{
			alert: "Срочно (%s)", why: "Почему сейчас",
			reason: map[news.AlertKind]string{
				news.AlertVoices: "Независимых источников", news.AlertSides: "Сообщают обе стороны", news.AlertTopic: "Тема",
				news.AlertActor: "Упомянут", news.AlertKeyword: "Ключевое слово", news.AlertRank: "Ранг", news.AlertScore: "Релевантность",
			},
		}
	case news.Az:
		return alertWords{
			alert: "Təcili (%s)", why: "Niyə indi",
			reason: map[news.AlertKind]string{
				news.AlertVoices: "Müstəqil mənbələr", news.AlertSides: "Hər iki tərəf xəbər verir", news.AlertTopic: "Mövzu",
				news.AlertActor: "Adı çəkilən", news.AlertKeyword: "Açar söz", news.AlertRank: "Rütbə", news.AlertScore: "Uyğunluq",
			},
		}
	}
	return alertWords{
		alert: "Alert (%s)", why: "Why this comes at once",
		reason: map[news.AlertKind]string{
			news.AlertVoices: "Independent outlets", news.AlertSides: "Both sides report it", news.AlertTopic: "Topic",
			news.AlertActor: "Named", news.AlertKeyword: "Keyword", news.AlertRank: "Rank", news.AlertScore: "Relevance",
		},
	}
}

// alertSchema names the shape of the JSON form of an alert:
//
//	schema  "samur.alert/1"
//	alert   the rule's name
//	at      when it was made
//	why     [{kind, value}]: the conditions of the rule that the story meets
//	entry   the story, as in a digest
const alertSchema = "samur.alert/1"

// Alert makes every form of a: the headline, its quotes, the outlets and why it comes.
func Alert(a news.Alert) (news.Edition, error) {
	d := news.Digest{
		Slot: a.Slot(), Made: a.Made, Lang: a.Lang, Window: news.Window{End: a.Made, Zone: a.Zone},
		Sections: []news.Section{{Topic: sectionOf(a.Entry), Entries: []news.Entry{a.Entry}}},
	}
	f, w := newFrame(d), alertWordsOf(a.Lang)
	title := fmt.Sprintf(w.alert, tidy(a.Rule, maxName))
	js, err := json.MarshalIndent(alertDoc{alertSchema, a.Rule, a.Made, each(a.Why, reasonDoc), entryDoc(a.Entry)}, "", "  ")
	if err != nil {
		return news.Edition{}, fmt.Errorf("render alert %q: %w", a.Rule, err)
	}
	p := page{
		Lang: string(f.w.code), Title: title, Date: f.heading(), AcctHead: w.why,
		Sections: []section{f.section(d.Sections[0])}, Account: f.alertReasons(a.Why, w),
	}
	p.Sections[0].Stories[0].drop(f.w.topics, f.w.actors, f.w.why)
	e := news.Edition{
		Kind: news.KindAlert, Digest: d, JSON: append(js, '\n'),
		Subject: clip(title+": "+clean(a.Entry.Headline.Text), maxSubject),
	}
	if err := fill(&e, p); err != nil {
		return news.Edition{}, fmt.Errorf("render alert %q: %w", a.Rule, err)
	}
	return e, nil
}

// sectionOf is the heading that a story stands under: its strongest topic.
func sectionOf(e news.Entry) string {
	if len(e.Topics) > 0 {
		return e.Topics[0]
	}
	return news.SectionOther
}

// drop takes lines away by their labels.
func (s *story) drop(labels ...string) {
	s.Lines = slices.DeleteFunc(s.Lines, func(l line) bool { return slices.Contains(labels, l.Label) })
}

func (f frame) alertReasons(why []news.AlertReason, w alertWords) []line {
	var out []line
	for _, r := range why {
		value := r.Value
		if r.Kind == news.AlertTopic {
			value = f.topic(value)
		} else if v, err := strconv.ParseFloat(value, 64); err == nil {
			value = f.number(v)
		}
		if value == "" {
			out = append(out, line{Spans: plain(w.reason[r.Kind])})
			continue
		}
		out = append(out, line{Label: w.reason[r.Kind], Spans: plain(value)})
	}
	return out
}

type alertDoc struct {
	Schema string           `json:"schema"`
	Alert  string           `json:"alert"`
	At     time.Time        `json:"at"`
	Why    []alertReasonDoc `json:"why"`
	Entry  EntryDoc         `json:"entry"`
}

type alertReasonDoc struct {
	Kind  news.AlertKind `json:"kind"`
	Value string         `json:"value"`
}

func reasonDoc(r news.AlertReason) alertReasonDoc { return alertReasonDoc(r) }
