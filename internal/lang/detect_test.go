package lang

import (
	"strings"
	"testing"

	"samur/internal/news"
)

func TestDetect(t *testing.T) {
	tests := []struct {
		name        string
		title, text string
		declared    news.Lang
		want        news.Lang
	}{
		{"az", "Azərbaycan və Rusiya yeni saziş imzaladı", "", "", "az"},
		{"az headline without ə", "Bakıda Rusiya filmi göstərilib", "", "", "az"},
		{"az in capitals", "RUSİYA İLƏ TİCARƏT ARTIB", "", "", "az"},
		{"az declared en", "Nazir Moskvaya gedib", "Səfər iki gün davam edəcək.", "en", "az"},
		{"az without diacritics", "Azerbaycanin xarici isler naziri Moskvaya sefer edecek", "", "", "az"},
		{"az with Cyrillic schwa", "Prezident Moskvada çıxış etdi, görüşdә nazirlәr dә iştirak edib", "", "", "az"},
		{"az in Cyrillic letters", "Азәрбајҹан Республикасынын Президенти Москвада сәфәрдәдир", "", "", "az"},
		{"az quoting English", "“The Caspian Forum” Bakıda keçirilib", "", "", "az"},
		{"tr", "Cumhurbaşkanı yarın Bakü'ye gidiyor", "", "", "tr"},
		{"tr declared az", "Bakan Moskova'da açıklama yaptı", "Görüşmede ticaret konuları ele alındı.", "az", "tr"},
		{"tr without diacritics", "Disisleri Bakanligi aciklama yapti, gorusmeler devam ediyor", "", "", "tr"},
		{"en", "Russia and Azerbaijan sign agreement", "", "", "en"},
		{"en with names", "Əliyev meets Erdoğan in Şuşa, the two sides said", "", "", "en"},
		{"en declared az", "Oil prices fall as the market waits for OPEC", "", "az", "en"},
		{"ru", "Россия и Азербайджан подписали соглашение", "", "", "ru"},
		{"ru without its own letters", "Путин встретился с президентом соседней страны", "", "", "ru"},
		{"ru declared az", "Посол вручил ноту протеста", "В министерстве подтвердили эту информацию.", "az", "ru"},
		{"uk", "Президент зустрівся з послом, повідомили у міністерстві", "", "", "uk"},
		{"fa", "رئیس جمهور آذربایجان فردا به مسکو می\u200cرود", "", "", "fa"},
		{"short, declared", "SOCAR", "", "az", "az"},
		{"no letters, declared", "2024: 4,5%", "", "ru", "ru"},
		{"no letters", "2024", "", "", "other"},

		{"Arabic", "وزير الخارجية يزور موسكو في زيارة رسمية للمرة الأولى", "", "", "other"},
		{"Urdu", "وزیر خارجہ کل ماسکو کا دورہ کریں گے، ترجمان نے بتایا ہے", "", "", "other"},
		{"Bulgarian", "Министърът на външните работи ще посети Москва през следващата седмица", "", "", "other"},
		{"Macedonian", "Претседателот го посети градот и рече дека ќе има нови инвестиции", "", "", "other"},
		{"Serbian", "Председник је рекао да ће се разговори наставити следеће недеље", "", "", "other"},
		{"Belarusian", "Прэзідэнт сустрэўся з міністрам, паведаміла прэс-служба", "", "", "other"},
		{"Kazakh", "Президент Мәскеуге ресми сапармен барады, келіссөздер өтеді", "", "", "other"},
		{"Tatar", "Президент Мәскәүгә рәсми сәфәр белән бара, очрашу була", "", "", "other"},
		{"Kyrgyz", "Президент Москвага расмий сапар менен барат, жолугушуу өтөт", "", "", "other"},
		{"Uzbek", "Prezident Moskvaga rasmiy tashrif bilan boradi, uchrashuv bo'lib o'tadi", "", "", "other"},
		{"Turkmen", "Prezident Moskwa resmi sapar bilen barýar, duşuşyk geçiriler", "", "", "other"},
		{"Kurdish", "Serokê welêt wê sibê biçe Moskowê û bi wezîr re hevdîtinê bike", "", "", "other"},
		{"German", "Der Außenminister reist morgen nach Moskau", "", "", "other"},
		{"German without umlauts", "Die Regierung hat neue Regeln beschlossen", "", "", "other"},
		{"Dutch", "De minister gaat morgen naar Moskou voor overleg", "", "", "other"},
		{"Danish", "Ministeren rejser til Moskva for at tale om handel", "", "", "other"},
		{"French", "Le ministre se rend demain à Moscou pour des entretiens", "", "", "other"},
		{"Polish", "Minister spraw zagranicznych pojedzie jutro do Moskwy", "", "", "other"},
		{"Romanian", "Ministrul de externe va merge mâine la Moscova", "", "", "other"},
		{"Hungarian", "A külügyminiszter holnap Moszkvába utazik tárgyalni", "", "", "other"},
		{"Georgian", "საგარეო საქმეთა მინისტრი ხვალ მოსკოვს ეწვევა", "", "", "other"},
		{"Armenian", "Արտգործնախարարը վաղը կմեկնի Մոսկվա", "", "", "other"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Detect(tt.title, tt.text, tt.declared); got != tt.want {
				t.Errorf("Detect(%q, %q, %q) = %v, want %v", tt.title, tt.text, tt.declared, got, tt.want)
			}
		})
	}
}

// Every language of a group must have samples, and every sample a group.
func TestSamples(t *testing.T) {
	texts := sampleTexts()
	grouped := map[string]bool{}
	for _, groups := range [][]group{latinGroups, cyrillicGroups} {
		if len(groups) > modelWidth {
			t.Errorf("%d groups, a row has room for %d", len(groups), modelWidth)
		}
		for _, g := range groups {
			for _, code := range strings.Fields(g.codes) {
				grouped[code] = true
				if len(texts[code]) == 0 {
					t.Errorf("no samples of %q", code)
				}
			}
		}
	}
	for code := range texts {
		if !grouped[code] {
			t.Errorf("samples of %q, which is in no group", code)
		}
	}
}
