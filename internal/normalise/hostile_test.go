package normalise

import (
	"strings"
	"testing"
	"time"

	"samur/internal/feed"
	"samur/internal/news"
)

// TestGUIDIsOneLine holds that what a publisher calls an entry fits on a line of a log.
func TestGUIDIsOneLine(t *testing.T) {
	it := Item(news.Feed{Name: "f"}, feed.Entry{GUID: " a\r\nBcc: x@example.org\u2028b\x1b[31m ", Title: "Title"}, "", time.Unix(0, 0))
	if want := "a Bcc: x@example.org b"; it.GUID != want {
		t.Errorf("GUID = %q, want %q", it.GUID, want)
	}
}

// TestScriptEscapedTwice holds that a script is gone however often it was escaped.
func TestScriptEscapedTwice(t *testing.T) {
	for _, element := range []string{"script", "style", "iframe"} {
		markup := "Bridge <" + element + ">alert(1)</" + element + "> open"
		for range 3 {
			if got := PlainText(markup); got != "Bridge open" {
				t.Errorf("PlainText(%q) = %q, want %q", markup, got, "Bridge open")
			}
			markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(markup)
		}
	}
}

// TestTailWords holds that each kind of tail is looked for, whatever its letters' case.
func TestTailWords(t *testing.T) {
	const news = "Мост через Самур открыт для грузовиков."
	for _, tail := range []string{
		"Read more", "READ ALSO: Baku", "Continue reading", "See also: Baku", "Click here", "The post Bridge appeared first on Wire.",
		"Читать далее", "ЧИТАЙТЕ ТАКЖЕ: Баку", "Подробнее…", "Далее…", "Смотрите также Баку", "Ardı…", "Davamı »", "Ətraflı oxu",
		"Həmçinin oxuyun Bakı", "Daha ətraflı", "Oxunub: 12", "Baxış sayı: 12", "Просмотров: 12", "Views: 12", "-0-", "[…]", "[...]", "→", "»",
		"\nФото: Самур", "\nFOTO: Samur", "The post " + strings.Repeat("Самур ", 66) + "appeared first on Wire.",
	} {
		if got, a := setAside(news+" "+tail, "", ""); got != news || !strings.Contains(a.text(), strings.Fields(tail)[0]) {
			t.Errorf("setAside(… %q) = %q and aside %q, want %q", tail, got, a.text(), news)
		}
	}
}
