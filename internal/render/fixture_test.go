package render_test

import (
	"strings"
	"time"

	"samur/internal/news"
)

// at is a time in UTC on a day of March 2026.
func at(day, hour, minute int) time.Time {
	return time.Date(2026, 3, day, hour, minute, 0, 0, time.UTC)
}

func window() news.Window {
	return news.Window{Start: at(7, 4, 0), End: at(8, 4, 0), Zone: "Asia/Baku"}
}

// headings are names of topics as a config would give them.
var headings = map[news.Lang][2]string{
	news.En: {"Trade", "Ports and rivers"},
	news.Ru: {"Торговля", "Порты и реки"},
	news.Az: {"Ticarət", "Limanlar və çaylar"},
}

// rich has everything that a digest can have. The outlets are invented and so are
// their sentences.
func rich(l news.Lang) news.Digest {
	return news.Digest{
		Slot: news.Slot{Digest: "daily", At: at(8, 4, 0)}, Made: at(8, 13, 20), Late: true, Missed: 2, Lang: l, Window: window(),
		Page: "https://samur.example/digests/daily@2026-03-08T04:00:00Z",
		Sections: []news.Section{
			{Topic: news.SectionTop, Entries: []news.Entry{turnover(), corridor()}},
			{Topic: "trade", Heading: headings[l][0], Entries: []news.Entry{tomatoes()}},
			{Topic: "energy"},
			{Topic: "ports", Heading: headings[l][1], Entries: []news.Entry{ferry()}},
			{Topic: news.SectionOther, Entries: []news.Entry{orchestra()}},
		},
		Held: []news.Line{
			{Story: "s07", Headline: news.Quote{Text: "Two regions of the Volga open a joint office in Sumgait", Item: "i07", URL: "https://caspian-wire.example/2026/03/07/office", Outlet: "Caspian Wire", Lang: news.En}, Items: []string{"i07"}},
			{Story: "s08", Headline: news.Quote{Text: "Студенты двух стран обменяются стипендиями", Item: "i08", URL: "https://volga.example/news/8811", Outlet: "Волга-Новости", Lang: news.Ru}, Items: []string{"i08", "i09"}},
		},
		Figures: boxOfFigures(), Ahead: meetings(l),
		Sides: []news.SideCount{
			{Side: news.SideAz, Outlets: 1, Items: 4, Stories: 3, First: 3, Alone: 1},
			{Side: news.SideRu, Outlets: 2, Items: 5, Stories: 2, First: 1},
			{Side: news.SideOther, Outlets: 1, Items: 3, Stories: 3, First: 1, Alone: 1},
		},
		Question: &news.Question{
			Headline: news.Quote{Text: "Паромы ждут тихой воды в порту под Махачкалой", Item: "0123456789abcdef", URL: "https://volga.example/news/8822", Outlet: "Волга-Новости", Lang: news.Ru},
			Score:    1.986, Threshold: 2.2, Missing: "both sides are named, but nothing ties them together",
			Yes: "samur judge 0123456789abcdef yes", No: "samur judge 0123456789abcdef no",
		},
		Ledger: news.Ledger{
			FeedsRead: 31,
			FeedsFailed: []news.FeedFault{
				{Feed: "xezer-az", Cause: news.CauseBotWall, Since: at(5, 2, 10)},
				{Feed: "kura-daily", Cause: news.CauseTimeout, Since: at(7, 17, 40), Note: "3 tries"},
			},
			FeedsStale: []news.FeedFault{{Feed: "terek-ru", Since: time.Date(2025, 12, 30, 9, 0, 0, 0, time.UTC)}},
			Gaps:       []news.FeedFault{{Feed: "volga-ru", Since: at(7, 22, 10), Note: "02:10–04:40"}},
			Polls:      2976, Seen: 12412, Repeated: 12220, Rejected: 178, Archived: 40, Told: 11, Held: 3, Stories: 7,
		},
	}
}

