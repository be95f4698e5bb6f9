package cli

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"samur/internal/config"
	"samur/internal/lang"
	"samur/internal/news"
)

// grouper finds the groups of the config that feeds of folders belong to, or makes them.
type grouper struct {
	cfg  *config.Config
	made []string       // groups that the config is to have
	none bool           // they cannot be made
	shut map[string]int // feeds that were kept out of groups with a login, by group
}

// group returns the group for a feed in folders, the outermost first, "" for none. What
// the folders of a file are called is its author's: it gets no feed a login.
func (g *grouper) group(folders []string) string {
	var names []string
	for _, f := range folders {
		if name := slug(latin(f)); name != "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	whole := strings.Join(names, ".")
	inner := names[len(names)-1]
	for _, name := range append([]string{whole}, reversed(names)...) {
		if name == noGroup {
			return ""
		}
		if i := slices.IndexFunc(g.cfg.Groups, func(have config.Group) bool { return strings.EqualFold(slug(have.Name), name) }); i >= 0 {
			return g.join(g.cfg.Groups[i])
		}
	}
	if g.cfg.Poll.Group != "" {
		return ""
	}
	if len(whole) > longestName {
		whole = inner
	}
	if !slices.Contains(g.made, whole) {
		g.made = append(g.made, whole)
	}
	return whole
}

// noGroup is the name that stands for no group.
const noGroup = "none"

// join returns the name of a group that the config has, "" where a feed must not join it.
func (g *grouper) join(have config.Group) string {
	if !have.Secretive() {
		return have.Name
	}
	if g.shut == nil {
		g.shut = map[string]int{}
	}
	g.shut[have.Name]++
	return ""
}

// unmake takes feeds out of the groups that cannot be made.
func (g *grouper) unmake(fs []config.Feed) {
	for i, f := range fs {
		if slices.Contains(g.made, f.Group) {
			fs[i].Group = ""
		}
	}
	g.made, g.none = nil, true
}

// notes are what the keeper should know of the groups.
func (g *grouper) notes() []string {
	var notes []string
	if len(g.made) > 0 {
		notes = append(notes, fmt.Sprintf("made groups of its folders, which say nothing yet: %s", strings.Join(g.made, ", ")))
	}
	if g.none {
		notes = append(notes, "made no groups of its folders: those of the config are written in brackets")
	}
	for _, have := range g.cfg.Groups {
		if n := g.shut[have.Name]; n > 0 {
			notes = append(notes, fmt.Sprintf("%d feeds were not put into the group %s, which has a login or headers: write it under those that may have them", n, have.Name))
		}
	}
	return notes
}

func reversed(names []string) []string {
	out := slices.Clone(names)
	slices.Reverse(out)
	return out
}

// latin writes a name in Latin letters as Russian and Azerbaijani ones are usually
// transcribed.
func latin(name string) string {
	small := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cyrillic, r) {
			return unicode.ToLower(r)
		}
		return r
	}, name)
	return lang.Plain(lang.Fold(cyrillic.Replace(small), news.Az))
}

var cyrillic = strings.NewReplacer(
	"а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "е", "e", "ё", "e", "ж", "zh", "з", "z", "и", "i", "й", "y",
	"к", "k", "л", "l", "м", "m", "н", "n", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "у", "u", "ф", "f",
	"х", "kh", "ц", "ts", "ч", "ch", "ш", "sh", "щ", "shch", "ъ", "", "ы", "y", "ь", "", "э", "e", "ю", "yu", "я", "ya",
)
