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

// Trial makes every form of a message that tests a channel. It is for the keeper, and
// says what it is in each of its lines that a list of messages shows.
func Trial(channel string, at time.Time) (news.Edition, error) {
	p := page{
		Lang: "en", Title: fmt.Sprintf("test of the channel %q", tidy(channel, maxName)), Date: stampUTC(at), AcctHead: "What this is",
		Account: []line{{Spans: plain("A test message that samur was asked for. It holds no news; nothing need be done.")}},
	}
	js, err := json.MarshalIndent(map[string]any{"schema": trialSchema, "at": at.UTC(), "channel": channel}, "", "  ")
	if err != nil {
		return news.Edition{}, fmt.Errorf("render test message: %w", err)
	}
	e := news.Edition{
		Kind: news.KindTest, Digest: news.Digest{Slot: news.Slot{Digest: news.TestName, At: at.UTC()}, Made: at.UTC()},
		Subject: "samur: " + p.Title, JSON: append(js, '\n'),
	}
	if err := fill(&e, p); err != nil {
		return news.Edition{}, fmt.Errorf("render test message: %w", err)
	}
	return e, nil
}

// fill gives e the forms of p but JSON.
func fill(e *news.Edition, p page) error {
	e.Text, e.Markdown, e.Brief = p.text(false), p.markdown(), p.brief()
	s, err := p.lay("page")
	if err != nil {
		return err
	}
	e.HTML = s.out.Bytes()
	return nil
}
