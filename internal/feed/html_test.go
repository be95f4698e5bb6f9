package feed

import (
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func TestPageText(t *testing.T) {
	const body = "<p>Товарооборот вырос на восемь процентов, сообщили в таможне.</p>"
	cp1251 := func(s string) string {
		out, err := charmap.Windows1251.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(body)
	if err != nil {
		t.Fatal(err)
	}
	meta := `<meta charset="windows-1251">`
	old := `<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1251">`
	for _, tt := range []struct{ name, page, contentType, want string }{
		{"utf-8", body, "text/html", body},
		{"by the header", cp1251(body), "text/html; charset=windows-1251", body},
		{"by the page", meta + cp1251(body), "text/html", meta + body},
		{"by the page's older form", old + cp1251(body), "", old + body},
		{"by the letters alone", cp1251(body), "text/html", body},
		{"against a wrong header", cp1251(body), "text/html; charset=iso-8859-1", body},
		{"against a wrong page", meta + body, "text/html", meta + body},
		{"utf-16", utf16, "text/html", body},
	} {
		if got := PageText(tt.page, tt.contentType); got != tt.want {
			t.Errorf("%s: PageText = %q, want %q", tt.name, got, tt.want)
		}
	}
}
