package eval

import "slices"

// System is a set of predictors; a nil one leaves its table out of the Report.
// The functions are called from one goroutine, in the order of the items.
type System struct {
	// Classify fills Lang, Relevant, Score and Topics.
	Classify func(Input) Prediction
	// Figures returns the figures of an item.
	Figures func(Input) []FigureKey
	// Cluster sorts all items into stories and returns the story of each id. It
	// gets every item, relevant or not, as a program reading feeds would.
	Cluster func([]Input) map[string]string
	// Arrive does what Cluster does, of items that come in the order given.
	Arrive func([]Input) map[string]string
}

// Report is the scores of one run.
type Report struct {
	Items        int
	Relevant     int
	Relevance    *RelevanceScore
	Titles       *RelevanceScore // on titles alone
	Topics       *TopicScore
	Headlines    *TopicScore // topics on titles alone
	Language     *LanguageScore
	Stories      *StoryScore
	Originals    *StoryScore // Stories without items that retell another
	TitleStories *StoryScore // Stories on titles alone
	WorstOrder   *StoryScore // Stories in the worst of several orders of arrival
	Figures      *FigureScore
}

// Run asks sys about every item and scores the answers.
func Run(items []Labelled, sys System) Report {
	r := Report{Items: len(items)}
	inputs := make([]Input, len(items))
	got := make(map[string]Prediction, len(items))
	for i, it := range items {
		inputs[i] = it.Input()
		if it.Relevant {
			r.Relevant++
		}
	}
	if sys.Classify != nil {
		r.classify(items, inputs, sys.Classify, got)
	}
	if sys.Figures != nil {
		for _, in := range inputs {
			p := got[in.ID]
			p.Figures = sys.Figures(in)
			got[in.ID] = p
		}
		s := ScoreFigures(items, got)
		r.Figures = &s
	}
	if sys.Cluster != nil {
		r.cluster(items, inputs, sys.Cluster, got)
	}
	if sys.Arrive != nil {
		s := worstOrder(items, inputs, sys.Arrive)
		r.WorstOrder = &s
	}
	return r
}

func (r *Report) classify(items []Labelled, inputs []Input, ask func(Input) Prediction, got map[string]Prediction) {
	titles := make(map[string]Prediction, len(inputs))
	for _, in := range inputs {
		got[in.ID] = ask(in)
		in.Text = ""
		titles[in.ID] = ask(in)
	}
	rel, alone := ScoreRelevance(items, got), ScoreRelevance(items, titles)
	topics, headlines := ScoreTopics(items, got), ScoreTopics(items, titles)
	lang := ScoreLanguage(items, got)
	r.Relevance, r.Titles, r.Language = &rel, &alone, &lang
	r.Topics, r.Headlines = &topics, &headlines
}

func (r *Report) cluster(items []Labelled, inputs []Input, sort func([]Input) map[string]string, got map[string]Prediction) {
	for id, story := range sort(inputs) {
		p := got[id]
		p.Story = story
		got[id] = p
	}
	titles := slices.Clone(inputs)
	for i := range titles {
		titles[i].Text = ""
	}
	all, originals := ScoreStories(items, got, true), ScoreStories(items, got, false)
	alone := ScoreStories(items, inStories(sort(titles)), true)
	r.Stories, r.Originals, r.TitleStories = &all, &originals, &alone
}

// Half splits items in two by a hash of their id, always the same way: rules
// are made on half 0 and tried on half 1, which they have not seen.
func Half(items []Labelled, half int) []Labelled {
	var out []Labelled
	for _, it := range items {
		if halfOf(it.ID) == half {
			out = append(out, it)
		}
	}
	return out
}

// halfOf is bit 16 of the FNV-1a hash of id.
func halfOf(id string) int {
	h := uint32(2166136261)
	for i := range len(id) {
		h ^= uint32(id[i])
		h *= 16777619
	}
	return int(h>>16) & 1
}
