package feed

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"samur/internal/news"
)

// The limits of a document. The library needs more than a gigabyte for ten
// megabytes of nested or namespaced elements; beside that, no feed of this world
// comes near them.
const (
	maxDepth    = 100
	maxElements = 200_000
	maxAttrs    = 1_000     // of one element, and namespaces in force
	maxTokens   = 1_000_000 // tags, texts and comments
	maxLeaves   = 100_000   // values that are read
	maxEntries  = 5_000
	maxValue    = 4 << 20 // bytes of one value; a longer one is left out and the rest read
	maxReread   = 2       // times the document's length, for unclosed elements
	maxGrowth   = 1       // times the document's length, for what is written
	maxAddress  = 4 << 10 // bytes of an address
	maxLanguage = 64      // bytes of a language
)

// repaired is a document after the walk: what is read of it, well-formed.
type repaired struct {
	xml    string    // an <rss> or Atom <feed> document
	texts  cloakroom // what it has tickets for
	atom   bool
	format string
	self   string
	lang   string // of the feed, from xml:lang
	places []place
	notes  []string
}

// place is what an entry stands in: gofeed's models do not hold it.
type place struct {
	lang string
	base *url.URL
}

// frame is an open element of the structure.
type frame struct {
	qname   string // as written
	written string // element to close in the output, "" for none
	use     use
	uses    map[string]use
	scope   *scope
	spaces  int // namespaces in force
	lang    string
	base    *url.URL
	text    string // of a person written as bare text
	filled  bool   // something of it was written
}

// output is a part of the repaired document.
type output struct {
	strings.Builder
	spared int // bytes that tickets stand for
}

// repairer walks a document.
type repairer struct {
	scanner
	repaired
	stack    []frame
	entities *entities
	elements int
	leaves   int
	reread   int     // bytes read a second time
	swollen  bool    // more was to be written than a feed holds
	head     output  // the feed's own parts
	items    output  // the entries, whole ones only
	pieces   []piece // room for those of an element
	begun    int     // length of items where the open entry begins, -1 for none
	guid     bool    // the open entry has one
	about    string  // rdf:about of the open entry
	langFrom int     // which part of the entry its language is from
	cut      bool
	rdf      bool // the root element is RDF's and names no RSS
	channel  bool // there is one
}

// repair reads a document whose root element begins at the scanner's place.
func repair(text, base string, doctype string, root token, pos int) (repaired, error) {
	r := &repairer{scanner: scanner{s: text, pos: pos}, entities: declaredEntities(doctype), begun: -1}
	docBase, err := url.Parse(base)
	if err != nil || base == "" {
		docBase = nil
	}
	if err := r.open(root, docBase); err != nil {
		return repaired{}, err
	}
	for len(r.stack) > 0 {
		t := r.next()
		switch t.kind {
		case tokEOF:
			r.finishCut()
		case tokStart:
			err = r.startTag(t)
		case tokEnd:
			r.endTag(t.name)
		case tokText, tokCDATA:
			if top := r.top(); top.use == usePerson && len(top.text) < 1000 {
				top.text += plain(t.text, t.kind, r.entities)
			}
		}
		if err == nil {
			err = r.exhausted()
		}
		if err != nil {
			return repaired{}, err
		}
	}
	if r.rdfOfOthers() {
		return repaired{}, notFeed("RDF of some other kind, not a feed")
	}
	if r.cut && len(r.places) == 0 {
		return repaired{}, &Error{Cause: news.CauseParse, Line: line(text, len(text)), Err: errors.New("document ends before its first whole entry")}
	}
	if r.cut {
		r.note("document was cut; whole entries kept")
	}
	r.assemble()
	return r.repaired, nil
}

// note remembers what was put right, each thing once.
func (r *repairer) note(s string) {
	for _, n := range r.notes {
		if n == s {
			return
		}
	}
	r.notes = append(r.notes, s)
}

// top returns the innermost open element.
func (r *repairer) top() *frame { return &r.stack[len(r.stack)-1] }

// open begins the document with its root element.
func (r *repairer) open(root token, base *url.URL) error {
	f, space, local, err := r.enter(root, frame{base: base, uses: rssChannel})
	if err != nil {
		return err
	}
	switch local {
	case "feed", "entry":
		r.atom = true
		r.format = "atom " + atomVersion(root)
		f.uses = atomFeed
	case "rdf":
		r.rdf = !speaksRSS(root)
		r.format = "rss " + rdfVersion(root)
		if space, known := f.scope.resolve(""); r.rdf && !known && space == "other" {
			f.scope.adopt("", "")
		}
	default:
		r.format = strings.TrimSpace("rss " + attribute(root.attrs, "version"))
	}
	if space == "other" || space == "atom" && local == "rss" { // a made-up default namespace is the feed's own, and RSS is not Atom's
		own := ""
		if r.atom {
			own = "atom"
		}
		f.scope.adopt(prefixOf(root.name), own)
	}
	r.lang = f.lang
	r.stack = append(r.stack, f)
	if local == "channel" { // CDF has its page there
		r.anchor(attribute(root.attrs, "href"))
	}
	if local == "entry" {
		r.beginItem(f)
		r.top().uses = atomEntry
		r.top().use = useItem
	}
	if root.selfClosed {
		r.endTag(root.name)
	}
	return nil
}

