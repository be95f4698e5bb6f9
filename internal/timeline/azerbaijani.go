package timeline

import (
	"slices"
	"strings"

	"samur/internal/lang"
	"samur/internal/news"
)

func azerbaijani() *grammar {
	g := newGrammar(news.Az, azerbaijaniEvents, azerbaijaniStates, azerbaijaniDays)
	g.tense = azerbaijaniTense
	g.place = azerbaijaniPlace
	g.paper = azerbaijaniPaper
	return g
}

var azerbaijaniEvents = []entry{
	{cue{what: verb, kind: meeting, tense: byForm}, `görüşüb*, görüşdü, görüşdülər, görüşmüş*, görüşəcək*, görüşür*, görüşməyəcək*, görüşməlidir*, qəbul etdi, qəbul etdilər, qəbul edib, qəbul ediblər, qəbul edəcək, qəbul olunub, qəbul edir, bir araya gəlib*, bir araya gələcək*, danışıqlar aparıb*, danışıqlar apardı, danışıqlar aparacaq*, danışıqlar aparır*`},
	{cue{what: noun, kind: meeting}, `görüş, görüşü, görüşün, görüşünü, görüşdə, görüşə, görüşlər, görüşləri, görüşündə, görüşdən, görüşündən, görüşlə, görüşünün, görüşünə, görüşlərin, görüşlərdə, danışıqlar, danışıqları, danışıqların, danışıqlarda, danışıqlardan, danışıqlarından, danışıqlarında, iclas, iclası, iclasın, iclasında, iclasının, iclasını, məsləhətləşmələr, məsləhətləşmələri`},
	{cue{what: verb, kind: visit, tense: byForm}, `səfər edib*, səfər etdi*, səfər edəcək*, səfər edir*, səfərə gəlib*, səfərə gəldi*, səfərə gələcək*, səfərə gəlir*, səfərə gedəcək*, səfərə gedib*, səfərə gedir*, səfərə yollanıb*, səfərə yollanacaq*, səfərə çıxıb, gəlib, gəliblər, gəldi, gələcək, gələcəklər, gedəcək, gedəcəklər, gəlir, gedib, yola düşüb*, yollanıb*, yollanacaq*, ziyarət edib*, ziyarət edəcək*, baş çəkib`},
	{cue{what: verb, kind: visit, tense: now}, `səfərdədir*, səfərdə olub*, səfərdə olan, səfərdə olduğu`},
	{cue{what: noun, kind: visit}, `səfər, səfəri, səfərə, səfərin, səfərini, səfərinin, səfərində, səfərində, səfərindən, səfərdən, səfərlə, səfərinə, səfərdə`},
	{cue{what: noun, kind: call}, `telefon danışığı, telefon danışığında, telefon danışığının, telefon danışıqları, telefon söhbəti, telefon söhbətində, telefon zəngi, telefon danışığı zamanı, telefon danışığından`},
	{cue{what: phone, kind: call}, `telefonla`},
	{cue{what: verb, kind: call, tense: byForm}, `zəng edib*, zəng etdi*, zəng vurub*, telefonla danışıb*, telefonla danışdı*, telefonla danışacaq*, telefonla zəng edib*, telefonla zəng etdi, telefonla söhbət edib*, telefonlaşıb*, zəng edəcək*`},
	{cue{what: verb, kind: signing, tense: byForm}, `imzalayıb*, imzaladı*, imzalanıb*, imzalandı*, imzalayacaq*, imzalanacaq*, imzalayır*, imzalanır, imza atıb*, imza atdı*, imza atacaq*`},
	{cue{what: noun, kind: signing}, `imzalanması, imzalanmasına, imzalanma, imzalanmasını, imzalanma mərasimi`},
	{cue{what: ignore}, `sərəncam imzalayıb, fərman imzalayıb, sərəncam imzalanıb, fərman imzalanıb, sərəncam imzaladı, qanun imzalayıb, qərar qəbul edib*, qanun qəbul edib, qərar qəbul edəcək, qərar qəbul etdi*, qanunu qəbul edib, sənəd qəbul edib, bəyanat qəbul edib*, üstün gəlib, gəlib çatıb, gəlib çıxıb, mövqedən çıxış, qəbul edilməz, meydana gəlib, nəticəyə gəlib*, razılığa gəlib*, qərara gəlib*, razılığa gəldi*, fikrə gəlib, qəbul etməyib, dünyaya gəlib, dilə gətirib, qənaətə gəlib*`},
	{cue{what: document}, `memorandum*, anlaşma memorandumu, yol xəritə*, protokol*, saziş*, bəyannamə*, müqavilə*, kontrakt*, sənəd*, bəyanat*, fəaliyyət planı*, proqram*, konvensiya*, razılaşma*, paket`},
}

