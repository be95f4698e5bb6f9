package coverage

import (
	"strings"

	"samur/internal/news"
)

// choice is a notion that sides tend to name or to avoid. Its words in the three
// languages mean the same, so that a Russian report can be held against an Azerbaijani
// one. A word that ends in a star stands for all that begin so; several words in a row
// are parted by spaces.
type choice struct {
	id    string
	words map[news.Lang][]string // folded, and plain: without diacritics
}

// choices are the notions by which reports of one event differ in what they say happened,
// not in how they are written. Words that also mean something harmless are left out.
var choices = []choice{
	notion("shot-down", "shot down|shooting down|shoot down|shooting-down|downed|downing", "сбит*|сбил*|сбива*", "vurulmasi*|vurulub|vurulan|vurdu"),
	notion("crash", "crash*", "крушен*|катастроф*|разбил*", "qeza*|suqut*"),
	notion("killed", "killed|killing*|murder*", "убит*|убил*|убий*", "oldurul*|oldurub*|oldurdu*|qetl*"),
	notion("died", "died|dies|death*", "погиб*|умер*|скончал*|смерт*", "olub|olen|olum|olumu*|helak*|vefat*"),
	notion("torture", "tortur*", "пытк*|пыток|пытал*", "isgence*"),
	notion("beaten", "beaten|beating*", "избит*|избил*|избиен*", "doyul*|doyub*"),
	notion("arrest", "arrest*", "арест*", "hebs*"),
	notion("detention", "detain*|detention*", "задерж*", "saxlanil*|saxlanma*"),
	notion("raid", "raid*", "облав*|рейд*", "reyd*|basqin*"),
	notion("terror", "terror*", "террор*|теракт*", "terror*"),
	notion("occupation", "occup*", "оккуп*", "isgal*"),
	notion("aggression", "aggress*", "агресс*", "tecavuz*"),
	notion("war", "war|wars", "войн*", "muharibe*"),
	notion("special-operation", "special military operation|special operation", "специальн* военн* операц*|спецопераци*", "xususi herbi emeliyyat*|xususi emeliyyat*"),
	notion("attack", "attack*", "атак*", "hucum*"),
	notion("provocation", "provoc*|provok*", "провокац*|провоцир*", "texribat*"),
	notion("incident", "incident*", "инцидент*|происшеств*", "insident*"),
	notion("missile", "missile*|air defence*|air defense*", "ракет*|пво|зенитн*", "raket*|zenit*|hava hucumundan mudafie*"),
	notion("bird-strike", "bird*", "птиц*", "qus|quslar*"),
	notion("apology", "apolog*", "извин*", "uzr"),
	notion("compensation", "compensat*", "компенсац*", "kompensasiya*|tezminat*"),
	notion("guilt", "guilt*|blame*|culprit*", "виновн*|виноват*|вина|вину|вины", "gunahkar*|gunah*"),
	notion("protest", "protest*", "протест*", "etiraz*"),
	notion("discrimination", "discriminat*|xenophob*|chauvinis*", "дискримин*|ксенофоб*|шовини*", "ayri seckilik*|ksenofob*|sovinis*"),
	notion("ethnic", "ethnic*", "этнич*", "etnik*"),
	notion("criminal-group", "criminal group*|crime group*|criminal gang*|gang|gangs", "преступн* групп*|преступн* сообществ*|опг|банд*", "cinayetkar* qrup*|cinayetkar* deste*"),
	notion("espionage", "spy|spies|spying|espionage", "шпион*", "casus*"),
	notion("hostage", "hostage*", "заложник*", "girov*"),
	notion("political-prisoner", "political prisoner*", "политзаключ*|политическ* заключ*", "siyasi mehbus*"),
	notion("unlawful", "illegal*|unlawful*", "незаконн*|противоправн*", "qanunsuz*"),
	notion("separatists", "separatis*", "сепарат*", "separat*"),
	notion("nagorno", "nagorno|artsakh", "нагорн*|арцах*", "dagliq"),
	notion("peacekeepers", "peacekeep*", "миротвор*", "sulhmeramli*"),
	notion("ally", "ally|allies|allied|alliance", "союзник*|союзнич*", "muttefiq*"),
	notion("pressure", "pressure*", "давлен*", "tezyiq*"),
	notion("ultimatum", "ultimatum*", "ультимат*", "ultimatum*"),
	notion("disinformation", "fake*|disinformation", "фейк*|дезинформ*", "feyk*|dezinform*"),
	notion("deportation", "deport*|expel*|expuls*", "депорт*|выдвор*|высыл*|выслан*|высл*", "deport*|surgun*"),
	notion("colonial", "colonial*|imperial*", "колониал*|имперск*", "mustemleke*|imperiya*"),
	notion("genocide", "genocid*", "геноцид*", "soyqirim*"),
	notion("blockade", "blockade*", "блокад*", "blokada*"),
	notion("cleansing", "ethnic cleansing", "этническ* чистк*", "etnik temizleme*"),
}

// choicePrefix marks the ids of choices among those of concepts.
const choicePrefix = "word/"

func notion(id, en, ru, az string) choice {
	return choice{choicePrefix + id, map[news.Lang][]string{
		news.En: strings.Split(en, "|"), news.Ru: strings.Split(ru, "|"), news.Az: strings.Split(az, "|"),
	}}
}

// phrase is one way to name a notion.
type phrase struct {
	id    string
	words []string
}

// phrases are the words of all choices in each language, by the first bytes of the first.
var phrases = sorted(choices)

// keyBytes is how much of its first word finds a phrase: none is shorter.
const keyBytes = 3

func sorted(choices []choice) map[news.Lang]map[string][]phrase {
	out := map[news.Lang]map[string][]phrase{}
	for _, c := range choices {
		for l, words := range c.words {
			if out[l] == nil {
				out[l] = map[string][]phrase{}
			}
			for _, w := range words {
				out[l][w[:keyBytes]] = append(out[l][w[:keyBytes]], phrase{c.id, strings.Fields(w)})
			}
		}
	}
	return out
}

// choose calls found with every notion that a sentence names and the tokens that name it.
// words are those of the tokens, plain.
func choose(words []string, l news.Lang, found func(id string, from, to int)) {
	for i, w := range words {
		if len(w) < keyBytes {
			continue
		}
		for _, p := range phrases[l][w[:keyBytes]] {
			if to := i + len(p.words); to <= len(words) && meets(words[i:to], p.words) {
				found(p.id, i, to)
			}
		}
	}
}

// meets reports whether words are those of a phrase.
func meets(words, phrase []string) bool {
	for i, p := range phrase {
		if stem, open := strings.CutSuffix(p, "*"); words[i] != p && (!open || !strings.HasPrefix(words[i], stem)) {
			return false
		}
	}
	return true
}
