package figures

import (
	"regexp"
	"strings"

	"samur/internal/lexicon"
	"samur/internal/pattern"
)

// way is the direction in which goods go between the two countries.
type way byte

const (
	noWay  way = iota
	fromAz     // from Azerbaijan to Russia
	toAz       // from Russia to Azerbaijan
)

// scope is what the item as a whole says about the ties between the two sides.
type scope struct {
	transit bool // goods cross one of the two countries
	oil     bool // oil is pumped to Novorossiysk
	onward  bool // … on their way to Armenia
	way     way
	ours    bool // the title names the Russian side, or there is none
	gas     bool // gas is spoken of: cubic metres are of gas
}

var (
	transitWords = pattern.Lazy(`(?:^|[ ])(?:transit\S*|tranzit\S*|транзит\S*|(?:through|across|via) (?:the territory of )?azerbaijan|через (?:территорию )?азербайджан\S*|azerbaycan (?:erazisi )?(?:uzerinden|ile kec\S+|ile ged\S+|vasitesile|erazisinden)|(?:azerbaycandan|olkemizden) (?:[^ ]+ ){0,3}?kec\S+) `)
	crude        = pattern.Lazy(`(?:^|[ ])(?:oil|crude|нефт\S*|сырь\S*|neft\S*) `)
	oilTransit   = pattern.Lazy(`(?:novorossi[iy]y?sk|новороссийск)`)
	gasWords     = pattern.Lazy(`(?:^|[ ])(?:gas\S*|gazprom\S*|mcm|bcm|газ\S*|qaz\S*) `)
)

// goodsWords are what the two countries send each other.
const (
	goodsEn = `(?:poultry|chicken|meat|beef|lamb|eggs|butter|cheese|confectionery|chocolate|coal|paper|steel|pipes|cement|plastics?|polymers?|alumini?um|urea|carbamide|nectarines?|peaches|apricots|strawberr\S+|watermelons?|cucumbers?|peppers?|tea|fish|milk|dairy|feed|bran|lentils|soy\S*|juice|food|lumber|persimmons?|tomato\S*|apples?|fruits?|vegetables?|dates|hazelnuts?|cherr\S+|grapes?|pomegranates?|potato\S*|goods|produce|products|wine|cotton|wheat|grain|flour|timber|oil|gas|barley|corn|sugar|metals?|fertili[sz]ers?|exports?|deliveries|sales|supplies|shipments)`
	goodsRu = `(?:мяс[аоу]|птиц[аы]|куриц\S*|говядин\S*|баранин\S*|яиц|яйца|сыр\S?|шоколад\S*|кондитерск\S*|угл[яюь]|бумаг\S*|стал[ьи]|труб|цемент\S*|полимер\S*|пластмасс\S*|алюмини\S*|карбамид\S*|нектарин\S*|персик\S*|абрикос\S*|клубник\S*|арбуз\S*|огурц\S*|перц[аеу]|ча[йя]|рыб[ыау]|молок\S*|корм\S*|отруб\S*|чечевиц\S*|сои|сока|пиломатериал\S*|томат\S*|помидор\S*|яблок\S*|хурм\S*|фрукт\S*|овощ\S*|орех\S*|фундук\S*|черешн\S*|виноград\S*|гранат\S*|товар\S*|продукц\S*|плодоовощн\S*|вин[ао]|хлоп\S+|пшениц\S*|зерн\S*|мук[аиу]|лес\S*|нефт\S*|газ\S*|лук\S*|картоф\S*|масл\S*|сахар\S*|металл\S*|удобрени\S*|экспорт\S*|поставк\S*)`
	goodsAz = `(?:et|eti|toyuq|yumurta\S*|yag|yagi|yaginin|pendir\S*|sokolad\S*|komur\S*|kagiz\S*|polad\S*|boru\S*|sement\S*|polimer\S*|plastik\S*|aluminium\S*|karbamid\S*|nektarin\S*|saftali\S*|erik\S*|ciyelek\S*|qarpiz\S*|xiyar\S*|biber\S*|cay|baliq\S*|sud\S*|yem\S*|mercimek\S*|soya\S*|sire\S*|taxta\S*|tedaruk\S*|arpa\S*|qargidali\S*|seker\S*|pomidor\S*|xurma\S*|alma\S*|findiq\S*|meyve\S*|terevez\S*|nar|narini|mal|mallar\S*|mehsul\S*|taxil\S*|bugda\S*|un|kartof\S*|sogan\S*|neft\S*|qaz\S*|sarab\S*|gubre\S*)`
)