var azerbaijaniStates = []entry{
	{cue{what: light, tense: byForm}, `keçirilib*, keçirildi*, keçiriləcək*, keçirilir*, keçirib*, keçirdi, keçirdilər, keçirəcək*, keçirir, keçirirlər, keçirilməyəcək*, keçirilməsi, baş tutub*, baş tutdu, baş tutacaq*, baş tutmayacaq*, baş tutmayıb, baş tutmadı, baş tutur, olub, oldu, olacaq, yekunlaşıb*, başlayıb*, başladı, başlayacaq*, başlayır, başa çatıb*, keçirilən, keçiriləcəyi, baş tutan, baş tutacağı, təşkil edilib, təşkil olunub, sona çatıb, aparılıb, aparılacaq, aparıb, ev sahibliyi edəcək, ev sahibliyi edib`},
	{cue{what: plan, n: 1}, `hazırlanır*, hazırlaşır*, hazırlıq*, razılaşdırılıb*, razılığa gəliblər`},
	{cue{what: plan}, `nəzərdə tutulub*, nəzərdə tutulur*, planlaşdırılır*, planlaşdırılıb*, planlaşdırır*, gözlənilir*, gözləyir, təyin edilib, təyin olunub, qarşıdakı, niyyətindədir, gözlənilən, planlaşdırılan, gündəlikdədir`},
	{cue{what: postpone}, `təxirə salınıb*, təxirə salındı*, təxirə saldı*, təxirə salıb*, təxirə salınması, təxirə salınır, vaxtı dəyişdirilib, başqa vaxta keçirilib, vaxtı dəyişib`},
	{cue{what: cancel}, `ləğv edilib*, ləğv edildi*, ləğv olunub*, ləğv olundu*, ləğv edib*, ləğv etdi*, ləğvi, ləğv edilməsi, ləğv edir, ləğv olunması`},
	{cue{what: not}, `deyil*, yoxdur, yox, olmayıb, tutulmur, planlaşdırılmır, nəzərdə tutulmayıb, təkzib*`},
	{cue{what: maybe}, `bilər, bilərlər, mümkün*, ehtimal*, əgər, istisna*, bəlkə`},
	{cue{what: wish}, `istəyir, istəyirlər, istəyib, hazırdır, hazır, hazır olduğunu, dəvət edib, dəvət etdi, dəvət edir, dəvət olunub, təklif*, ümid*, çağırıb*, imtina*, xahiş*, maraqlıdır, arzu*`},
	{cue{what: during}, `zamanı, çərçivəsində, gedişində, əsnasında, başlanğıcında, açılışında, boyunca`},
	{cue{what: after}, `sonra, nəticəsində, yekununda, yekunları*, ərəfəsində keçirilən, nəticələri*, yekunlarına`},
	{cue{what: ahead}, `əvvəl, öncə, qabaq, ərəfəsində, qarşıdakı, növbəti, gələcək`},
	{cue{what: past}, `xatırladaq*, əvvəllər, ötən dəfə, əvvəlki, sonuncu dəfə, bundan əvvəl, keçmiş, dəfələrlə, vaxtilə, daha əvvəl, mütəmadi, tez-tez`},
	{cue{what: said}, `bildirib*, deyib*, dedi, açıqlayıb*, vurğulayıb*, qeyd edib*, söyləyib*, xəbər verir, məlumat verib*, məlumat verir, bəyan edib*, yazır, yazıb, təsdiqləyib*, istinadən, bildirir, bildirdi, açıqladı, sözlərinə görə, xəbər verib`},
	{cue{what: by}, `tapşırığı, adından, mətbuat katibi, köməkçisi, müşaviri, adına, sərəncamı*, fərmanı*, dəvəti`},
	{cue{what: role}, `prezident*, nazir*, nümayəndə heyət*, heyət*, rəhbər*, sədr*, spiker*, qubernator*, deputat*, lider*, səfir*, hökumət*, parlament*, başçı*, baş nazir*, komissiya*, dövlət başçısı, diplomat*, baş prokuror*, müavini*`},
	{cue{what: decree}, `sərəncam*, fərman*, qanun, qanunu, qanuna, qərar*, əmr*`},
	{cue{what: anaphor}, `prezidentlər*, liderlər*, tərəflər*, nazirlər*, dövlət başçıları*, dövlət başçısı*, onlar, o, hər iki lider*, nümayəndə heyəti*, iki ölkə prezidentləri, iki ölkənin prezidentləri, prezident, nazir, baş nazirlər*, hər iki tərəf, həmkarı*, rusiyalı həmkarı*, azərbaycanlı həmkarı*`},
}

