package render

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"samur/internal/news"
)

// Report is what the keeper is told about the feeds since they were last told.
type Report struct {
	At      time.Time // when it is made; part of its identity
	Lang    news.Lang // of our words; what a server said stays as it is
	Zone    string    // of the times in them
	Notices []news.Notice
	Feeds   int // that are polled
	Broken  int // of them, those that are not read or ail, whether the keeper was told so or not
}

// reportSchema names the shape of the JSON form of a Report:
//
//	schema   "samur.notices/1"
//	at       when it was made
//	feeds    how many are polled; broken: how many of them are not read, or ail
//	notices  [{feed, kind, cause, error, since, advice}]: kind is broke, healed or moved;
//	         advice is in the keeper's language, and all else that of programs
const reportSchema = "samur.notices/1"

// Notices makes every form of r. It is for the keeper and not for readers.
func Notices(r Report) (news.Edition, error) {
	d := news.Digest{
		Slot: news.Slot{Digest: news.NoticesName, At: r.At}, Made: r.At, Lang: r.Lang,
		Window: news.Window{End: r.At, Zone: r.Zone},
	}
	f := newFrame(d)
	p := f.report(r)
	js, err := f.reportJSON(r)
	if err != nil {
		return news.Edition{}, fmt.Errorf("render notices: %w", err)
	}
	e := news.Edition{Kind: news.KindNotices, Digest: d, Subject: "samur: " + p.Title, JSON: js}
	if err := fill(&e, p); err != nil {
		return news.Edition{}, fmt.Errorf("render notices: %w", err)
	}
	return e, nil
}

// report lays r out like an edition without stories.
func (f frame) report(r Report) page {
	kinds := map[news.NoticeKind][]line{}
	for _, n := range r.Notices {
		kinds[n.Kind] = append(kinds[n.Kind], f.notice(n))
	}
	p := page{
		Lang: string(f.w.code), Date: f.heading(), AcctHead: f.w.changed,
		Window: fmt.Sprintf(f.w.wellFeed, f.integer(r.Feeds-r.Broken), f.integer(r.Feeds)),
	}
	var title []string
	for _, k := range []news.NoticeKind{news.NoticeBroke, news.NoticeHealed, news.NoticeMoved} {
		lines := kinds[k]
		if len(lines) == 0 {
			continue
		}
		title = append(title, f.count(f.w.noticed[k], len(lines)))
		p.Account = append(p.Account, lines[:min(len(lines), maxNotices)]...)
		if more := len(lines) - maxNotices; more > 0 {
			p.Account = append(p.Account, line{Label: f.w.andMore, Spans: plain(f.count(f.w.noticed[k], more))})
		}
	}
	p.Title = strings.Join(title, ", ")
	if r.Broken > 2 && 2*r.Broken > r.Feeds {
		p.Quiet = []string{f.w.most}
	}
	return p
}

// maxNotices bounds the notices of one kind that a message names, within htmlBudget.
const maxNotices = 60

// notice is one notice in words.
func (f frame) notice(n news.Notice) line {
	l := line{Label: tidy(n.Feed, maxName), Strong: n.Kind == news.NoticeBroke}
	say := func(s string) {
		if s != "" {
			l.Spans = append(l.Spans, span{Text: tidy(s, 2*maxNote)})
		}
	}
	switch n.Kind {
	case news.NoticeHealed:
		say(f.w.wellNow)
		say(fmt.Sprintf(f.w.hadSince, f.cause(n.Cause), f.shortStamp(n.Since)))
	case news.NoticeMoved:
		say(f.w.hasMoved)
		say(f.advice(n))
	default:
		say(fmt.Sprintf(f.w.hasSince, f.cause(n.Cause), f.shortStamp(n.Since)))
		say(n.Error)
		say(f.advice(n))
	}
	return l
}

// advice is what the keeper might do, "" when nothing.
func (f frame) advice(n news.Notice) string { return Tongue{f}.Ground(n.Advice, nil) }

func (f frame) reportJSON(r Report) ([]byte, error) {
	type notice struct {
		Feed   string          `json:"feed"`
		Kind   news.NoticeKind `json:"kind"`
		Cause  news.Cause      `json:"cause"`
		Error  string          `json:"error"`
		Since  time.Time       `json:"since,omitzero"`
		Advice string          `json:"advice"`
	}
	out := struct {
		Schema  string    `json:"schema"`
		At      time.Time `json:"at"`
		Feeds   int       `json:"feeds"`
		Broken  int       `json:"broken"`
		Notices []notice  `json:"notices"`
	}{reportSchema, r.At, r.Feeds, r.Broken, []notice{}}
	for _, n := range r.Notices {
		out.Notices = append(out.Notices, notice{n.Feed, n.Kind, n.Cause, n.Error, n.Since, f.advice(n)})
	}
	b, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return nil, err
	}
	return append(b, '\n'), nil
}
