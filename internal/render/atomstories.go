package render

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"samur/internal/news"
)

// maxAtomStories bounds the feed of stories.
const maxAtomStories = 100

// Stories returns an Atom feed of the stories that ds tell, those told last first. A
// story that several editions of a digest tell is one entry, as it was told last. It
// leads to the report that it is headed by, and beside that to its edition. self and
// base are those of Atom; the id of an entry is made of its digest and story.
func Stories(ds []news.Digest, self, base string) ([]byte, error) {
	ds = slices.Clone(ds)
	slices.SortStableFunc(ds, func(a, b news.Digest) int { return b.Slot.At.Compare(a.Slot.At) })
	base = strings.TrimRight(base, "/")
	who := authority(base, self)
	feed := newFeed(ds, self, base, who)
	index := map[string]int{} // id -> place in the feed
	for _, d := range ds {
		for _, s := range d.Sections {
			for _, e := range s.Entries {
				id := "tag:" + who + ",2026:samur/" + url.PathEscape(d.Slot.Digest) + "/" + url.PathEscape(e.Story)
				if i, told := index[id]; told {
					feed.Entries[i].Published = rfc3339(d.Slot.At) // it was told here first, as far as is known
					continue
				}
				if len(feed.Entries) == maxAtomStories {
					continue
				}
				entry, err := atomStory(d, e, base)
				if err != nil {
					return nil, fmt.Errorf("enter story %q into the Atom feed: %w", e.Story, err)
				}
				entry.ID = id
				index[id] = len(feed.Entries)
				feed.add(entry)
			}
		}
	}
	return feed.encode()
}

func atomStory(d news.Digest, e news.Entry, base string) (atomEntry, error) {
	f := newFrame(d)
	st := f.story(e)
	body, err := execute("story", st)
	if err != nil {
		return atomEntry{}, err
	}
	out := atomEntry{
		Lang: string(f.w.code), Title: tidy(e.Headline.Text, maxHeadline),
		Updated: rfc3339(madeAt(d)), Published: rfc3339(d.Slot.At),
		Content: atomContent{Type: "html", Body: string(body)},
	}
	if out.Title == "" {
		out.Title = f.w.untitled
	}
	rel := "alternate"
	if st.Headline.Link != "" {
		out.Links = append(out.Links, atomLink{Rel: rel, Type: "text/html", Href: st.Headline.Link})
		rel = "related"
	}
	if base != "" {
		out.Links = append(out.Links, atomLink{Rel: rel, Type: "text/html", Href: base + "/digests/" + url.PathEscape(d.Slot.String())})
	}
	for _, t := range e.Topics {
		out.Topics = append(out.Topics, atomTopic{Term: tidy(t, maxName), Label: f.topic(t)})
	}
	return out, nil
}
