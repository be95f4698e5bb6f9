package article

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// frame puts a page around the inside of a body, with what stands around articles.
func frame(body string) string {
	var menu strings.Builder
	for i := range 30 {
		fmt.Fprintf(&menu, `<li><a href="/%d">Section number %d</a></li>`, i, i)
	}
	return `<!DOCTYPE html><html><head><title>News</title><style>p{}</style><script>var p = "<p>No prose, whatever its length may be, is read here.</p>"</script></head>
<body class="has-sidebar"><header><nav><ul>` + menu.String() + `</ul></nav></header>` + body + `
<aside class="sidebar"><h3>Most read</h3><ul><li><a href="/x">Another story that has quite a long headline, as they do.</a></li></ul>
<p>Weather in the capital: clear, with a light wind from the sea and little change until the evening.</p></aside>
<footer><p>All rights reserved. Whoever takes more than a third of a text over names the agency as its source.</p></footer></body></html>`
}

var paragraphs = []string{
	"The two railways will run a second container train a week from April, the operator said on Monday.",
	"Until now one train has left on Thursdays, with forty wagons on average, and it was full in nine of ten weeks.",
	"The new one is to carry fruit northwards and paper southwards, at the tariff that was agreed in January.",
}

func TestExtract(t *testing.T) {
	joined := strings.Join(paragraphs, "\n")
	p := "<p>" + strings.Join(paragraphs, "</p>\n<p>") + "</p>"
	tests := []struct{ name, body, want string }{
		{"article element", "<article><h1>Second train</h1><p class=meta>6 March, 12:40</p>" + p + "</article>", joined},
		{"paragraphs unclosed", "<div class=content><p>" + strings.Join(paragraphs, "<p>") + "</div>", joined},
		{"line breaks", `<div id="newsText">` + strings.Join(paragraphs, "<br><br>") + "</div>", joined},
		{"one div each", "<div class=body><div>" + strings.Join(paragraphs, "</div><div>") + "</div></div>", joined},
		{"in a table", "<table><tr><td width=200><a href=/>Home</a><td><p>" + strings.Join(paragraphs, "</p><p>") + "</table>", joined},
		{"heading between", "<article><p>" + paragraphs[0] + "</p><h2>Full wagons</h2><p>" + paragraphs[1] + "</p></article>", paragraphs[0] + "\nFull wagons\n" + paragraphs[1]},
		{"list", "<article>" + p + "<ul><li>Departure from Baku on Mondays and on Thursdays.<li>Arrival two days later, in the evening.</ul></article>", joined + "\nDeparture from Baku on Mondays and on Thursdays.\nArrival two days later, in the evening."},
		{"links within", strings.Replace("<article>"+p+"</article>", "operator", "<a href=/o>operator</a>", 1), joined},
		{"related inside", "<article>" + p + `<div class="related-posts"><p>A port on the other shore has doubled what it handles, the ministry of transport reported.</p></div></article>`, joined},
		{"share buttons", `<article><div class="share"><p>Tell your friends about this story with the buttons that stand below.</p></div>` + p + "</article>", joined},
		{"comments", "<article>" + p + `</article><div id="comments"><p>` + strings.Repeat("I do not believe a word of what is written here, and nor should you. ", 20) + "</p></div>", joined},
		{"teaser of links", "<article>" + p + "<p><a href=/1>Read also: what the first train carried, and what it did not</a></p></article>", joined},
		{"tags as classes", `<article class="post tag-more category-related-to-rail">` + p + "</article>", joined},
		{"all in a form", "<form>" + p + "</form>", joined},
		{"hidden until scripts run", `<div style="display: none"><article>` + p + "</article></div>", joined},
		{"a part hidden", "<article>" + p + `<p hidden></p><div style="display:none"><p>Please allow cookies, so that this text may not be shown again.</p></div></article>`, joined},
		{"entities and spaces", "<article><p>" + strings.Join(paragraphs, "</p><p>") + "</p><p>It&nbsp;is &quot;a&nbsp; good\n start&quot;, the head of the company's board said.</p></article>", joined + "\nIt is \"a good start\", the head of the company's board said."},
		{"inline markup", "<article>" + strings.Replace(p, "Monday", "Mon<b>day</b>", 1) + "</article>", joined},
		{"end tags that end nothing", "<article></div></section>" + p + "</article>", joined},
		{"nothing but menus", "", ""},
		{"a few words", "<p>Not found.</p>", ""},
		{
			"Russian", `<div class="article__text"><p>Товарооборот за год вырос на восемь процентов, сообщила таможенная служба.</p><p>Больше всего прибавили поставки фруктов и хлопка.</p></div>`,
			"Товарооборот за год вырос на восемь процентов, сообщила таможенная служба.\nБольше всего прибавили поставки фруктов и хлопка.",
		},
		{
			"Azerbaijani", `<div class="news-detail"><p>Ötən il iki ölkə arasında yükdaşımaların həcmi səkkiz faiz artıb.</p><p>Bu barədə dəmir yolları şirkəti məlumat yayıb.</p></div>`,
			"Ötən il iki ölkə arasında yükdaşımaların həcmi səkkiz faiz artıb.\nBu barədə dəmir yolları şirkəti məlumat yayıb.",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := tt.body
			if tt.want == "" {
				if got := Extract("<html><body>" + body + "</body></html>"); got != "" {
					t.Errorf("Extract = %q, want nothing", got)
				}
				return
			}
			if diff := cmp.Diff(tt.want, Extract(frame(body))); diff != "" {
				t.Errorf("Extract (-want +got):\n%s", diff)
			}
		})
	}
}

