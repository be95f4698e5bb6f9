package lang

import (
	"strings"

	"samur/internal/news"
)

// Closed reports whether a folded word is a function word of its language, which is
// then no form of a noun that could look like it: "после" is not the ambassador "посол".
func Closed(fold string, l news.Lang) bool {
	switch l {
	case news.Ru:
		return closedRu[fold]
	case news.Az:
		return closedAz[fold]
	}
	return false
}

var (
	closedRu = set(`после если или для под над при про без из изо от ото до по за на во со ко об обо это эта эти этот этого
		того тому том тем теми тех чем чему чего кем кому кого ком мой мои моя мое моих моим твой наш наша наши ваш ваша ваши
		его ее ей ему им ими их них ним ними нем нему него неи себя себе собой уже еще пока даже лишь или либо ни не но да же
		ли бы был была было были быть есть будет будут суть там тут где куда откуда когда тогда сейчас здесь все всех всем всеми
		весь вся сам сама сами более менее раз при три пять шесть семь восемь девять десять сто однако также тоже почти вот
		мы вы он она они оно нас вас вам нам мне мной тебя тебе какой какая какие такой такая такие который ряд мало много`)
	closedAz = set(`bu bunu bunun buna bunda bundan bunlar o onu onun ona onda ondan onlar onların olan olub olar olaraq ola
		və ilə ki də da ya isə ancaq amma lakin üçün görə kimi qədər sonra əvvəl hər heç çox daha ən belə elə necə niyə nə nəyə
		kim kimin mən məni mənim biz bizim bizi siz sizin öz özü özünü altı alt üst üstü son sonu var vardı yox deyil bir biri
		birinci iki üç dörd beş yeddi səkkiz doqquz on iyirmi yüz əgər hələ artıq yalnız digər başqa bütün hamı`)
)

// Patronymic reports whether a folded word looks like a Russian patronymic in any case.
func Patronymic(fold string) bool {
	for _, s := range []string{"ович", "евич", "ьич", "овн", "евн", "ичн"} {
		i := strings.Index(fold, s)
		if i < 4 {
			continue
		}
		switch rest := fold[i+len(s):]; s {
		case "ович", "евич", "ьич":
			return rest == "" || rest == "а" || rest == "у" || rest == "ем" || rest == "е"
		default:
			return rest == "а" || rest == "ы" || rest == "е" || rest == "у" || rest == "ой"
		}
	}
	return false
}

// set turns a list of words into a set.
func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
