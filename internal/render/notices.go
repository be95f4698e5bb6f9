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
	Notices []news.Notice
	Feeds   int // that are polled
	Broken  int // of them, those that the keeper knows or now learns to be broken
}

// reportSchema names the shape of the JSON form of a Report:
//
//	schema   "samur.notices/1"
//	at       when it was made
//	feeds    how many are polled; broken: how many of them are not read, or ail
//	notices  [{feed, kind, cause, error, since, advice}]: kind is broke, healed or moved
const reportSchema = "samur.notices/1"

// Notices makes every form of r. It is for the keeper and not for readers, and like the
// log it is in English.
func Notices(r Report) (news.Edition, error) {
	p := newReport(r)
	html, err := execute("page", p)
	if err != nil {
		return news.Edition{}, fmt.Errorf("render notices: %w", err)
	}
	js, err := r.json()
	if err != nil {
		return news.Edition{}, fmt.Errorf("render notices: %w", err)
	}
	m := &markdownWriter{}
	m.page(p)
	return news.Edition{
		Kind: news.KindNotices, Digest: news.Digest{Slot: news.Slot{Digest: news.NoticesName, At: r.At}, Made: r.At},
		Subject: "samur: " + p.Title, Text: p.text(false), Flowed: p.text(true), HTML: html, Markdown: []byte(m.b.String()), JSON: js, Brief: p.brief(),
	}, nil
}

// newReport lays r out like an edition without stories.
func newReport(r Report) page {
	kinds := map[news.NoticeKind][]line{}
	f := newFrame(news.Digest{Lang: news.En})
	for _, n := range r.Notices {
		kinds[n.Kind] = append(kinds[n.Kind], f.notice(n))
	}
	p := page{
		Lang: "en", Date: stampUTC(r.At), AcctHead: "What has changed",
		Window: fmt.Sprintf("%d of %d feeds are well", r.Feeds-r.Broken, r.Feeds),
	}
	var title []string
	for _, k := range []news.NoticeKind{news.NoticeBroke, news.NoticeHealed, news.NoticeMoved} {
		lines := kinds[k]
		if len(lines) == 0 {
			continue
		}
		title = append(title, fmt.Sprintf("%s %s", feedsCounted(len(lines)), k))
		p.Account = append(p.Account, lines[:min(len(lines), maxNotices)]...)
		if more := len(lines) - maxNotices; more > 0 {
			p.Account = append(p.Account, line{Label: "And", Spans: []span{{Text: feedsCounted(more) + " more that " + string(k)}}})
		}
	}
	p.Title = strings.Join(title, ", ")
	if r.Broken > 2 && 2*r.Broken > r.Feeds {
		p.Quiet = []string{"Most feeds fail at once: look at the connection and the name server of this machine first."}
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
		say("well again")
		say(fmt.Sprintf("from %s: %s", stampUTC(n.Since), f.cause(n.Cause)))
	case news.NoticeMoved:
		say("moved")
		say(English(n.Advice))
	default:
		say(fmt.Sprintf("since %s: %s", stampUTC(n.Since), f.cause(n.Cause)))
		say(n.Error)
		say(English(n.Advice))
	}
	return l
}

func (r Report) json() ([]byte, error) {
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
		out.Notices = append(out.Notices, notice{n.Feed, n.Kind, n.Cause, n.Error, n.Since, English(n.Advice)})
	}
	b, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return nil, err
	}
	return append(b, '\n'), nil
}

func stampUTC(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

func feedsCounted(n int) string {
	if n == 1 {
		return "1 feed"
	}
	return fmt.Sprintf("%d feeds", n)
}
