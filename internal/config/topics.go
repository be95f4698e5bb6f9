package config

import (
	"fmt"
	"slices"
	"strings"
)

// Bounds of what the file may say of topics; a topic of more words is two topics.
const (
	mostTopics   = 100
	mostCues     = 200
	mostConcepts = 200
	mostExamples = 50
)

// reservedSlugs are the sections of a digest that are no topic.
var reservedSlugs = []string{"top", "other"}

// ExampleLine returns the line of Path in which example i stands.
func (t Topic) ExampleLine(i int) int { return t.lines[i] }

// says reports whether anything speaks for the topic.
func (t Topic) says() bool {
	return len(t.Words.En)+len(t.Words.Ru)+len(t.Words.Az)+len(t.Concepts)+len(t.Examples) > 0
}

// changes reports whether the topic has more than a slug.
func (t Topic) changes() bool {
	return t.says() || t.Names != Names{} || t.Threshold != 0
}

// checkOwnTopics checks the topics of the file against the slugs that are there without
// it, and returns the slugs there are with it. Both are nil when they are not known.
func (l *loader) checkOwnTopics(known, concepts []string) []string {
	first := map[string]string{}
	all := slices.Clone(known)
	for i := range l.c.Topics {
		t := &l.c.Topics[i]
		path := fmt.Sprintf("topics[%d]", i)
		for k := range t.Examples {
			t.lines = append(t.lines, l.where(fmt.Sprintf("%s.examples[%d]", path, k)).line)
		}
		l.unique("topic", path+".slug", t.Slug, first)
		l.checkCues(*t, path)
		l.checkConcepts(t.Concepts, path+".concepts", concepts)
		if known == nil || l.bad[path] || l.bad[path+".slug"] || t.Slug == "" {
			continue
		}
		l.checkChange(*t, path, known)
		switch there := slices.Contains(all, t.Slug); {
		case t.Disabled:
			all = slices.DeleteFunc(all, func(s string) bool { return s == t.Slug })
		case !there:
			all = append(all, t.Slug)
		}
	}
	if len(l.c.Topics) > mostTopics {
		l.rep.mistake(l.key("topics"), fmt.Sprintf("%d topics are too many", len(l.c.Topics)), fmt.Sprintf("keep to %d", mostTopics))
	}
	return all
}

// checkChange holds a topic against the slugs that are there without it.
func (l *loader) checkChange(t Topic, path string, known []string) {
	there := slices.Contains(known, t.Slug)
	near := nearest(t.Slug, known)
	torn := l.bad[path+".words"] || l.bad[path+".concepts"] || l.bad[path+".examples"]
	switch {
	case slices.Contains(reservedSlugs, t.Slug):
		l.rep.mistake(l.where(path+".slug"), fmt.Sprintf("the slug %q belongs to a section of every digest", t.Slug), "choose another one")
	case t.Disabled && !there:
		fix := "correct the slug, or remove the line"
		if near != "" {
			fix = fmt.Sprintf("did you mean %q?", near)
		}
		l.rep.mistake(l.where(path+".slug"), fmt.Sprintf("there is no topic %q to disable", t.Slug), fix)
	case t.Disabled && t.changes():
		l.rep.mistake(l.key(path+".disabled"), fmt.Sprintf("the topic %q is disabled, and more is said of it", t.Slug), "remove this line, or all others but the slug")
	case t.Disabled, torn:
	case there && !t.changes():
		l.rep.mistake(l.where(path+".slug"), fmt.Sprintf("the topic %q is there already, and nothing is added to it", t.Slug), "add words, concepts or examples, or remove it")
	case !there && !t.says():
		l.rep.mistake(l.where(path+".slug"), fmt.Sprintf("nothing speaks for the topic %q", t.Slug), "add words, concepts or examples")
	case !there && near != "":
		l.rep.warn(l.where(path+".slug"), fmt.Sprintf("the topic %q is a new one", t.Slug), fmt.Sprintf("if %q is meant, write that", near))
	}
}

// checkCues looks for words and examples that come twice, and for too many of them.
func (l *loader) checkCues(t Topic, path string) {
	for _, list := range []struct {
		key   string
		words []string
		most  int
	}{
		{"words.en", t.Words.En, mostCues},
		{"words.ru", t.Words.Ru, mostCues},
		{"words.az", t.Words.Az, mostCues},
		{"concepts", t.Concepts, mostConcepts},
		{"examples", t.Examples, mostExamples},
	} {
		what := map[string]string{"concepts": "concept", "examples": "example"}[list.key]
		if what == "" {
			what = "word"
		}
		first := map[string]string{}
		for i, w := range list.words {
			l.unique(what, fmt.Sprintf("%s.%s[%d]", path, list.key, i), shorten(w), first)
		}
		if n := len(list.words); n > list.most {
			l.rep.mistake(l.key(path+"."+list.key), fmt.Sprintf("%d are too many for one topic", n), fmt.Sprintf("keep to the %d that say most, or make it two topics", list.most))
		}
	}
}

func (l *loader) checkConcepts(ids []string, path string, known []string) {
	for i, id := range ids {
		sub := fmt.Sprintf("%s[%d]", path, i)
		if known == nil || l.bad[sub] || slices.Contains(known, id) {
			continue
		}
		fix := `see "samur lexicon find", or give the topic words`
		_, word, _ := strings.Cut(id, "/")
		if same := slices.IndexFunc(known, func(k string) bool { return strings.HasSuffix(k, "/"+word) }); same >= 0 {
			fix = fmt.Sprintf("did you mean %q?", known[same])
		} else if near := nearest(id, known); near != "" {
			fix = fmt.Sprintf("did you mean %q?", near)
		}
		l.rep.mistake(l.where(sub), fmt.Sprintf("there is no concept %q", id), fix)
	}
}

// concepts returns the ids of the lexicon, nil when they are not known or not needed.
func (l *loader) concepts() []string {
	needed := slices.ContainsFunc(l.c.Topics, func(t Topic) bool { return len(t.Concepts) > 0 }) ||
		slices.ContainsFunc(l.c.Alerts, func(a Alert) bool { return len(a.Actors) > 0 })
	if !needed || l.o.Concepts == nil || l.bad["seeds.dir"] {
		return nil
	}
	ids, err := l.o.Concepts(l.c.Seeds.Dir)
	if err != nil { // of a seeds directory, which a digest's topics will name as well
		l.rep.mistake(l.where("seeds.dir"), fmt.Sprintf("the lexicon cannot be read: %v", err), "put it right, or remove the line")
		return nil
	}
	return ids
}