// Where goods come from tells the way best, then where they go to, then whose they are.
var ways = []struct {
	re  func() *regexp.Regexp
	way way
}{
	{pattern.Lazy(`(?:^|[ ])(?:from azerbaijan|из азербайджана|из республики|azerbaycandan|olkemizden) `), fromAz},
	{pattern.Lazy(`(?:^|[ ])(?:from russia|из россии|из рф|rusiyadan) `), toAz},
	{pattern.Lazy(`(?:^|[ ])(?:to russia|into russia|в россию|в рф|на российский рынок|rusiyaya|rusiya bazarina) `), fromAz},
	{pattern.Lazy(`(?:^|[ ])(?:to azerbaijan|to baku|into azerbaijan|to the republic|в азербайджан|в республику|azerbaycana|olkemize|olkeye|bize) `), toAz},
	{pattern.Lazy(`(?:^|[ ])(?:azerbaijani (?:\S+ ){0,2}?` + goodsEn + `|азербайджанск\S+ (?:\S+ ){0,2}?` + goodsRu + `|azerbaycan (?:\S+ ){0,1}?` + goodsAz + `) `), fromAz},
	{pattern.Lazy(`(?:^|[ ])(?:russian (?:\S+ ){0,2}?` + goodsEn + `|российск\S+ (?:\S+ ){0,2}?` + goodsRu + `|rusiya (?:\S+ ){0,1}?` + goodsAz + `) `), toAz},
}

// wayOf returns the way that norm speaks of.
func wayOf(norm string) way {
	for _, w := range ways {
		if w.re().MatchString(norm) {
			return w.way
		}
	}
	return noWay
}

// scopeOf reads the scope of d.
func scopeOf(d *lexicon.Doc, g *grammar) scope {
	var b strings.Builder
	titleEnd := 0
	for i, raw := range []string{d.Title.Raw, d.Body.Raw} {
		if i == 1 {
			titleEnd = b.Len()
		}
		for f := range strings.FieldsSeq(upto(raw, maxScope)) {
			b.WriteString(plain(strings.Trim(f, `.,:;!?«»"“”()`), g.lang))
			b.WriteByte(' ')
		}
	}
	text := b.String()
	titled := d.Title.Raw == "" || saysOurs(text[:titleEnd])
	onward := toArmenia().MatchString(text)
	transit := transitWords().MatchString(text) || onward
	return scope{transit: transit, oil: oilTransit().MatchString(text) && crude().MatchString(text), onward: transit && onward, ours: titled, way: wayOf(text), gas: gasWords().MatchString(text)}
}

// maxScope is how much of a field tells what an item is about, in bytes.
const maxScope = 4000

// about returns the scope of the item, which most items need not be read for.
func (r *reader) about() *scope {
	if r.doc == nil {
		sc := scopeOf(r.item, r.g)
		r.doc = &sc
	}
	return r.doc
}

// upto cuts s after n bytes, at a clause if one ends before.
func upto(s string, n int) string {
	if k := strings.IndexAny(s[:min(n, len(s))], ":;("); k >= 0 && n < maxScope {
		s = s[:k]
	}
	if len(s) > n {
		s = strings.ToValidUTF8(s[:n], "")
	}
	return s
}