func turnover() news.Entry {
	return news.Entry{
		Story: "s01", Voices: 3, Topics: []string{"trade", "finance-customs"}, Actors: []string{"Ministry of Economy", "Federal Customs Service"},
		Headline: news.Quote{Text: "Rusiya ilə ticarət dövriyyəsi ilin ilk iki ayında 12 faiz artıb", Item: "i01", URL: "https://xezer.example/az/iqtisadiyyat/70112", Outlet: "Xəzər Xəbər", Lang: news.Az},
		Quotes: []news.Quote{
			{Text: "Товарооборот за январь–февраль достиг 760 млн долларов, что на 12 % больше, чем годом ранее.", Item: "i02", URL: "https://volga.example/news/8790", Outlet: "Волга-Новости", Lang: news.Ru},
			{Text: "Officials in Baku put two-way trade at 742.5 million dollars for the same two months, and said that the count leaves out goods in transit.", Item: "i03", URL: "https://caspian-wire.example/2026/03/07/trade", Outlet: "Caspian Wire", Lang: news.En},
		},
		Sources: []news.Source{
			{Item: "i01", Outlet: "Xəzər Xəbər", Side: news.SideAz, Lang: news.Az, URL: "https://xezer.example/az/iqtisadiyyat/70112", Published: at(7, 5, 12), FirstSeen: at(7, 5, 15)},
			{Item: "i02", Outlet: "Волга-Новости", Side: news.SideRu, Lang: news.Ru, URL: "https://volga.example/news/8790", Published: at(7, 5, 40), FirstSeen: at(7, 5, 45)},
			{Item: "i03", Outlet: "Caspian Wire", Side: news.SideOther, Lang: news.En, URL: "https://caspian-wire.example/2026/03/07/trade", FirstSeen: at(7, 22, 5)},
			{Item: "i04", Outlet: "Terek Today", Side: news.SideRu, Lang: news.En, URL: "https://terek.example/a/2231?from=feed&n=4", Published: at(7, 22, 30), FirstSeen: at(7, 22, 31), Copy: true},
		},
		Figures: []news.Figure{{Indicator: "trade-turnover", Value: 760, Unit: "mn USD", Period: "2M2026"}},
		Differs: []news.Difference{{Indicator: "trade-turnover", Period: "2M2026", Values: []news.FigurePoint{
			{Item: "i02", Outlet: "Волга-Новости", URL: "https://volga.example/news/8790", Published: at(7, 5, 40), Figure: news.Figure{Indicator: "trade-turnover", Value: 760, Unit: "mn USD", Period: "2M2026"}},
			{Item: "i03", Outlet: "Caspian Wire", URL: "https://caspian-wire.example/2026/03/07/trade", Published: at(7, 22, 5), Figure: news.Figure{Indicator: "trade-turnover", Value: 742.5, Unit: "mn USD", Period: "2M2026"}},
		}}},
		Why: []news.Evidence{
			{Field: news.FieldTitle, Form: "Rusiya ilə", Concept: "russia", Points: 2, Why: "side in the title"},
			{Field: news.FieldTitle, Form: "ticarət dövriyyəsi", Concept: "trade-turnover", Points: 3.5, Why: "topic word in the title"},
			{Field: news.FieldText, Form: "долларов", Points: 0.25, Why: "topic word"},
			{Field: news.FieldText, Form: "биржа", Points: -1, Why: "market report"},
		},
		Reason: news.ReasonFigure, Before: at(6, 4, 0), Listed: at(7, 4, 0),
		Added: news.Addition{
			Figures: []news.Figure{{Indicator: "trade-turnover", Value: 760, Unit: "mn USD", Period: "2M2026"}},
			Actors:  []string{"Federal Customs Service"}, Sides: []news.Side{news.SideRu},
		},
		Coverage: &news.Coverage{
			Sides: []news.SideReport{
				{Side: news.SideAz, First: news.Source{Item: "i01", Outlet: "Xəzər Xəbər", Lang: news.Az, URL: "https://xezer.example/az/iqtisadiyyat/70112", Published: at(7, 5, 12)}, Items: 1, Voices: 1},
				{Side: news.SideRu, First: news.Source{Item: "i02", Outlet: "Волга-Новости", Lang: news.Ru, URL: "https://volga.example/news/8790", Published: at(7, 5, 40)}, Lag: 28 * time.Minute, Items: 2, Voices: 1},
				{Side: news.SideOther, First: news.Source{Item: "i03", Outlet: "Caspian Wire", Lang: news.En, Published: at(8, 8, 5)}, Lag: 26*time.Hour + 53*time.Minute, Items: 1, Voices: 1},
			},
			Words: []news.Wording{{
				Side: news.SideAz, Form: "tranzit", Quote: news.Quote{Text: "Rəqəmə tranzit yüklər daxil deyil.", Item: "i01", Outlet: "Xəzər Xəbər", Lang: news.Az},
			}},
		},
		Rank:  []news.Term{{Name: "voices", Measure: 1.58, Points: 3.17}, {Name: "both-sides", Measure: 1, Points: 2}},
		Items: []string{"i01", "i02", "i03", "i04"},
	}
}

