package figures

import (
	"maps"
	"slices"
	"strings"
)

// signs are currencies written before or after a number.
var signs = map[string]string{
	"$": "USD", "€": "EUR", "₽": "RUB", "₼": "AZN", "£": "GBP", "¥": "JPY", "₴": "UAH", "₾": "GEL", "₺": "TRY", "₸": "KZT", "₹": "INR", "₩": "KRW", "¢": "cents",
	"₡": "CRC", "₭": "LAK", "₿": "BTC", "元": "CNY", "₫": "VND", "₪": "ILS", "₱": "PHP", "฿": "THB", "₦": "NGN", "zł": "PLN",
}

// dollarOf are the letters that may stand before the sign: US$ is the sign alone.
var dollarOf = map[string]bool{"US": true, "us": true, "A": true, "C": true, "S": true, "HK": true, "NZ": true, "NT": true, "R": true}

// codes are the codes of currencies, which in capitals stand before or behind a number and
// may be glued to it: USD 115, 42RM.
var codes = map[string]string{
	"RM": "MYR", "Rs": "INR", "RMB": "CNY", "BTC": "BTC",
}

// codeOf returns the currency that w is the code of, "" when it is none.
func codeOf(w string) string {
	if iso, ok := codes[w]; ok {
		return iso
	}
	if len(w) == 3 && strings.Contains(isoCodes, w+" ") && w == strings.ToUpper(w) {
		return w
	}
	return ""
}

// isoCodes are the currencies of the world that are written about.
const isoCodes = "USD EUR RUB AZN GBP JPY CNY KZT GEL TRY BYN AMD UAH INR KRW CHF CAD AUD NZD HKD SGD TWD SEK NOK DKK PLN CZK HUF RON BGN RSD " +
	"AED SAR QAR KWD BHD OMR JOD LBP EGP ILS IRR IQD PKR AFN UZS TMT TJS KGS MNT MDL MYR IDR THB VND PHP BRL MXN ARS CLP COP ZAR NGN "

// worldMoney makes units of the other currencies: a sum in them is a sum, and not the
// number of whatever stands next.
func worldMoney(names map[string]string) []unitRule {
	var out []unitRule
	for _, iso := range slices.Sorted(maps.Keys(names)) {
		out = append(out, unit(names[iso], iso, money))
	}
	return out
}

var englishMoney = map[string]string{
	"GBP":   `(?:(?:british|english) )?pounds?(?: sterling)?|sterling`,
	"JPY":   `(?:japanese )?yens?|jpy`,
	"CNY":   `(?:chinese )?yuans?|renminbi|rmb|cny`,
	"INR":   `(?:indian )?rupees?|rs|inr`,
	"KRW":   `(?:(?:south )?korean )?won|krw`,
	"TRY":   `(?:turkish )?liras?|try`,
	"KZT":   `(?:kazakh )?tenges?|kzt`,
	"GEL":   `(?:georgian )?laris?|gel`,
	"AMD":   `(?:armenian )?drams?|amd`,
	"UAH":   `(?:ukrainian )?hryvnias?|uah`,
	"BYN":   `belarusian r(?:o)?ubles?|byn`,
	"IRR":   `(?:iranian )?rials?|tomans?`,
	"CHF":   `swiss francs?|chf`,
	"CAD":   `canadian dollars?|cad|c [$]`,
	"AUD":   `australian dollars?|aud|a [$]`,
	"HKD":   `hong kong dollars?|hkd|hk [$]`,
	"SGD":   `singapore dollars?|sgd`,
	"TWD":   `(?:new )?taiwan dollars?|twd|nt [$]`,
	"DEM":   `(?:(?:west )?german|deutsche )?marks?|deutsche ?marks?|dm`,
	"FRF":   `french francs?|francs?`,
	"FIM":   `finnish mark(?:ka|kaa|s)?|markka(?:a)?`,
	"SEK":   `swedish (?:krona|kronor|crowns?)|kronor|krona|sek`,
	"NOK":   `norwegian (?:krone|kroner|crowns?)|nok`,
	"DKK":   `danish (?:krone|kroner|crowns?)|dkk`,
	"PLN":   `(?:polish )?zlot(?:y|ys|ies)|pln`,
	"CZK":   `(?:czech )?korunas?|czk`,
	"AED":   `(?:uae|emirati )?dirhams?|aed`,
	"SAR":   `(?:saudi )?riyals?|sar`,
	"ILS":   `(?:israeli )?(?:new )?shekels?|ils`,
	"MXN":   `(?:mexican )?pesos?|mxn`,
	"BRL":   `(?:brazilian )?reai?s?|brl|r [$]`,
	"cents": `cents?|cts?|¢|pennies|penny|sens?|kopiykas?|kopecks?`,
	"pence": `pence|p`,
	"EGP":   `egyptian pounds?|egp`,
	"MNT":   `tugriks?|tögrögs?`,
	"BTC":   `bitcoins?`,
	"THB":   `(?:thai )?bahts?|thb`,
	"MYR":   `(?:malaysian )?ringgits?|myr|rm`,
	"IDR":   `(?:indonesian )?rupiahs?|idr`,
	"KWD":   `kuwaiti dinars?|kwd|dinars?`,
	"LBP":   `lebanese pounds?|lbp`,
	"VND":   `(?:vietnamese )?dongs?|vnd`,
	"ESP":   `(?:spanish )?pesetas?|pta`,
	"ITL":   `italian (?:lira|lire)|lire`,
	"NLG":   `(?:dutch )?guilders?`,
	"ATS":   `austrian schillings?|schillings?`,
}

var russianMoney = map[string]string{
	"GBP":     `(?:британских )?фунт\S*(?: стерлингов)?|gbp`,
	"JPY":     `(?:японских )?(?:иен\S*|йен\S*)`,
	"CNY":     `(?:китайских )?юан\S+|cny`,
	"INR":     `(?:индийских )?рупи\S+|rs|inr`,
	"TRY":     `(?:турецких )?лир\S?`,
	"KZT":     `(?:казахстанских )?тенге|kzt`,
	"GEL":     `(?:грузинских )?лари`,
	"AMD":     `(?:армянских )?драм\S*`,
	"UAH":     `(?:украинских )?грив(?:ен|на|ны|нах|нам)|грн|uah`,
	"BYN":     `белорусск\S+ рубл\S+|byn`,
	"IRR":     `риал\S*`,
	"CHF":     `(?:швейцарских )?франк\S*`,
	"cents":   `цент\S{0,3}|пенсов|пенс|пени|ц|¢`,
	"kopecks": `копе(?:ек|йка|йки|йкам\S*)|коп`,
	"AED":     `дирхам\S*`,
	"KWD":     `kwd|динар\S*`,
	"LBP":     `lbp`,
	"EGP":     `egp`,
	"bucks":   `бакс\S*`,
}

var azerbaijaniMoney = map[string]string{
	"GBP":   `funt(?:\S{0,4})?(?: sterlinq\S*)?`,
	"JPY":   `yen(?:\S{0,3})?|iyen\S*`,
	"CNY":   `yuan\S*`,
	"TRY":   `(?:turk )?lire(?:\S{0,3})?`,
	"KZT":   `tenge\S*`,
	"GEL":   `lari(?:\S{0,3})?`,
	"AMD":   `dram(?:\S{0,3})?`,
	"UAH":   `qrivna\S*`,
	"CHF":   `frank\S*`,
	"cents": `sent(?:\S{0,3})?`,
	"qapik": `qepik\S*`,
}