var azerbaijaniDays = []entry{
	{cue{what: month, n: 1}, `yanvar*`},
	{cue{what: month, n: 2}, `fevral*`},
	{cue{what: month, n: 3}, `mart, martın, martda, martadək, martı`},
	{cue{what: month, n: 4}, `aprel*`},
	{cue{what: month, n: 5}, `may, mayın, mayda, mayı`},
	{cue{what: month, n: 6}, `iyun*`},
	{cue{what: month, n: 7}, `iyul*`},
	{cue{what: month, n: 8}, `avqust*`},
	{cue{what: month, n: 9}, `sentyabr*`},
	{cue{what: month, n: 10}, `oktyabr*`},
	{cue{what: month, n: 11}, `noyabr*`},
	{cue{what: month, n: 12}, `dekabr*`},
	{cue{what: weekday, n: 1}, `bazar ertəsi`},
	{cue{what: weekday, n: 2}, `çərşənbə axşamı`},
	{cue{what: weekday, n: 3}, `çərşənbə günü, çərşənbə`},
	{cue{what: weekday, n: 4}, `cümə axşamı`},
	{cue{what: weekday, n: 5}, `cümə günü`},
	{cue{what: weekday, n: 6}, `şənbə günü, şənbə`},
	{cue{what: weekday, n: 0}, `bazar günü`},
	{cue{what: dayOff, n: 0}, `bu gün, bugün, bu səhər, bu axşam`},
	{cue{what: dayOff, n: -1}, `dünən, bir gün əvvəl`},
	{cue{what: dayOff, n: 1}, `sabah`},
	{cue{what: dayOff, n: 2}, `birigün, birisi gün, o biri gün`},
	{cue{what: weekOff, n: 0}, `bu həftə`},
	{cue{what: weekOff, n: 1}, `gələn həftə*, növbəti həftə*`},
	{cue{what: weekOff, n: -1}, `ötən həftə, keçən həftə`},
	{cue{what: monthOff, n: 0}, `bu ay, cari ayda, cari ayın`},
	{cue{what: monthOff, n: 1}, `gələn ay, növbəti ay*`},
	{cue{what: monthOff, n: -1}, `ötən ay, keçən ay`},
	{cue{what: yearOff, n: 0}, `bu il, cari il*`},
	{cue{what: yearOff, n: 1}, `gələn il, növbəti il`},
	{cue{what: yearOff, n: -1}, `ötən il, keçən il`},
	{cue{what: quarter, n: 1}, `birinci rübdə, birinci rübündə`},
	{cue{what: quarter, n: 2}, `ikinci rübdə, ikinci rübündə`},
	{cue{what: quarter, n: 3}, `üçüncü rübdə, üçüncü rübündə`},
	{cue{what: quarter, n: 4}, `dördüncü rübdə, dördüncü rübündə`},
	{cue{what: until}, `ildönümü*, tarixli`},
}

