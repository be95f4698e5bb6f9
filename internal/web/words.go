package web

import "samur/internal/news"

// words is every string of the pages in one language. What is counted is a plural with
// as many forms as the language has. Names of topics, indicators, causes and all that a
// digest tells too are those of package render. TestWords fails when a language lacks
// any of them or says it with other operands.
type words struct {
	// The frame of every page.

	Self         string // the language by its own name
	Skip         string
	Pages        string
	Language     string
	Today        string
	Stories      string
	Topics       string
	Figures      string
	Timeline     string
	Search       string
	Feeds        string
	Deliveries   string
	WhyNot       string
	Status       string
	TimesIn      string // zone
	Digests      string
	ThisSearch   string
	Now          string
	In           string // how long
	Ago          string // how long
	Minutes      plural
	Millis       string
	Seconds      string
	Hours        plural
	Days         plural
	WeekdayShort [7]string // Sunday first
	Sides        map[news.Side]string
	Langs        map[news.Lang]string

	// What cannot be shown.

	NotFound        string
	NoSuchPage      string
	Unreadable      string
	UnreadableSay   string
	NotAllowed      string
	NotAllowedSay   string
	Forbidden       string
	ForeignForm     string
	NotUnderstood   string
	AnswerWritten   string
	NoSuchStory     string
	NoSuchItem      string
	NoSuchFeed      string
	NoSuchDigest    string
	NoSuchTopic     string
	NoSuchIndicator string
	NoSuchForm      string
	FormNotStored   string
	SlotWritten     string
	DayWritten      string
	AskSomething    string

	// A day and its digest.

	NextEdition     string // digest
	DaysNav         string
	DayBefore       string
	DayAfter        string
	MonthBefore     string
	MonthAfter      string
	Calendar        string
	AllDigests      string
	EditionsOfDay   string
	Since           string
	NotToldYet      string
	AllStories      string
	NothingSince    string
	NoDigestYet     string
	NoDigestThatDay string
	Digest          string
	Late            string
	LateShort       string
	AsSent          string
	AsText          string
	Quiet           string
	MoreStories     plural
	Held            string
	KnownBefore     string
	Conflict        string
	Account         string
	DifferOn        string // on what
	Sources         string
	Copy            string
	WhyHere         string
	Why             string
	Named           string
	MatchedBy       string
	RankedBy        string
	Voices          string
	ReportedLate    string
	Untitled        string
	NewestOfEach    string // how many
	Edition         string
	TitleWord       string
	Tells           string
	OtherForms      string
	StoriesTold     plural

	// Stories and items.

	StoriesAre     string
	NoStories      string
	Outlets        plural
	Reports        plural
	NotTold        string
	ToNewest       string
	Older          string
	FirstSeen      string
	LastSeen       string
	OneOfSeries    string // series
	SidesHead      string
	SideWord       string
	FirstReport    string
	Behind         string
	WasFirst       string
	ReportsWord    string
	OutletsWord    string
	CourseHead     string
	FirstOfSide    string
	NewFigures     string
	NewlyNamed     string
	StoryStates    map[news.StoryState]string
	Corrections    map[news.CorrectionKind]string
	Silently       string
	DifferHead     string
	What           string
	Value          string
	Outlet         string
	Sentence       string
	ReportsInOrder string
	Published      string
	Seen           string
	WhyHereOne     string
	Likeness       string
	OpensStory     string
	WhyMatched     string // points
	ScoreOf        string
	LaterWordings  plural
	Reworded       string
	MoreChanges    plural
	Copies         plural
	MoreReports    plural
	TextGone       string
	ToldHead       string
	ReportsThen    plural
	NeverTold      string
	Dated          map[news.Dated]string
	ItsStory       string
	ItsOriginal    string
	WordingBefore  string
	RelevantBy     string // points, points needed
	RejectedBy     string // points, points needed
	RelevantWord   string
	RejectedWord   string
	Missing        string
	OldAtFirst     string
	TextMarked     string
	ReasonsHead    string
	Rule           string
	PointsWord     string
	WordsWord      string
	Concept        string
	MoreReasons    plural
	ByCommand      string
	Cues           map[string]string // what speaks for a topic besides words, by the classifier's name

	// Answers.

	Yes              string
	No               string
	JudgeBy          string
	Thanks           string
	WhyNotIs         string
	AnswersTeach     string
	AnswersByCommand string
	NoneNear         string
	AnswersWord      string
	AnswersAgreed    string // answers, agreed, answered
	NoAnswersYet     string

	// Search.

	Words        string
	SearchHelp   string
	OneTopic     string
	Any          string
	From         string
	UpTo         string
	OnlyRelevant string
	Found        string
	NothingFound string
	NothingSoFar string
	FurtherBack  string
	FollowAtom   string

	// Feeds.

	TroubleHead     string
	MoreBelow       string // how many
	MoreFeeds       string
	ToFirst         string
	Feed            string
	State           string
	WhatHappened    string
	FailuresInRow   string
	LastSuccess     string
	SinceWhen       string
	AllFeeds        string
	NextPoll        string
	Rhythm          string
	EverySo         string // how long
	NotKnown        string
	NewAtLast       string
	NoFeeds         string
	NotAnyMore      string
	Conditions      map[condition]string
	Address         string
	AskedAt         string
	LastItems       string
	NoItems         string
	LastPolls       string
	NeverPolled     string
	When            string
	Outcome         string
	Good            string
	Took            string
	Entries         string
	NewWord         string
	Revised         string
	SizeWord        string
	Bytes           string
	GapSeen         string
	PlanGone        string
	PlanHeld        string // time
	PlanConditional string
	PlanWhole       string
	PlanAdopted     string
	PlanFullText    string
	PlanFailing     string // how many

	// Deliveries and status.

	All               string
	States            map[news.DeliveryState]string
	NewestRows        string // how many
	Channel           string
	Attempts          string
	EarlierAttempts   plural
	NoDeliveries      string
	NotReady          string // reason
	TroubleOf         string // how many, of all
	FailedForGood     string // how many
	ChannelsClosed    string // channels
	AllWell           string
	AsOf              string // time
	WaitingFailed     string // how many, how many
	Next              string
	NewestEdition     string
	NoneYet           string
	NoDigests         string
	Store             string
	ItemsWord         string
	OfThemRelevant    string // how many, of them
	LaterWordingsWord string
	PollsWord         string
	OfThemFailed      string // how many, of them
	TextDropped       string
	FileWord          string
	FreeInIt          string // size, size
	Begun             string
	Schema            string

	// Topics.

	TopicsAre     string
	AboutWord     string
	ThisWeek      string
	InWeeks       plural
	Passages      string
	AllItems      string
	VolumeHead    string
	SeeTable      string
	AsTable       string
	WeekOf        string
	TotalWord     string
	NewestStories string
	SpeaksFor     string
	LinesAre      string
	Term          string
	Kind          string
	Kinds         map[string]string
	SaidBy        string
	Givers        map[string]string
	TakenBy       string
	LabelledItems plural
	InPassages    string
	MorePassages  plural
	MoreTerms     plural
	OtherTerms    plural
	SeedPassages  string

	// Figures.

	FiguresAre    string
	Indicator     string
	LastValue     string
	Period        string
	Values        string
	NoFigures     string
	FigureIs      string
	AsCSV         string
	ScaleIn       string // unit
	ChartMarks    string
	NotDrawn      plural
	NoneAveraged  string
	EarlierValues plural
	Note          string
	Source        string
	StatedToo     string // before outlets
	SeedWord      string
	Disputed      string
	RevisedTo     string // value
	Revises       string // value

	// The timeline.

	TimelineIs   string
	Person       string
	Show         string
	DayNotSaid   string // when it was reported
	NoEvents     string
	MoreEvents   plural
	AnyForm      string
	NobodyCalled string // name
	NearNames    string
}

// plural is a format with the number as its operand, one for each form.
type plural []string

// tables are the words by language.
var tables = map[news.Lang]*words{news.En: &english, news.Ru: &russian, news.Az: &azerbaijani}