// enter checks the limits and works out what a start tag brings into force.
func (r *repairer) enter(t token, outer frame) (f frame, space, local string, err error) {
	r.elements++
	f = frame{qname: t.name, scope: outer.scope, spaces: outer.spaces, lang: outer.lang, base: outer.base, uses: outer.uses}
	for _, a := range t.attrs {
		switch {
		case a.name == "xmlns":
			f.scope = &scope{space: spaceOf(a.value), outer: f.scope}
			f.spaces++
		case strings.HasPrefix(a.name, "xmlns:"):
			f.scope = &scope{prefix: a.name[6:], space: spaceOf(a.value), outer: f.scope}
			f.spaces++
		case a.name == "xml:lang":
			f.lang = first(declaredLanguage(a.value), unspoken)
		case a.name == "xml:base":
			f.base = join(f.base, a.value)
		}
	}
	if err := r.limits(len(r.stack), len(t.attrs), f.spaces, t.start); err != nil {
		return f, "", "", err
	}
	space, local = r.name(f.scope, t.name)
	return f, space, local, nil
}

// limits refuses what no feed is and a bomb would be.
func (r *repairer) limits(depth, attrs, spaces, at int) error {
	what := ""
	switch {
	case depth > maxDepth:
		what = fmt.Sprintf("elements nested deeper than %d", maxDepth)
	case r.elements > maxElements:
		what = fmt.Sprintf("more than %d elements", maxElements)
	case attrs > maxAttrs:
		what = fmt.Sprintf("more than %d attributes on an element", maxAttrs)
	case spaces > maxAttrs:
		what = fmt.Sprintf("more than %d namespaces", maxAttrs)
	default:
		return nil
	}
	return &Error{Cause: news.CauseTooLarge, Line: line(r.s, at), Err: errors.New(what)}
}

// exhausted refuses what would cost more than a feed does.
func (r *repairer) exhausted() error {
	what := ""
	switch {
	case r.spent():
		what = fmt.Sprintf("more than %d tags and texts", maxTokens)
	case r.entities != nil && r.entities.left < 0:
		what = "entities that swell the document"
	case r.swollen:
		what = "values that swell the document"
	case r.leaves > maxLeaves:
		what = fmt.Sprintf("more than %d values", maxLeaves)
	case len(r.places) > maxEntries:
		what = fmt.Sprintf("more than %d entries", maxEntries)
	default:
		return nil
	}
	return &Error{Cause: news.CauseTooLarge, Line: line(r.s, r.pos), Err: errors.New(what)}
}

// rdfOfOthers reports whether an RDF document has nothing of a feed in it, as
// those in pictures and in descriptions of people.
func (r *repairer) rdfOfOthers() bool {
	return r.rdf && !r.channel && len(r.places) == 0
}

// unspoken is the language of a part that takes back, by an empty xml:lang, what is
// declared around it. It is the code that registries keep for this.
const unspoken = "und"

// declaredLanguage returns a language as declared, "" for what is too long to be one
// or holds what no name of a language does.
func declaredLanguage(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > maxLanguage || strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.,;/ ", r)
	}) {
		return ""
	}
	return s
}

// spoken returns the first language of those that are declared, "" where it is
// none.
func spoken(declared ...string) string {
	if l := first(declared...); !strings.EqualFold(l, unspoken) {
		return l
	}
	return ""
}

// name returns the written prefix and the lower-case local name of a tag.
func (r *repairer) name(s *scope, qname string) (space, local string) {
	prefix, local := prefixOf(qname), qname
	if prefix != "" {
		local = qname[len(prefix)+1:]
	}
	space, known := s.resolve(prefix)
	if !known {
		space = "other"
	}
	if r.atom && space == "atom" {
		space = ""
	}
	local = strings.ToLower(local)
	if r.atom && space == "" {
		switch local {
		case "created": // of Atom 0.3; the library has no place for it
			space = "dcterms"
		case "id":
			local = idElement
		case idElement:
			space = "other"
		}
	}
	return space, local
}

// The library parses every id and every href of Atom as an address and prints it anew,
// which is not the identity that was given, nor the address, where letters beyond ASCII
// are in it. What is handed on under these names it leaves alone.
const (
	idElement = "rights"
	hrefAttr  = "title"
)

// key joins a written prefix and a local name.
func key(space, local string) string {
	if space == "" {
		return local
	}
	return space + ":" + local
}

// prefixOf returns the namespace prefix of a name as written.
func prefixOf(qname string) string {
	if i := strings.IndexByte(qname, ':'); i > 0 {
		return qname[:i]
	}
	return ""
}

// attribute returns the value of an attribute by its local name, without case.
func attribute(attrs []attr, local string) string {
	for _, a := range attrs {
		name := a.name
		if strings.EqualFold(name, local) {
			return a.value
		}
	}
	return ""
}

