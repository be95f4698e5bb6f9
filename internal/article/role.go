package article

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// attrs are the attributes of an element that say what it is for.
type attrs struct {
	class, id, role, prop string
	hidden                bool
}

// attributes reads those of the tag at hand.
func attributes(z *html.Tokenizer, more bool) attrs {
	var a attrs
	for n := 0; more && n < 64; n++ {
		var k, v []byte
		k, v, more = z.TagAttr()
		switch string(k) {
		case "class":
			a.class = string(v)
		case "id":
			a.id = string(v)
		case "role":
			a.role = strings.ToLower(string(v))
		case "itemprop":
			a.prop = strings.ToLower(string(v))
		case "hidden":
			a.hidden = true
		case "style":
			style := strings.ReplaceAll(strings.ToLower(string(v)), " ", "")
			a.hidden = a.hidden || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
		case "aria-hidden":
			a.hidden = a.hidden || string(v) == "true"
		}
	}
	return a
}

// aroundTags and aroundRoles are the elements, and the roles an element may claim, of
// what stands around articles.
var (
	aroundTags = map[atom.Atom]bool{
		atom.Nav: true, atom.Aside: true, atom.Footer: true, atom.Form: true, atom.Dialog: true, atom.Address: true,
	}
	aroundRoles = set("navigation complementary banner contentinfo dialog search")
)

// roleOf says what an element is for.
func roleOf(tag atom.Atom, a attrs) role {
	switch {
	case a.hidden || aroundTags[tag]:
		return around
	case a.prop == "articlebody":
		return content
	case aroundRoles[a.role]:
		return around
	case tag == atom.Html || tag == atom.Body:
		return plain
	}
	whole := tag == atom.Article || tag == atom.Main || a.role == "main" || a.role == "article"
	found := wordsRole(a.id, whole)
	if found == plain || found == content {
		found = max(found, wordsRole(a.class, whole))
	}
	if whole && found == plain {
		return content
	}
	return found
}

// wordsRole says what a class or id tells of an element. That of a whole article tells
// little: its classes are its tags and categories on many sites.
func wordsRole(s string, whole bool) role {
	found := plain
	for s != "" {
		var word string
		word, s = nextWord(s)
		switch {
		case besideWords[word]:
			return beside
		case aroundWords[word] && !whole:
			return around
		case contentWords[word]:
			found = content
		}
	}
	return found
}

// nextWord cuts the first word off a class or id, in lower case: "post-bodyText" is
// post, body, text.
func nextWord(s string) (word, rest string) {
	from := strings.IndexFunc(s, unicode.IsLetter)
	if from < 0 {
		return "", ""
	}
	s = s[from:]
	lower := false
	for i, r := range s {
		if !unicode.IsLetter(r) || unicode.IsUpper(r) && lower {
			return strings.ToLower(s[:i]), s[i:]
		}
		lower = unicode.IsLower(r)
	}
	return strings.ToLower(s), ""
}

// contentWords, besideWords and aroundWords are what classes and ids are made of, in English
// mostly, also on pages in Russian and Azerbaijani.
var (
	contentWords = set("article articles content text body post entry story main news detail details page topic")
	besideWords  = set("comment comments commentlist disqus respond replies discussion related similar recommend recommended recommendation recommendations teaser teasers")
	aroundWords  = set(`ad ads adv advert advertisement advertising adsbygoogle banner banners sponsor sponsored sponsors promo promotion
		nav navbar navigation menu submenu topmenu breadcrumb breadcrumbs crumbs pager pagination paging toolbar sidebar side aside widget widgets
		footer foot copyright copyrights legal imprint impressum disclaimer cookie cookies gdpr consent
		reply more readmore morelinks also trending popular latest
		share sharing shares sharedaddy addtoany addthis social socials follow likes rating ratings vote
		newsletter subscribe subscription signup signin login register registration search searchform
		tag tags tagcloud keywords meta metadata byline author authors bio date time timestamp
		popup modal overlay lightbox tooltip hidden skip print jp embed gallery slider carousel slideshow caption credit credits source sources`)
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
