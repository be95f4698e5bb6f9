package lang

import (
	"strings"
	"unicode/utf8"
)

// tails are the endings that one Russian stem takes, the empty one included where the
// stem by itself is a form.
type tails []string

func (t tails) has(rest string) bool {
	if len(rest) > 12 {
		return false
	}
	for _, s := range t {
		if s == rest {
			return true
		}
	}
	return false
}

// The paradigms. Each is the union of what its class allows, hard and soft, so that a
// word's gender need not be known; what it allows too much are strings that are no words.
var (
	tailsMasc     = ends("- а у ом ем е ы и ов ев ей ам ами ах")
	tailsSurname  = ends("- а у ым ом е ы ых ыми")                 // Алиев, Путин; Саратов, Азербайджан take ом
	tailsMascZero = ends("а у ом ем ём е ы и ов ев ам ами ах")     // behind a lost vowel: рынк-
	tailsSoft     = ends("ь я ю ем и е ью ей ям ями ях ам ами ах") // январь, область
	tailsSoftZero = ends("я ю ем ем и е ей ям ями ях")             // дн-
	tailsJot      = ends("й я ю ем е и ев ям ями ях")              // музей, Шанхай
	tailsIj       = ends("й я ю ем и")                             // Дмитрий
	tailsIjTerm   = ends("й я ю ем и ев ям ями ях")                // комментарий
	tailsAdjHard  = ends("ый ий ой ого его ому ему ым им ом ем ая ую ою ое ее ые ие ых их ыми ими ей и о")
	tailsAdjShort = ends("- а ы е") // важна, важны, похоже
	tailsAdjSoft  = ends("ий ье ья ью ьего ьему ьим ьем ьей ьи ьих ьими его ему им ем яя юю ей ею ее ие их ими")
	tailsAdjMan   = ends("ый ий ой ого его ому ему ым им ом ем ые ие ых их ыми ими")
	tailsAdjFem   = ends("ая ой ую ою ей ые ие ых их ым им ыми ими")
	tailsAdjFemS  = ends("яя ей юю ею ие их им ими")
	tailsAdjNeut  = ends("ое ее ого его ому ему ым им ом ем ые ие ых их ыми ими")
	tailsAdjPl    = ends("ые ие ых их ым им ыми ими")
	tailsFem      = ends("а ы и е у ой ою ей ею - ам ами ах")    // республика, поставка
	tailsWoman    = ends("а ой ою у")                            // Захарова
	tailsFemSoft  = ends("я и е ю ей ею ь й - ям ями ях")        // земля
	tailsFemIja   = ends("я и ю ей ею й е ям ями ях")            // Росси-я
	tailsNeut     = ends("о а у ом е - ам ами ах")               // правительство
	tailsNeutSoft = ends("е я ю ем и й ей ям ями ях а у")        // содействи-е, мор-е, училищ-е
	tailsPlural   = ends("ы и а - ов ев ей ам ям ами ями ах ях") // Эмираты, переговоры
	tailsPluralIj = ends("и й ям ями ях")
	tailsMya      = ends("я ени енем ена ен енам енами енах") // время
	tailsNone     = ends("-")
	tailsGenPl    = ends("-") // поставок
)

// irregular lists, of common nouns that change beyond the rules, the further stem and
// its endings.
var irregular = map[string]struct {
	stem  string
	tails tails
}{
	"человек": {"люд", tailsPeople}, "ребенок": {"дет", tailsPeople}, "мать": {"матер", tailsMother}, "дочь": {"дочер", tailsMother},
	"год": {"лет", ends("- ам ами ах")}, "ноль": {"нул", ends("я ю ем е и ей ям ями ях")}, "цветок": {"цвет", ends("ы ов ам ами ах")},
	"друг": {"друз", tailsBrothers}, "брат": {"брат", tailsBrothers}, "муж": {"муж", tailsBrothers}, "князь": {"княз", tailsBrothers},
	"сын": {"сынов", tailsBrothers}, "лист": {"лист", tailsBrothers}, "стул": {"стул", tailsBrothers}, "клин": {"клин", tailsBrothers},
	"зуб": {"зуб", tailsBrothers}, "крыло": {"крыл", tailsBrothers}, "дерево": {"дерев", tailsBrothers}, "перо": {"пер", tailsBrothers},
	"колено": {"колен", tailsBrothers}, "звено": {"звен", tailsBrothers}, "хозяин": {"хозяев", ends("а - ам ами ах")},
	"господин": {"господ", ends("а - ам ами ах")}, "сосед": {"сосед", ends("и ей ям ями ях")}, "судно": {"суд", ends("а ов ам ами ах")},
	"небо": {"небес", tailsHeavens}, "чудо": {"чудес", tailsHeavens}, "ухо": {"уш", ends("и ей ам ами ах")}, "плечо": {"плеч", ends("и")},
}