func corridor() news.Entry {
	return news.Entry{
		Story: "s02", Voices: 1, Topics: []string{"transport"}, Actors: []string{"North–South corridor"},
		Headline: news.Quote{Text: "На границе под Самуром откроют ещё шесть полос для грузовиков", Item: "i05", URL: "https://volga.example/news/8801", Outlet: "Волга-Новости", Lang: news.Ru},
		Sources: []news.Source{
			{Item: "i05", Outlet: "Волга-Новости", Side: news.SideRu, Lang: news.Ru, URL: "https://volga.example/news/8801", Published: at(8, 2, 0), FirstSeen: at(8, 2, 4)},
		},
		Coverage: &news.Coverage{
			Sides:  []news.SideReport{{Side: news.SideRu, First: news.Source{Item: "i05", Outlet: "Волга-Новости", Lang: news.Ru, URL: "https://volga.example/news/8801"}, Items: 1, Voices: 1}},
			Silent: []news.Silence{{Side: news.SideAz, Outlets: 11, Since: at(8, 2, 0)}},
		},
		Why:   []news.Evidence{{Field: news.FieldTitle, Form: "Самуром", Concept: "samur-crossing", Points: 3}},
		Items: []string{"i05"},
	}
}

func tomatoes() news.Entry {
	return news.Entry{
		Story: "s03", Voices: 2, Topics: []string{"trade", "agriculture"},
		Headline: news.Quote{Text: "Tomato growers of Shamkir resume deliveries to Astrakhan after a check of 7,000 crates", Item: "i06", URL: "https://caspian-wire.example/2026/03/07/tomatoes", Outlet: "Caspian Wire", Lang: news.En},
		Quotes: []news.Quote{
			{Text: "Yoxlamadan sonra 7 min yeşik Həştərxana yola salındı.", Item: "i10", URL: "https://xezer.example/az/aqrar/70120", Outlet: "Xəzər Xəbər", Lang: news.Az},
		},
		Sources: []news.Source{
			{Item: "i10", Outlet: "Xəzər Xəbər", Side: news.SideAz, Lang: news.Az, URL: "https://xezer.example/az/aqrar/70120", Published: at(7, 9, 0), FirstSeen: at(7, 9, 4)},
			{Item: "i06", Outlet: "Caspian Wire", Side: news.SideOther, Lang: news.En, URL: "https://caspian-wire.example/2026/03/07/tomatoes", Published: at(7, 11, 30), FirstSeen: at(7, 11, 33)},
		},
		Reason: news.ReasonSide, Items: []string{"i06", "i10"},
	}
}

func ferry() news.Entry {
	return news.Entry{
		Story: "s04", Voices: 1, Topics: []string{"ports", "transport"}, Late: true,
		Headline: news.Quote{Text: "Həştərxan–Bakı bərəsi yanvardan bəri ilk reysini edib", Item: "i11", URL: "https://xezer.example/az/neqliyyat/69001", Outlet: "Xəzər Xəbər", Lang: news.Az},
		Sources: []news.Source{
			{Item: "i11", Outlet: "Xəzər Xəbər", Side: news.SideAz, Lang: news.Az, URL: "https://xezer.example/az/neqliyyat/69001", Published: at(4, 8, 0), FirstSeen: at(7, 10, 0)},
		},
		Items: []string{"i11"},
	}
}

func orchestra() news.Entry {
	return news.Entry{
		Story: "s05", Voices: 1, Topics: []string{"culture-education"}, Reason: news.ReasonCorrected, Before: at(7, 4, 0),
		Corrections: []news.Correction{
			{
				Item: "i12", Outlet: "Caspian Wire", URL: "https://caspian-wire.example/2026/03/07/orchestra", At: at(7, 20, 15), Kind: news.CorrectedNumber, Silent: true,
				Old: "The orchestras play to 900 guests in each city.", New: "The orchestras play to 1,900 guests in each city.",
			},
			{Item: "i12", Outlet: "Caspian Wire", At: at(7, 21, 0), Kind: news.CorrectedNegation, New: "Tickets are free."},
		},
		Headline: news.Quote{Text: "Orchestras of Baku and Kazan play one programme on two evenings", Item: "i12", URL: "https://caspian-wire.example/2026/03/07/orchestra", Outlet: "Caspian Wire", Lang: news.En},
		Sources: []news.Source{
			{Item: "i12", Outlet: "Caspian Wire", Side: news.SideOther, Lang: news.En, URL: "https://caspian-wire.example/2026/03/07/orchestra", Published: at(7, 18, 0), FirstSeen: at(7, 18, 2)},
		},
		Items: []string{},
	}
}

