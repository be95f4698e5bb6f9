package lang

import "samur/internal/news"

// Hollow reports whether a folded word says nothing by itself of what a report is about:
// a function word, or a verb of saying, by which every outlet introduces the same.
func Hollow(fold string, l news.Lang) bool {
	return Closed(fold, l) || l == news.En && hollowEn[fold] || hollowSaid[fold]
}

// hollowEn are English function words; Closed has those of the languages whose nouns
// they could be taken for.
var hollowEn = set(`the and for with that this from has have had was were will would are been being its their his her our your
	they them she him you who whom whose which what when where why how than then also into onto over under between among about
	after before during while because since until but not nor can could may might must should shall there here such more most
	other some any all both each every own same too very just only out off per via amid`)

var hollowSaid = set(`said says told stated noted added reported reports according announced
	сообщил сообщила сообщили сообщает сообщается заявил заявила заявили отметил отметила отметили добавил добавила подчеркнул подчеркнула словам данным
	bildirib bildirilir deyib qeyd edib əlavə məlumat verib xəbər verir verilir vurğulayıb söyləyib görə`)