var (
	tailsPeople   = ends("и ей ям ьми ях")
	tailsMother   = ends("и ью ей ям ями ях")
	tailsBrothers = ends("ья ьев ей ьям ьями ьях")
	tailsHeavens  = ends("а - ам ами ах")
)

// womensNames are the given names that end like the surnames of women in -ина, and
// unlike these have all endings.
var womensNames = set(`алина алевтина альбина ангелина антонина арина валентина галина дина екатерина зарина зина ирина
	карина катарина катерина кристина лина марина нина полина регина сабина севина эльвина элина`)

func ends(list string) tails {
	var t tails
	for _, s := range strings.Fields(list) {
		if s == "-" {
			s = ""
		}
		t = append(t, Fold(s, "ru"))
	}
	return t
}

// russianRoots lists the beginnings of a word's forms with the endings each takes,
// chosen by how the dictionary form ends.
func russianRoots(w string, role Role) []Root {
	p := paradigm{word: w, role: role}
	runes := utf8.RuneCountInString(w)
	if runes < 2 {
		p.add(w, tailsNone)
		return p.stems
	}
	switch last, n := utf8.DecodeLastRuneInString(w); last {
	case 'й':
		p.inJot(w[:len(w)-n])
	case 'ь':
		p.inSoftSign(w[:len(w)-n])
	case 'а':
		p.inA(w[:len(w)-n])
	case 'я':
		p.inJa(w[:len(w)-n])
	case 'о':
		p.inO(w[:len(w)-n])
	case 'е':
		p.inE(w[:len(w)-n])
	case 'ы', 'и':
		p.inPlural(w, w[:len(w)-n])
	case 'у', 'ю', 'э':
		p.add(w, tailsNone)
	default:
		p.inConsonant()
	}
	if len(p.stems) == 0 { // nothing but an ending: "ее"
		p.add(w, tailsNone)
	}
	return p.stems
}

// paradigm collects the stems of one word.
type paradigm struct {
	word  string
	role  Role
	stems []Root
}

func (p *paradigm) add(stem string, t tails) {
	if stem == "" {
		return
	}
	p.stems = append(p.stems, Root{Text: stem, kind: stemRussian, tails: t})
}

// irregular adds the further stem of a common noun that has one.
func (p *paradigm) irregular() {
	if s, ok := irregular[p.word]; ok && p.role == Term {
		p.add(s.stem, s.tails)
	}
}

func (p *paradigm) inConsonant() {
	w := p.word
	switch family := hasEnd(w, "ов", "ев", "ин", "ын"); {
	case family && p.role == Person:
		p.add(w, tailsSurname)
	case family && p.role == Name: // a town or a surname in a company's name
		p.add(w, tailsSurname)
		p.add(w, ends("ом"))
	default:
		p.add(w, tailsMasc)
	}
	p.irregular()
	if hasEnd(w, "анин", "янин") { // россиянин, россияне, россиян
		p.add(w[:len(w)-len("ин")], ends("е - ам ами ах"))
	}
	switch {
	case hasEnd(w, "арин"): // татарин, татары, татар
		p.add(strings.TrimSuffix(w, "ин"), ends("ы - ам ами ах"))
	case hasEnd(w, "енок", "онок") && p.role == Term: // котенок, котята
		p.add(w[:len(w)-len("енок")]+"ят", ends("а - ам ами ах"))
	}
	for _, s := range fleeting(w) {
		p.add(s, tailsMascZero)
	}
}

// fleeting lists the stems of a masculine word that loses its last vowel: рынок,
// азербайджанец, китаец, посол, день (without ь), Павел.
func fleeting(w string) []string {
	last, n := utf8.DecodeLastRuneInString(w)
	head := w[:len(w)-n]
	vowel, m := utf8.DecodeLastRuneInString(head)
	short := utf8.RuneCountInString(w) == 3 // лоб, лед, пес, мох
	if vowel != 'е' && vowel != 'о' || !strings.ContainsRune("кцнлтрвм", last) && !(short && strings.ContainsRune("бдсх", last)) {
		return nil
	}
	before := head[:len(head)-m]
	prev, _ := utf8.DecodeLastRuneInString(before)
	switch {
	case before == "":
		return nil
	case russianVowel(prev): // китаец, боец
		return []string{before + "й" + string(last)}
	case vowel == 'е' && (prev == 'л' || last == 'к' || last == 'в' || last == 'д'):
		return []string{before + string(last), before + "ь" + string(last)}
	}
	return []string{before + string(last)}
}