func boxOfFigures() []news.FigureLine {
	return []news.FigureLine{
		{
			Figure: news.Figure{
				Indicator: "trade-turnover", Value: 760, Unit: "mn USD", Period: "2M2026", Counter: "Росстат",
				Change:   &news.Change{Direction: "up", Percent: 12, Base: "2M2025"},
				Sentence: "Товарооборот за январь–февраль достиг 760 млн долларов, что на 12 % больше, чем годом ранее.",
			},
			Source:   news.Source{Outlet: "Волга-Новости", Lang: news.Ru, URL: "https://volga.example/news/8790"},
			Previous: &news.Figure{Indicator: "trade-turnover", Value: 4.4, Unit: "bn USD", Period: "2025"},
			From:     &news.Source{Item: "i00", Outlet: "Terek Today", URL: "https://terek.example/a/2102", Published: at(2, 7, 30)},
			Conflict: true,
		},
		{
			Figure: news.Figure{
				Indicator: "freight-volume", Value: 31.2, High: 33, Unit: "thousand t", Period: "2026-02", Approx: "about",
				Sentence: "Between 31.2 and 33 thousand tonnes moved through the crossing in February.",
			},
			Source: news.Source{Outlet: "Caspian Wire", Lang: news.En, URL: "https://caspian-wire.example/2026/03/07/freight"},
		},
		{
			Figure: news.Figure{
				Indicator: "tourists", Value: 1250000, Unit: "persons", Period: "annual", Approx: "more-than",
				Sentence: "Hər il 1,25 milyondan çox turist gəlir.",
			},
			Source: news.Source{Outlet: "Xəzər Xəbər", Lang: news.Az, URL: "https://xezer.example/az/turizm/70131"},
		},
	}
}

// meetings are planned: one on a day, one in a month, one put off.
func meetings(l news.Lang) []news.Meeting {
	who := map[news.Lang][]string{
		news.En: {"Governor of Astrakhan", "Ministry of Economy"}, news.Ru: {"губернатор Астраханской области", "Министерство экономики"},
		news.Az: {"Həştərxan vilayətinin qubernatoru", "İqtisadiyyat Nazirliyi"},
	}[l]
	where := map[news.Lang]string{news.En: "Baku", news.Ru: "Баку", news.Az: "Bakı"}[l]
	mention := news.Mention{
		Item: "i20", Story: "s20", Outlet: "Волга-Новости", Side: news.SideRu, Lang: news.Ru, URL: "https://volga.example/news/8830", Published: at(7, 9, 0),
		Event: news.Event{Kind: news.EventVisit, State: news.EventPlanned, Day: "2026-03-12", Sentence: "Губернатор приедет в Баку 12 марта."},
	}
	quote := news.Quote{Text: mention.Event.Sentence, Item: "i20", URL: mention.URL, Outlet: mention.Outlet, Lang: mention.Lang}
	later := mention
	later.Event.Day, later.Event.Sentence = "2026-04", "Заседание пройдёт в апреле."
	return []news.Meeting{
		{Occasion: news.Occasion{ID: "oi20", Kind: news.EventVisit, State: news.EventPlanned, Day: "2026-03-12", Mentions: []news.Mention{mention}}, Who: who, Where: where, Quote: quote},
		{Occasion: news.Occasion{ID: "oi21", Kind: news.EventSigning, State: news.EventPostponed, Day: "2026-04", Document: "«О паромах»", Mentions: []news.Mention{mention, later}}, Who: who[1:], Quote: quote},
		{Occasion: news.Occasion{ID: "oi22", Kind: news.EventCall, State: news.EventPlanned}},
	}
}

// quiet has nothing to tell.
func quiet(l news.Lang) news.Digest {
	return news.Digest{
		Slot: news.Slot{Digest: "daily", At: at(9, 4, 0)}, Made: at(9, 4, 0), Lang: l,
		Window: news.Window{Start: at(8, 4, 0), End: at(9, 4, 0), Zone: "Asia/Baku"},
		Ledger: news.Ledger{FeedsRead: 33, Polls: 3102, Seen: 9801, Repeated: 9660, Rejected: 141},
	}
}

