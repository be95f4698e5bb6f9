package digest

import "samur/internal/news"

// The stories of the top: the strongest, but never one newsroom's word alone.
const (
	topStories = 3
	topVoices  = 2
)

// plan says where every story stands.
type plan struct {
	sections []part
	told     []*candidate // over all sections, by rank
	held     []*candidate // by rank
}

// part is a section before it is written.
type part struct {
	topic, heading string
	stories        []*candidate
}

// arrange gives every story of a ranked list its place: the top, then the section
// of its strongest topic while that has room, else a line among the held. The cap
// of a section also holds for the stories of no topic, so that no heading takes
// the page. A correction is never held back: what was told wrong is put right.
func (b *builder) arrange(ranked []*candidate) plan {
	var p plan
	sections, index := b.parts()
	for _, c := range ranked {
		top := &sections[0]
		home := &sections[index[c.home()]]
		switch {
		case c.reason == news.ReasonCorrected:
			home.stories = append(home.stories, c)
		case full(len(p.told), b.Options.MaxStories):
			p.held = append(p.held, c)
			continue
		case len(top.stories) < topStories && len(c.members.voices()) >= topVoices:
			top.stories = append(top.stories, c)
		case full(len(home.stories), b.Options.MaxPerTopic):
			p.held = append(p.held, c)
			continue
		default:
			home.stories = append(home.stories, c)
		}
		p.told = append(p.told, c)
	}
	for _, s := range sections {
		if len(s.stories) > 0 {
			p.sections = append(p.sections, s)
		}
	}
	return p
}

// parts returns the sections in the order of the page, and where each topic's is.
func (b *builder) parts() ([]part, map[string]int) {
	out := []part{{topic: news.SectionTop}}
	index := map[string]int{}
	for _, t := range b.Options.Topics {
		if _, ok := index[t.Slug]; !ok {
			index[t.Slug] = len(out)
			out = append(out, part{topic: t.Slug, heading: t.Name})
		}
	}
	index[""] = len(out)
	return append(out, part{topic: news.SectionOther}), index
}

// home returns the topic whose section c belongs to, "" for none.
func (c *candidate) home() string {
	if len(c.topics) == 0 {
		return ""
	}
	return c.topics[0]
}

func full(n, most int) bool { return most > 0 && n >= most }