func russianVowel(r rune) bool { return strings.ContainsRune("аеиоуыэюя", r) }

func (p *paradigm) inJot(head string) {
	last, n := utf8.DecodeLastRuneInString(head)
	stem := head[:len(head)-n]
	before, _ := utf8.DecodeLastRuneInString(stem)
	switch last {
	case 'ы':
		p.adjective(stem)
	case 'о':
		p.adjective(stem)
		p.add(head, tailsJot) // бой, Ной
	case 'и':
		if strings.ContainsRune("гкхжшщч", before) {
			p.adjective(stem)
			if p.role == Term && strings.ContainsRune("жшщч", before) { // охотничий, охотничьего
				p.add(stem, tailsAdjSoft)
			}
			if before != 'к' || p.role == Person && !hasEnd(stem, "ск", "цк") {
				p.add(head, tailsIj) // Сергий, Георгий, Аверкий
			}
			return
		}
		if p.role == Person {
			p.add(head, tailsIj)
			if before == 'н' { // Крайний, but Евгений
				p.add(stem, ends("его ему им ем"))
			}
			return
		}
		p.add(head, tailsIjTerm)
		p.add(stem, tailsAdjSoft)
	case 'е':
		p.add(head, tailsJot)
		p.add(stem+"ь", ends("я ю ем е и ев ям ями ях")) // воробей, Соловей
	default:
		p.add(head, tailsJot)
	}
}

// adjective adds the forms of a word in -ый, -ий or -ой by its stem. Before a hyphen
// the short joining form in -о stands too: российско-.
func (p *paradigm) adjective(stem string) {
	if p.role == Person {
		p.add(stem, tailsAdjMan)
		return
	}
	p.add(stem, tailsAdjHard)
	if p.role != Term || hasEnd(stem, "ск", "цк") {
		return // азербайджанский has no short form
	}
	p.add(stem, tailsAdjShort)
	if s, ok := strings.CutSuffix(stem, "н"); ok { // важный, важен
		p.add(strings.TrimSuffix(s, "ь")+"ен", tailsNone)
		if hasEnd(s, "ен", "ян", "ан") { // расположенный, расположена
			p.add(s, ends("- а о ы"))
		}
	}
	if s, ok := strings.CutSuffix(stem, "к"); ok { // близкий, близок
		p.add(strings.TrimSuffix(s, "ь")+"ок", tailsNone)
	}
}

// reflexive adds the forms of a participle like учащийся, by its stem.
func (p *paradigm) reflexive(stem string) {
	var t tails
	for _, e := range tailsAdjHard {
		t = append(t, e+"ся")
	}
	p.add(stem, t)
}

func (p *paradigm) inSoftSign(head string) {
	p.add(head, tailsSoft)
	p.irregular()
	last, n := utf8.DecodeLastRuneInString(head)
	rest := head[:len(head)-n]
	vowel, m := utf8.DecodeLastRuneInString(rest)
	if (vowel == 'е' || vowel == 'о') && strings.ContainsRune("ньлртв", last) {
		p.add(rest[:len(rest)-m]+string(last), tailsSoftZero)
		if vowel == 'о' {
			p.add(rest[:len(rest)-m]+string(last), ends("ови овью"))
		}
	}
}

func (p *paradigm) inA(head string) {
	if hasEnd(head, "ов", "ев", "ин", "ын") && p.role == Person {
		p.add(head, tailsWoman)
		if womensNames[p.word] {
			p.add(head, ends("ы е"))
		}
		return
	}
	p.add(head, tailsFem)
	for _, g := range genitives(head) {
		p.add(g, tailsGenPl)
	}
}

// genitives lists the genitive plurals that need a vowel between two consonants:
// поставок, копеек, пошлин has none.
func genitives(head string) []string {
	last, n := utf8.DecodeLastRuneInString(head)
	rest := head[:len(head)-n]
	prev, m := utf8.DecodeLastRuneInString(rest)
	switch {
	case rest == "" || russianVowel(last) || russianVowel(prev):
		return nil
	case prev == 'ь' || prev == 'й':
		return []string{rest[:len(rest)-m] + "е" + string(last)}
	case last == 'ь': // семья
		return nil
	}
	return []string{rest + "о" + string(last), rest + "е" + string(last)}
}