// nasty is what a feed would send to break a page, a terminal or a reader.
const nasty = "# <script>alert(1)</script> [x](javascript:alert(2)) `a` | b\u202Egnp.exe\u2066 \x1b[31mred\x07 \"q\" & <img src=x onerror=alert(3)>\r\nBcc: all@example.org"

// hostile is made of nasty words, of empty ones and of too many.
func hostile() news.Digest {
	long := strings.Repeat("Очень длинный заголовок ", 450)
	bad := news.Quote{Text: nasty, Item: nasty, URL: "javascript:alert(1)", Outlet: nasty, Lang: "xx"}
	entry := news.Entry{
		Story: "s1", Headline: bad, Quotes: []news.Quote{bad, {Text: long, URL: "https://user:pass@evil.example/"}, {}},
		Topics: []string{nasty, ""}, Actors: []string{nasty, "\u0301\u0301\u0301\u0301\u0301\u0301a\u0301\u0301\u0301\u0301\u0301\u0301"}, Voices: -1,
		Sources: []news.Source{{Outlet: nasty, Lang: nasty, URL: "data:text/html,x", Copy: true}, {}},
		Differs: []news.Difference{{Indicator: nasty, Period: nasty, Values: []news.FigurePoint{{Outlet: nasty, URL: "vbscript:x", Figure: news.Figure{Value: -1.5, Unit: nasty, Approx: nasty}}}}},
		Why:     []news.Evidence{{Form: nasty, Points: 1}, {Points: 1}},
		Reason:  "mystery", Late: true, Before: at(1, 1, 1), Added: news.Addition{Figures: []news.Figure{{Indicator: nasty, Unit: nasty}}, Actors: []string{nasty}, Sides: []news.Side{nasty}},
		Corrections: []news.Correction{{Item: nasty, Outlet: nasty, URL: "javascript:alert(1)", Old: nasty, New: long}, {}},
		Coverage: &news.Coverage{
			Sides:  []news.SideReport{{Side: nasty, First: news.Source{Outlet: nasty, URL: "data:text/html,x"}, Lag: -time.Hour}, {Lag: 1 << 62}},
			Silent: []news.Silence{{Side: nasty, Outlets: -1}}, Words: []news.Wording{{Side: nasty, Form: nasty, Quote: bad}, {}},
		},
	}
	return news.Digest{
		Slot: news.Slot{Digest: "../" + nasty, At: at(8, 4, 0)}, Late: true, Missed: -1, Page: "javascript:alert(1)", Lang: "xx", Title: nasty,
		Window: news.Window{End: at(8, 4, 0), Zone: "Local"},
		Sections: []news.Section{
			{Topic: nasty, Entries: []news.Entry{
				entry,
				{Headline: news.Quote{Text: long, URL: "https://evil.example/a(b)<c>\"d\" e?q=\u202E&x=1#`", Lang: news.Ru}},
				{},
			}},
		},
		Held:    []news.Line{{Headline: bad}, {}, {Headline: news.Quote{Text: strings.Repeat("x", 10_000), URL: "https://evil.example/" + strings.Repeat("y", 3000)}}},
		Figures: []news.FigureLine{{Figure: news.Figure{Indicator: nasty, Value: 1e300, Unit: "bn " + nasty, Period: "2026-13", Counter: nasty, Sentence: nasty, Change: &news.Change{Direction: "up", Times: 2.3, Base: nasty}}}, {}},
		Ahead: []news.Meeting{
			{Occasion: news.Occasion{Kind: nasty, State: nasty, Day: nasty, Document: nasty, Mentions: []news.Mention{{Outlet: nasty, URL: "vbscript:x", Event: news.Event{Sentence: nasty}}}}, Who: []string{nasty, long}, Where: nasty, Quote: bad},
			{},
		},
		Sides:    []news.SideCount{{Side: nasty, Outlets: -1, Items: 1}, {}},
		Question: &news.Question{Headline: bad, Score: 1e300, Threshold: -1, Missing: nasty, Yes: nasty, No: long},
		Ledger: news.Ledger{
			FeedsRead: 1, Seen: 5, Told: 1,
			FeedsFailed: []news.FeedFault{{Feed: nasty, Cause: nasty, Note: long}, {}},
		},
	}
}
