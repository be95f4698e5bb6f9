package render

import (
	"encoding/json"
	"fmt"
	"time"

	"samur/internal/news"
)

// trialSchema names the shape of the JSON form of a test message:
//
//	schema   "samur.test/1"
//	at       when it was made
//	channel  what it tests
const trialSchema = "samur.test/1"

// Trial makes every form of a message that tests a channel, in the keeper's language and
// zone. It says what it is in each of its lines that a list of messages shows.
func Trial(channel string, at time.Time, l news.Lang, zone string) (news.Edition, error) {
	d := news.Digest{
		Slot: news.Slot{Digest: news.TestName, At: at.UTC()}, Made: at.UTC(), Lang: l,
		Window: news.Window{End: at.UTC(), Zone: zone},
	}
	f := newFrame(d)
	p := page{
		Lang: string(f.w.code), Title: fmt.Sprintf(f.w.trial, f.inQuotes(tidy(channel, maxName))), Date: f.heading(),
		AcctHead: f.w.trialIs, Account: []line{{Spans: plain(f.w.trialNot)}},
	}
	js, err := json.MarshalIndent(map[string]any{"schema": trialSchema, "at": at.UTC(), "channel": channel}, "", "  ")
	if err != nil {
		return news.Edition{}, fmt.Errorf("render test message: %w", err)
	}
	e := news.Edition{Kind: news.KindTest, Digest: d, Subject: "samur: " + p.Title, JSON: append(js, '\n')}
	if err := fill(&e, p); err != nil {
		return news.Edition{}, fmt.Errorf("render test message: %w", err)
	}
	return e, nil
}

// fill gives e the forms of p but JSON.
func fill(e *news.Edition, p page) error {
	e.Text, e.Flowed, e.Markdown, e.Brief = p.text(false), p.text(true), p.markdown(), p.brief()
	s, err := p.lay("page")
	if err != nil {
		return err
	}
	e.HTML = s.out.Bytes()
	return nil
}