func (p *paradigm) inJa(head string) {
	last, n := utf8.DecodeLastRuneInString(head)
	switch {
	case hasEnd(p.word, "щийся", "шийся"):
		p.reflexive(strings.TrimSuffix(p.word, "ийся"))
	case last == 'а' && utf8.RuneCountInString(p.word) == 4: // стая, Майя has its own й
		p.add(head, tailsFemIja)
	case last == 'а':
		p.add(head[:len(head)-n], tailsAdjFem)
	case last == 'я':
		p.add(head[:len(head)-n], tailsAdjFemS)
	case last == 'и':
		p.add(head, tailsFemIja)
	case last == 'м' && p.role == Term && hasEnd(head, "им", "ем", "лам", "нам"): // время, имя, пламя, знамя
		p.add(head, tailsMya)
		p.add(head, ends("ян"))
		p.add(head, tailsFemSoft)
	case last == 'ь': // статья, статей
		p.add(head, ends("я и ю ей ею е ям ями ях"))
		p.add(head[:len(head)-n], ends("ей"))
	default:
		p.add(head, tailsFemSoft)
		for _, g := range genitives(head) {
			p.add(g, ends("- ь"))
		}
	}
}

func (p *paradigm) inO(head string) {
	if p.role == Person && !hasEnd(head, "ств") || hasEnd(head, "енк") {
		p.add(p.word, tailsNone)
		return
	}
	p.add(head, tailsNeut)
	p.irregular()
	if hasEnd(head, "к") { // облако, облаков; яблоко, яблоки
		p.add(head, ends("ов и"))
	}
	for _, g := range genitives(head) {
		p.add(g, tailsGenPl)
	}
}

func (p *paradigm) inE(head string) {
	last, n := utf8.DecodeLastRuneInString(head)
	stem := head[:len(head)-n]
	switch {
	case p.role == Person:
		p.add(p.word, tailsNone)
	case last == 'о' || last == 'е':
		p.add(stem, tailsAdjNeut)
	case last == 'ы':
		p.add(stem, tailsAdjPl)
	case last == 'и':
		if hasEnd(stem, "к", "г", "х") {
			p.add(stem, tailsAdjPl)
			return
		}
		p.add(head, tailsNeutSoft)
		p.add(stem+"ь", tailsNeutSoft) // воскресенье
		if hasEnd(stem, "н", "ш", "щ", "ж", "ч") {
			p.add(stem, tailsAdjPl)
		}
	default:
		p.add(head, tailsNeutSoft)
		if last == 'ь' { // ущелье, ущелий
			p.add(head, ends("ев")) // верховье, верховьев
			p.add(stem, ends("ий"))
		}
		if last == 'ц' { // яйцо apart: сердце, сердец
			p.add(head, ends("е а у ем - ам ами ах"))
		}
		if hasEnd(head, "ан", "ян") { // россияне, армяне
			p.add(head, ends("е - ам ами ах ин ина ину ином ине"))
		}
	}
}

func (p *paradigm) inPlural(w, head string) {
	if p.role == Person && !hasEnd(w, "ы", "ки") {
		p.add(w, tailsNone) // Саакашвили
		return
	}
	if hasEnd(head, "и") { // авиалинии, авиалиний
		p.add(head, tailsPluralIj)
		return
	}
	p.add(head, tailsPlural)
	for _, g := range genitives(head) {
		p.add(g, tailsGenPl)
	}
	if s, ok := strings.CutSuffix(head, "ц"); ok { // азербайджанцы: азербайджанец
		p.add(s+"ец", tailsNone)
		p.add(head, ends("а у ем е"))
	}
}

func hasEnd(w string, suffixes ...string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

// russianEnding judges an ending behind a hyphen or a quote: "МИД-а", "10-го".
func russianEnding(fold string) bool {
	switch fold {
	case "а", "у", "ом", "ем", "е", "ы", "и", "ов", "ев", "ам", "ами", "ах", "я", "ю", "ей",
		"го", "ого", "му", "ому", "й", "ый", "ий", "ая", "ое", "ые", "ых", "ым", "ми", "х", "м":
		return true
	}
	return false
}

// Joining reports whether a folded Russian word, the first half of a hyphenated one,
// is a joining form, and returns the word it stands for: "азербайджано" comes from
// azerbaijani in its adjective азербайджанский, "российско" from российский.
func Joining(fold string) (adjective string, ok bool) {
	for _, o := range []string{"о", "е"} {
		stem, found := strings.CutSuffix(fold, o)
		if !found || utf8.RuneCountInString(stem) < 3 {
			continue
		}
		if hasEnd(stem, "ск", "цк", "н", "в") && hasEnd(stem, "ск", "цк") {
			return stem + "ий", true
		}
		return stem + "ский", true
	}
	return "", false
}