// aboutOf returns the address that RDF knows an item by, whatever its prefix.
func aboutOf(attrs []attr) string {
	for _, a := range attrs {
		if strings.HasSuffix(a.name, ":about") {
			return a.value
		}
	}
	return ""
}

// startTag handles an element of the structure.
func (r *repairer) startTag(t token) error {
	outer := r.top()
	f, space, local, err := r.enter(t, *outer)
	if err != nil {
		return err
	}
	k := key(space, local)
	f.use = outer.uses[k]
	switch f.use {
	case useItem:
		r.closeItem()
		r.stack = append(r.stack, f)
		r.beginItem(f)
		r.about = aboutOf(t.attrs)
		r.attributed(t.attrs, f.base)
		r.top().uses = rssItem
		if r.atom || strings.HasPrefix(k, "atom:") {
			r.top().uses = atomEntry
		}
	case useChannel:
		r.channel = true
		r.stack = append(r.stack, f)
		if r.lang == "" {
			r.lang = f.lang
		}
	case useInto:
		r.stack = append(r.stack, f)
	case usePerson, useHours, useSource:
		f.written, f.uses = k, withinUse[f.use]
		r.stack = append(r.stack, f)
		r.out().WriteString("<" + k + ">")
	default:
		return r.leaf(t, f, k)
	}
	if t.selfClosed {
		r.endTag(t.name)
	}
	return nil
}

// beginItem starts the output of an entry.
func (r *repairer) beginItem(f frame) {
	r.begun = r.items.Len()
	r.places = append(r.places, place{lang: f.lang, base: f.base})
	r.guid, r.about, r.langFrom = false, "", 0
	r.items.WriteString("<" + r.itemName() + ">")
}

// attributed writes what CDF has in the attributes of an item.
func (r *repairer) attributed(attrs []attr, base *url.URL) {
	if r.atom {
		return
	}
	if href := attribute(attrs, "href"); href != "" {
		r.writeText("link", resolve(base, href))
	}
	if changed := attribute(attrs, "lastmod"); changed != "" {
		r.write("updated", nil, changed)
	}
}

// itemName is what an entry is called in the output.
func (r *repairer) itemName() string {
	if r.atom {
		return "entry"
	}
	return "item"
}

// closeItem ends the open entry and everything in it, if there is one.
func (r *repairer) closeItem() {
	for i := len(r.stack) - 1; i >= 0; i-- {
		if r.stack[i].use == useItem {
			r.popTo(i)
			return
		}
	}
}

// endTag closes the innermost element of that name; one that closes nothing is
// nothing.
func (r *repairer) endTag(name string) {
	for i := len(r.stack) - 1; i >= 0; i-- {
		if strings.EqualFold(r.stack[i].qname, name) {
			r.popTo(i)
			return
		}
	}
}

// popTo closes the elements from the innermost to the i-th.
func (r *repairer) popTo(i int) {
	for j := len(r.stack) - 1; j >= i; j-- {
		r.close(&r.stack[j])
	}
	r.stack = r.stack[:i]
}

// close writes what the end of an element brings.
func (r *repairer) close(f *frame) {
	if name := strings.TrimSpace(f.text); f.use == usePerson && !f.filled && name != "" {
		r.write("name", nil, name)
	}
	if f.written != "" {
		r.out().WriteString("</" + f.written + ">")
	}
	if f.use == useItem {
		if !r.guid && r.about != "" {
			r.write("guid", nil, r.about)
		}
		r.items.WriteString("</" + r.itemName() + ">")
		r.begun = -1
	}
}

// finishCut ends a document that stopped early: the open entry is dropped, for
// the next poll may bring it whole.
func (r *repairer) finishCut() {
	r.cut = r.cut || r.begun >= 0
	if r.begun >= 0 {
		kept := r.items.String()[:r.begun]
		r.items.Reset()
		r.items.WriteString(kept)
		r.places = r.places[:len(r.places)-1]
		r.begun = -1
	}
	if len(r.stack) > 0 {
		r.note("document is not closed")
	}
	r.stack = nil
}

// out is where the output goes at this place.
func (r *repairer) out() *output {
	if r.begun >= 0 {
		return &r.items
	}
	return &r.head
}

// assemble joins the parts into a document. It declares no namespace: the library takes
// a prefix that is not declared for the one it knows, and copies all that are declared
// at each element.
func (r *repairer) assemble() {
	var b strings.Builder
	b.Grow(r.head.Len() + r.items.Len() + 64)
	if r.atom {
		b.WriteString("<feed>")
	} else {
		b.WriteString(`<rss version="2.0"><channel>`)
	}
	b.WriteString(r.head.String())
	b.WriteString(r.items.String())
	if r.atom {
		b.WriteString("</feed>")
	} else {
		b.WriteString("</channel></rss>")
	}
	r.xml = b.String()
}

// line returns the number of the line that the byte at i is in.
func line(s string, i int) int { return 1 + strings.Count(s[:min(i, len(s))], "\n") }
