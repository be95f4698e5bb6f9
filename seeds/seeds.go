// Package seeds holds the corpus from which samur's topics are drawn, and reads
// it: briefs of the seed documents in our own words, the topics with their cue
// words in three languages, the lexicon of people, places and bodies, and counts of
// words in general news and in items that people labelled with topics.
//
// A directory of the same layout can stand beside the embedded one: topics.yaml
// adds topics or replaces them by slug, documents/*.md adds documents or replaces
// them by file name, lexicon/*.yaml is read by package lexicon. Every passage of a
// document names its topics, every named topic exists, and a figure is kept as its
// document gives it: two documents that disagree stay in disagreement. What is not
// fully understood is refused with file and line. The package knows no news item
// and weighs nothing; that is the classifier's work.
//
// Read Documents first, then Topics.
package seeds

import "embed"

// FS is the embedded corpus.
//
//go:embed documents/*.md background/*.txt labelled/*.txt topics.yaml lexicon/*.yaml
var FS embed.FS