// hostile are pages that would cost much if their makers could choose the cost, of
// some times n bytes.
func hostile(n int) map[string]string {
	return map[string]string{
		"deep":        strings.Repeat("<div>", n/2) + "words",
		"deep inline": strings.Repeat("<b><i><a>", n/3) + "words",
		"open lists":  strings.Repeat("<ul><li>x", n/3),
		"end tags":    strings.Repeat("<div>", maxDepth+50) + strings.Repeat("</p></li></td>", n/3),
		"attributes":  "<div " + strings.Repeat("a=b ", n) + ">x</div>",
		"class":       `<div class="` + strings.Repeat("aB", n) + `">x</div>`,
		"one block":   "<p>" + strings.Repeat("word ", n),
		"unclosed":    strings.Repeat("<script>", n/3),
		"tag cut":     strings.Repeat("<p", n),
		"no text":     strings.Repeat("<br>", n),
		"entities":    "<p>" + strings.Repeat("&amp;&#x202e;&bogus;", n/5),
	}
}

func TestExtractIsBounded(t *testing.T) {
	for name, text := range hostile(100_000) {
		t.Run(name, func(t *testing.T) {
			p := read(text)
			if len(p.nodes) > maxNodes || len(p.blocks) > maxBlocks+1 {
				t.Errorf("%d elements and %d blocks are kept", len(p.nodes), len(p.blocks))
			}
			if got := cut(extract(p)); len(got) > maxText {
				t.Errorf("Extract returns %d bytes", len(got))
			}
		})
	}
}

func FuzzExtract(f *testing.F) {
	f.Add(frame("<article><p>" + paragraphs[0] + "<p>" + paragraphs[1] + "</article>"))
	f.Add("<table><tr><td>a<td><table><li>b</table></li><a><p>c</a><br><br>d</p></p><title><script>")
	f.Add("<div class='article' hidden><p>" + strings.Repeat("word ", 30) + "<nav><p>" + strings.Repeat("word, ", 30))
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		p := read(text)
		for _, b := range p.blocks {
			if b.chars <= 0 || b.links < 0 || b.links > b.chars || b.node < 0 || int(b.node) >= len(p.nodes) {
				t.Fatalf("block %+v of %d elements", b, len(p.nodes))
			}
		}
		for i, n := range p.nodes[1:] {
			if int(n.parent) > i {
				t.Fatalf("element %d stands before its parent %d", i+1, n.parent)
			}
		}
		got := extract(p)
		if !utf8.ValidString(got) || letters(got) > letters(text)+strings.Count(text, "&")*2 {
			t.Errorf("Extract(%q) = %q", text, got)
		}
	})
}

func BenchmarkExtract(b *testing.B) {
	page := frame(`<div class="article__text"><p>` + strings.Repeat(strings.Join(paragraphs, "</p><p>")+"</p><p>", 20) + "</div>" +
		strings.Repeat(`<div class="card"><a href="/story"><img src="/i.jpg"><h3>Another story with a headline</h3></a></div>`, 400))
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		if Extract(page) == "" {
			b.Fatal("no text")
		}
	}
}

func BenchmarkHostile(b *testing.B) {
	for name, text := range hostile(500_000) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Extract(text)
			}
		})
	}
}
