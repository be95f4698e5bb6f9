package news

import "strings"

// Ground is why something was decided, as data: a kind, and the values that it is worded
// with, which may be Grounds themselves. Whoever shows it words it in the reader's
// language; package render has the words. Records older than that hold an English
// sentence in its place, whose kind is unknown.
type Ground string

// GroundKind is one of a closed list of grounds.
type GroundKind string

// Between the parts of a Ground stands the ASCII unit separator. A value that is itself
// made of parts has its separators moved down by one, as ASCII means them: units, records,
// groups, files. No text of a feed has any of them.
const (
	unitSep = '\x1f'
	fileSep = '\x1c'
)

// Because returns the Ground of a kind with its values.
func Because(kind GroundKind, values ...string) Ground {
	n := len(kind)
	for _, v := range values {
		n += 1 + len(v)
	}
	var b strings.Builder
	b.Grow(n)
	b.WriteString(string(kind))
	for _, v := range values {
		b.WriteByte(unitSep)
		if strings.IndexFunc(v, separates) >= 0 {
			v = strings.Map(deeper, v)
		}
		b.WriteString(v)
	}
	return Ground(b.String())
}

// Kind is the kind of g; for a Ground of an older record, its sentence.
func (g Ground) Kind() GroundKind {
	kind, _, _ := strings.Cut(string(g), string(unitSep))
	return GroundKind(kind)
}

// Values are what g is worded with.
func (g Ground) Values() []string {
	parts := strings.Split(string(g), string(unitSep))[1:]
	for i, p := range parts {
		if strings.IndexFunc(p, separates) >= 0 {
			parts[i] = strings.Map(shallower, p)
		}
	}
	return parts
}

// String writes g for people who look for faults: its kind and values.
func (g Ground) String() string {
	return strings.Map(func(r rune) rune {
		if separates(r) {
			return ' '
		}
		return r
	}, string(g))
}

// ShortTerm is a term without the kind that stands before the id of a concept; a stem,
// which stands in quotes, is left as it is.
func ShortTerm(term string) string {
	if strings.HasPrefix(term, `"`) {
		return term
	}
	return term[strings.LastIndexByte(term, '/')+1:]
}

func separates(r rune) bool { return fileSep <= r && r <= unitSep }

func deeper(r rune) rune {
	if fileSep < r && r <= unitSep {
		return r - 1
	}
	return r
}

func shallower(r rune) rune {
	if fileSep <= r && r < unitSep {
		return r + 1
	}
	return r
}

// Why an item is relevant, or has a topic; behind each kind stand its values. A side is a
// Side; a zone is "title", "lead", "text", "background", "list" or "aside".
const (
	GroundSideIn        GroundKind = "side-in"    // side, zone
	GroundSideMeant     GroundKind = "side-meant" // side, zone
	GroundSideAside     GroundKind = "side-aside" // side
	GroundBothTitle     GroundKind = "both-title" // both sides in the headline
	GroundTitleLead     GroundKind = "title-lead" // one there, the other in the lead
	GroundBothLead      GroundKind = "both-lead"  // in one sentence of the lead
	GroundTitleText     GroundKind = "title-text"
	GroundBothSentence  GroundKind = "both-sentence" // in one sentence
	GroundBothText      GroundKind = "both-text"
	GroundBehind        GroundKind = "behind"    // a side in the background alone
	GroundTakePart      GroundKind = "take-part" // the headline names something of both
	GroundShared        GroundKind = "shared"
	GroundThird         GroundKind = "third"      // another country in the headline
	GroundThirdMain     GroundKind = "third-main" // another country more than a side
	GroundIdle          GroundKind = "idle"       // nothing passes between the two
	GroundCrowd         GroundKind = "crowd"      // a matter of many countries
	GroundActs          GroundKind = "acts"
	GroundSport         GroundKind = "sport"
	GroundMarket        GroundKind = "market"
	GroundNature        GroundKind = "nature"
	GroundCrime         GroundKind = "crime"
	GroundRanking       GroundKind = "ranking"
	GroundTopicIn       GroundKind = "topic-in" // topic, zone
	GroundLearnt        GroundKind = "learnt"   // answers, Grounds of what weighs most
	GroundLearntLine    GroundKind = "learnt-line"
	GroundLearntLang    GroundKind = "learnt-lang"    // language
	GroundLearntRule    GroundKind = "learnt-rule"    // Ground
	GroundLearntConcept GroundKind = "learnt-concept" // concept
	GroundLearntWord    GroundKind = "learnt-word"    // concept, or the words themselves
	GroundNoSide        GroundKind = "no-side"        // neither side is named
	GroundAbsent        GroundKind = "absent"         // side: not named
	GroundAsideAlone    GroundKind = "aside-alone"    // side
	GroundListAlone     GroundKind = "list-alone"     // side
	GroundBehindAlone   GroundKind = "behind-alone"   // side
	GroundBothFail      GroundKind = "both-fail"      // two Grounds
	GroundAgainst       GroundKind = "against"        // Ground that speaks against, though both are named
	GroundNotTied       GroundKind = "not-tied"       // both are named, and nothing ties them
)

// Why an item is of a story.
const (
	GroundNoneLike GroundKind = "none-like"
	GroundNearest  GroundKind = "nearest"   // story, likelihood, line
	GroundNotStory GroundKind = "not-story" // story, Ground
	GroundLike     GroundKind = "like"      // item, terms that both have: ids of concepts, words
	GroundCredits  GroundKind = "credits"   // outlet, percent
	GroundRepeats  GroundKind = "repeats"   // percent, item
)

// Why two items cannot be one event.
const (
	GroundOtherPeriod GroundKind = "other-period" // periods
	GroundOtherFigure GroundKind = "other-figure" // indicator, periods
	GroundOtherNumber GroundKind = "other-number" // numbers
	GroundOtherAct    GroundKind = "other-act"    // a call, a meeting
	GroundOtherPerson GroundKind = "other-person" // two calls
	GroundAgain       GroundKind = "again"        // it happened again
	GroundTwins       GroundKind = "twins"        // one headline, other numbers
	GroundApart       GroundKind = "apart"        // in time
)

// What the keeper might do about a feed.
const (
	AdviceNamed     GroundKind = "advice-named"    // the document names another address
	AdviceMoved     GroundKind = "advice-moved"    // address
	AdviceDiscover  GroundKind = "advice-discover" // site
	AdviceLogin     GroundKind = "advice-login"
	AdviceHost      GroundKind = "advice-host"
	AdviceTLS       GroundKind = "advice-tls"
	AdviceProtocol  GroundKind = "advice-protocol"
	AdviceWait      GroundKind = "advice-wait"
	AdvicePrivate   GroundKind = "advice-private"
	AdviceRedirects GroundKind = "advice-redirects"
	AdviceSlower    GroundKind = "advice-slower"
	AdviceGone      GroundKind = "advice-gone"
	AdviceTooLarge  GroundKind = "advice-too-large"
	AdviceBotWall   GroundKind = "advice-bot-wall"
	AdviceBroken    GroundKind = "advice-broken"
	AdviceEmpty     GroundKind = "advice-empty"
	AdviceUndated   GroundKind = "advice-undated"
	AdviceStale     GroundKind = "advice-stale"
)