// azerbaijaniTense tells a verb's tense by its endings, and whether they deny it.
func azerbaijaniTense(fold string, c cue) (tense, bool) {
	if c.tense != byForm {
		return c.tense, false
	}
	w := lang.Plain(fold)
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(w, p) })
	}
	ends := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.HasSuffix(w, p) })
	}
	switch {
	case has("mayacaq", "meyecek"):
		return later, true
	case has("mayib", "meyib", "madi", "medi"):
		return before, true
	case has("acaq", "ecek", "acag", "ecey", "melidir", "malidir"):
		return later, false
	case has("ib", "ub", "mis", "mus") || ends("di", "du", "diler", "dular", "dilar", "duler", "an", "en"):
		return before, false
	case ends("ir", "ur", "irler", "urlar", "irlar", "urler"):
		return now, false
	}
	return noTense, false
}

// azerbaijaniPlace: in the dative or the locative, or right before the noun of a visit.
func azerbaijaniPlace(s *sentence, h *located) bool {
	name, form := lang.Plain(lang.Fold(h.Name, news.Az)), lang.Plain(h.fold())
	n := 0
	for n < len(name) && n < len(form) && name[n] == form[n] {
		n++
	}
	switch form[n:] {
	case "ya", "ye", "da", "de", "na", "ne", "nda", "nde", "a", "e", "yadir", "dadir", "dedir", "daki", "deki":
		return true
	case "":
		next := h.TokEnd
		return next < s.to && strings.HasPrefix(s.t.Tokens[next].Fold, "səfər")
	}
	return false
}

// azerbaijaniPaper takes what stands before a document and says what it is on:
// "nəqliyyat sahəsində əməkdaşlıq haqqında memorandum".
func azerbaijaniPaper(s *sentence, head, end int) (from, to int) {
	on := head - 1
	if on < s.from || !slices.Contains([]string{"haqqında", "dair", "üzrə", "barədə", "haqqinda", "uzre"}, s.t.Tokens[on].Fold) {
		if on >= s.from && s.qualifies(on, head) {
			return on, end
		}
		return head, end
	}
	from = on
	for from > s.from && head-from < 9 {
		t := &s.t.Tokens[from-1]
		if t.Kind != lang.Word || slices.Contains(azerbaijaniStops, t.Fold) || s.named(from-1) {
			break
		}
		from--
	}
	return from, end
}

// qualifies reports whether the word at token i says what document the one at head is:
// "müttəfiqlik bəyannaməsi", "birgə bəyanat".
func (s *sentence) qualifies(i, head int) bool {
	t, fold := &s.t.Tokens[i], lang.Plain(s.t.Tokens[head].Fold)
	owned := strings.HasSuffix(fold, "i") || strings.HasSuffix(fold, "u") || strings.HasSuffix(fold, "sine")
	return t.Kind == lang.Word && !t.Upper && !slices.Contains(azerbaijaniStops, t.Fold) && !s.named(i) && !s.dated(i) &&
		(owned || slices.Contains([]string{"anlaşma", "birgə", "hökumətlərarası"}, t.Fold))
}

var azerbaijaniStops = []string{"arasında", "zamanı", "çərçivəsində", "sonra", "görüşdə", "ilə", "bu", "bir", "isə", "ki", "tərəflər", "yekununda", "danışıqlardan", "sabah", "dünən", "gün"}
