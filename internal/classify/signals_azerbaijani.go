package classify

// azerbaijaniSignals are the signals in Azerbaijani.
var azerbaijaniSignals = map[int][]string{
	tagSport: {
		"çempionlar liqa*", "avropa liqa*", "konfrans liqa*", "uefa", "fifa", "qol", "qolu", "qollar*", "qollu", "hesabı ilə", "penalti*", "matç*", "oyun", "oyunu", "oyunda", "oyunun*", "klub*", "yığma*", "medal*", "çempion*", "turnir*", "güləş*", "boks*", "cüdo*", "karate*", "şahmat*",
		"ufc", "döyüşçü*", "rinq*", "millətlər liqa*", "heç heçə", "məğlub*", "qələbə qazan*", "qapıçı*", "hücumçu*", "müdafiəçi*", "legioner*", "komandası", "qrup mərhələ*", "raund*", "nokaut*", "idmançı*", "atlet*", "gimnast*", "sambo*", "basketbol*", "mma", "çempionluq", "tarla*", "yarımfinal*", "finalda", "stadion*", "məşqçi*", "hakim pavel", "püşk*", "tur oyun*", "futbol*", "futzal", "voleybol*", "pley off", "olimpi*", "qrossmeyster*", "idman*",
	},
	tagMarket: {
		"bir bareli", "barel*", "brent", "azeri light", "fyuçers*", "fyuchers*", "məzənnə*", "valyuta məzənnə*", "rəsmi kurs*", "unsiya*", "avro", "türk lirə*",
	},
	tagRanking: {"reytinq*", "indeks*", "yer tutub", "pillə*", "ən populyar", "ən ucuz", "ən bahalı", "ən zəngin*", "siyahısı*", "siyahı başında*", "siyahının başında*", "ən çox ziyarət*", "ən uzun", "ən yüksək", "olan ölkələr*", "olan dövlətlər*", "ilk onluq*", "ilk beşlik*", "forbes"},
	tagSuspect: {"şübhəli", "şübhələnilən", "miqrant*", "qatil*", "məhkum*", "qarət*", "narkotik*", "oğurluq*", "soyğunçu*", "quldur*"},
	tagMedia:   {"kiv", "media*", "mətbuat*", "qəzet*", "telekanal*", "jurnalist*", "agentli*", "portal*", "blogger*"},
	tagMonth: {
		"yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr",
	},
	tagJoint: {
		"ikitərəfli", "hökumətlərarası", "birgə", "münasibət*", "əlaqə*", "əməkdaşlı*", "danışıq*", "görüş*", "imzala*", "müqavilə*", "saziş*", "telefon*", "zəng*", "səfər*", "strateji tərəfdaş*", "müttəfiq*", "səfir*", "qonşu*",
		"nota*", "etiraz*", "üzr", "başsağlığı", "qarşılıqlı", "iki ölkə*", "hər iki ölkə*", "həmkar*", "ticarət*", "dövriyyə*",
	},
	tagContext: {"sanksiya*", "işğal*", "genişmiqyaslı", "embarqo*", "bombard*", "çar", "çarizm*", "imperiya*", "hücumlar*", "təcavüz*"},
	tagAvoid:   {"yan keçərək", "yan keçən", "yan keçməklə", "iştirakı olmadan", "alternativ*", "asılılı*"},
	tagOrigin:  {"doğulub", "doğulan", "doğulmuş", "anadan olub", "anadan olmuş", "əslən", "əsilli", "yetirməsi"},
	tagFlow: {
		"ixrac*", "idxal*", "göndəril*", "göndər*", "gətiril*", "gətir*", "tədarük*", "nəql*", "daşın*", "daşıma*", "tranzit*", "reys*", "uçuş*", "turist*", "yük*", "tır", "tir", "qatar*", "vaqon*", "mal*", "məhsul*", "satış*", "satıl*", "satın al*", "alış*", "alıb", "alır",
		"bazar*", "istehsalı", "giriş*", "gedən", "gələn", "gedə*", "gediş*", "qaytarıl*", "geri qaytar*", "pul köçürmə*", "qaz", "qazı", "neft", "buğda*", "taxıl*", "gübrə*",
	},
	tagForce: {"həbs*", "saxlanıl*", "tutul*", "məhkəmə*", "hökm*", "cəza*", "deport*", "ekstradisiya*", "təhvil*", "polis*", "prokuror*", "istintaq*", "ittiham*", "məhrum*"},
	tagTie: {
		"təlim*", "kurs*", "yardım*", "kömək*", "dəstək*", "mübadilə*", "dəvət*", "qəbul*", "qastrol*", "sərgi*", "konsert*", "çıxış*", "festival*", "məzun*", "tələbə*", "təqaüd*", "universitet*", "məktəb*",
		"investisiya*", "sərmayə*", "pay*", "səhm*", "müsabiqə*", "yarış*", "tender*", "kontrakt*", "filial*", "lisenziya*", "miqra*", "patent*", "tərəfdaş*", "layihə*", "istehsal*", "zavod*", "açıl*", "açıb", "təklif*", "təşəkkür*", "təbrik*", "ittiham*", "tənqid*", "təkzib*", "reaksiya*", "cavab*", "xəbərdar*", "maraq*", "plan*", "bazar*", "qal*", "vətəndaşlarımız*", "təcrübə*",
	},
	tagBorder:   {"sərhəd*", "həmsərhəd"},
	tagCrossing: {"keçid*", "gömrü*", "növbə*", "tır*", "buraxılış*", "məntəqə*", "delimitasiya*"},
	tagAbroad:   {"xaricə", "xaricdə", "xaricdən", "üçüncü ölkə*", "digər ölkə*", "dünya bazar*"},
	tagBan:      {"blok*", "bağla*", "qadağa*", "axtarış*", "akkreditasiya*", "əməliyyat*", "məhdud*", "dayandır*", "saxlanıl*", "həbs*", "ləğv*"},
	tagOurs: {
		"ölkəmiz*", "respublikamız*", "vətəndaşlarımız*", "vətəndaşımız*", "səfirimiz*", "səfirliyimiz*", "konsulumuz*", "nazirimiz*", "soydaşlarımız*", "soydaşımız*", "həmvətən*", "xalqımız*", "dövlətimiz*", "prezidentimiz*", "paytaxtımız*", "sahibkarlarımız*", "tələbələrimiz*", "azərbaycanımız*", "torpaqlarımız*",
	},
	tagNature: {"hava kütlə*", "soyuq hava", "isti hava", "hava proqnoz*", "hava şərait*", "yağıntı*", "dərəcə", "küləy*", "külək*", "duman*", "çiskin*", "qar", "yağış*", "hidrometeoroloji*", "istilər", "zəlzələ*", "yeraltı təkan*", "maqnitud*", "seysmoloji*", "tutulma*", "meteor*", "daşqın*", "sel", "fırtına*", "tufan*", "sinoptik*", "qasırğa*"},
	tagCrime: {
		"qanuni oğru*", "kriminal avtoritet*", "güllələn*", "bıçaqla*", "qətl*", "öldürül*", "öldürüb", "qatil*", "qarət*", "quldur*", "mafiya*", "dələduz*", "narkobaron*", "narkokuryer*", "dava", "sərxoş*", "oğurla*", "kriminal*", "heroin*", "kokain*", "tiryək*", "yol qəza*", "maşın qəza*", "soyğun*", "soyan", "soyub", "soyublar", "rüşvət*", "yol polisi",
	},
	tagOffice: {
		"xin", "səfirlik*", "konsul*", "səfir*", "etiraz*", "ekstradisiya*", "nota*", "diplomat*", "baş prokuror*", "diaspor*", "çağırıl*", "qınay*", "pislə*", "tələb*", "cavab*", "hüquq müdafiə*", "işgəncə*",
	},
}
