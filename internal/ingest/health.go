package ingest

import (
	"cmp"
	"errors"
	"net/url"
	"time"

	"samur/internal/feed"
	"samur/internal/fetch"
	"samur/internal/news"
)

// When trouble is worth a word to the keeper: what passes by itself is not.
const (
	tellAfterFailures = 3              // in a row, of a publisher that is not merely busy
	tellAfter         = 24 * time.Hour // of any trouble
	adoptAfter        = 3              // polls in a row that a permanent move was answered
)

// examine completes what is known of the feed's health after a poll: since when it is
// in trouble, what the keeper might do, and whether they are to be told.
func (p *pass) examine() {
	st := &p.state
	st.Ailment = p.ailment()
	trouble := st.Trouble()
	switch {
	case trouble == news.CauseNone:
		st.TroubleSince = time.Time{}
	case st.TroubleSince.IsZero():
		st.TroubleSince = p.now
	}
	st.Advice = advice(*st, p.hint)
	n := news.Notice{Feed: p.feed.Name, At: p.now, Cause: trouble, Error: st.Error, Since: st.TroubleSince, Advice: st.Advice}
	if p.tell(&n) {
		p.notice = &n
	}
}

// tell decides whether n is to be told, and as what: once when trouble has lasted, and
// once when it is over.
func (p *pass) tell(n *news.Notice) bool {
	st := &p.state
	switch {
	case st.Adopted != "" && st.Adopted != p.before.Adopted:
		n.Kind, n.Cause = news.NoticeMoved, news.CauseMoved
		return true
	case st.Notified == news.CauseNone && lasting(*st, n.Cause, p.now):
		n.Kind, st.Notified = news.NoticeBroke, n.Cause
		return true
	case st.Notified != news.CauseNone && n.Cause == news.CauseNone:
		n.Kind, n.Cause, n.Since = news.NoticeHealed, st.Notified, p.before.TroubleSince
		st.Notified = news.CauseNone
		return true
	}
	return false
}

// lasting reports whether trouble has gone on long enough to be told.
func lasting(st news.FeedState, trouble news.Cause, now time.Time) bool {
	switch {
	case trouble == news.CauseNone:
		return false
	case trouble == news.CauseGone, trouble == news.CauseStale: // these have lasted by their nature
		return true
	case trouble != news.CauseBusy && st.Failures >= tellAfterFailures:
		return true
	}
	return now.Sub(st.TroubleSince) >= tellAfter
}

// ailment is what ails a feed that was read.
func (p *pass) ailment() news.Cause {
	st := p.state
	switch {
	case st.Cause != news.CauseNone:
		return news.CauseNone
	case p.read && p.batch.Attempt.Entries == 0:
		return news.CauseEmpty
	case !p.read && p.before.Ailment == news.CauseEmpty:
		return news.CauseEmpty
	case p.undated():
		return news.CauseUndated
	case st.Stale(p.now):
		return news.CauseStale
	case st.Adopted != "":
		return news.CauseMoved
	}
	return news.CauseNone
}

// undated reports whether the feed gives no dates. What was seen before stands while a
// document brings no entry to see it by.
func (p *pass) undated() bool {
	if len(p.sketches) == 0 {
		return p.before.Ailment == news.CauseUndated
	}
	for _, sketch := range p.sketches {
		if sketch.Dated == news.DatedFeed || sketch.Dated == news.DatedFuture {
			return false
		}
	}
	return true
}

// Diagnose returns the cause of an error that fetch or feed gave for address, and what
// helps, "" when nothing does.
func Diagnose(address string, err error) (cause news.Cause, help news.Ground) {
	cause, hint := diagnose(err)
	st := news.FeedState{URL: address, Cause: cause}
	if fe, ok := errors.AsType[*fetch.Error](err); ok {
		if st.Status = fe.Status; cause == news.CauseRefused && !fe.Private() {
			return cause, "" // the error says how an address is written
		}
	}
	return cause, advice(st, hint)
}

// diagnose returns the cause of an error and what the document itself gave away.
func diagnose(err error) (cause news.Cause, hint string) {
	if fe, ok := errors.AsType[*fetch.Error](err); ok {
		return fe.Cause, ""
	}
	if fe, ok := errors.AsType[*feed.Error](err); ok {
		return fe.Cause, fe.Hint
	}
	return news.CauseParse, ""
}

// advice says what the keeper might do about a feed, "" when nothing. hint is what the
// document itself gave away, the address of the feed that a page names; the error that is
// shown beside the advice has it.
func advice(st news.FeedState, hint string) news.Ground {
	if hint != "" {
		return news.Because(news.AdviceNamed)
	}
	switch st.Cause {
	case news.CauseNone:
	case news.CauseStatus:
		return adviceOnStatus(st)
	case news.CauseNotFeed:
		return elsewhere(st)
	default:
		return against(st.Cause)
	}
	if st.Ailment != news.CauseNone && st.Ailment != news.CauseMoved {
		return against(st.Ailment)
	}
	if st.MovedCount >= adoptAfter || st.Adopted != "" {
		return news.Because(news.AdviceMoved, cmp.Or(st.Adopted, st.MovedTo))
	}
	return ""
}

// adviceOn holds what helps against each cause. Where there is no entry a later poll
// is what helps, and nobody need wait for it.
var adviceOn = map[news.Cause]news.GroundKind{
	news.CauseDNS:      news.AdviceHost,
	news.CauseConnect:  news.AdviceWait,
	news.CauseTimeout:  news.AdviceWait,
	news.CauseTLS:      news.AdviceTLS,
	news.CauseProtocol: news.AdviceProtocol,
	news.CauseRefused:  news.AdvicePrivate,
	news.CauseRedirect: news.AdviceRedirects,
	news.CauseBusy:     news.AdviceSlower,
	news.CauseGone:     news.AdviceGone,
	news.CauseTooLarge: news.AdviceTooLarge,
	news.CauseBotWall:  news.AdviceBotWall,
	news.CauseParse:    news.AdviceBroken,
	news.CauseEmpty:    news.AdviceEmpty,
	news.CauseUndated:  news.AdviceUndated,
	news.CauseStale:    news.AdviceStale,
}

// against is what helps against a cause, "" when a later poll does.
func against(c news.Cause) news.Ground {
	if kind := adviceOn[c]; kind != "" {
		return news.Because(kind)
	}
	return ""
}

// adviceOnStatus says what helps against an HTTP status.
func adviceOnStatus(st news.FeedState) news.Ground {
	switch st.Status {
	case 401, 407:
		return news.Because(news.AdviceLogin)
	case 403, 406, 400:
		return against(news.CauseBotWall)
	case 404:
		return elsewhere(st)
	}
	return news.Because(news.AdviceWait)
}

// elsewhere says how to look for the feed at another address of its site.
func elsewhere(st news.FeedState) news.Ground {
	u, err := url.Parse(st.URL)
	if err != nil || u.Host == "" {
		return ""
	}
	return news.Because(news.AdviceDiscover, u.Scheme+"://"+u.Host+"/")
}
