package web

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"samur/internal/news"
	"samur/internal/render"
)

// verb is a place that a format is filled at.
var verb = regexp.MustCompile(`%(\[\d+\])?[sd]`)

// operands are how many operands a format takes.
func operands(s string) int {
	n := 0
	for _, m := range verb.FindAllStringSubmatch(s, -1) {
		if m[1] == "" {
			n++
		}
		for i := 1; i < 9; i++ {
			if m[1] == fmt.Sprintf("[%d]", i) {
				n = max(n, i)
			}
		}
	}
	return n
}

// TestWords: every language has every string, with as many operands as English, and of a
// plural as many forms as its nouns have.
func TestWords(t *testing.T) {
	en := reflect.ValueOf(english)
	forms := map[news.Lang]int{news.En: 2, news.Ru: 3, news.Az: 1}
	for l, w := range tables {
		v := reflect.ValueOf(*w)
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			switch x := v.Field(i).Interface().(type) {
			case string:
				if x == "" || operands(x) != operands(en.Field(i).String()) {
					t.Errorf("%s.%s = %q has other operands than %q", l, name, x, en.Field(i).String())
				}
			case plural:
				if len(x) != forms[l] {
					t.Errorf("%s.%s has %d forms, want %d", l, name, len(x), forms[l])
				}
				for _, form := range x {
					if operands(form) != 1 {
						t.Errorf("%s.%s: %q has no place for the number", l, name, form)
					}
				}
			case [7]string:
				if slices.Contains(x[:], "") {
					t.Errorf("%s.%s lacks a day", l, name)
				}
			default:
				m, other := reflect.ValueOf(x), en.Field(i)
				for _, k := range other.MapKeys() {
					if got := m.MapIndex(k); !got.IsValid() || got.String() == "" {
						t.Errorf("%s.%s lacks %v", l, name, k)
					}
				}
				if m.Len() != other.Len() {
					t.Errorf("%s.%s has %d words, English %d", l, name, m.Len(), other.Len())
				}
			}
		}
		for n := range 200 {
			if form := render.In(l, "").Form(n); form < 0 || form >= forms[l] {
				t.Fatalf("%s: form %d for %d, of %d", l, form, n, forms[l])
			}
		}
	}
}

// TestLanguages: every page is in every language, and keeps it in its links.
func TestLanguages(t *testing.T) {
	si := newSite(t)
	si.archive(t)
	si.edition(t, news.Slot{Digest: "daily", At: day})
	si.fixed = si.handler(t)
	for _, path := range []string{"/", "/stories", "/stories/s0001", "/items/00010000000000a1", "/feeds", "/feeds/wire", "/deliveries", "/search", "/whynot", "/status", "/digests"} {
		bodies := map[news.Lang]string{}
		for _, l := range languages {
			got := si.ask(t, "GET", path+"?lang="+string(l))
			bodies[l] = got.body
			if !strings.Contains(got.body, fmt.Sprintf(`<html lang="%s">`, l)) || got.header.Get("Content-Language") != string(l) {
				t.Errorf("GET %s in %s is in another language: %s", path, l, got.header.Get("Content-Language"))
			}
			if strings.Contains(got.body, "%!") {
				t.Errorf("GET %s in %s has a format that was not filled: %s", path, l, got.body[strings.Index(got.body, "%!"):][:40])
			}
			if l != news.En && !strings.Contains(got.body, "?lang="+string(l)) {
				t.Errorf("GET %s in %s: links lose the language", path, l)
			}
		}
		if bodies[news.En] == bodies[news.Ru] || bodies[news.Ru] == bodies[news.Az] {
			t.Errorf("GET %s is alike in two languages", path)
		}
	}
}

func TestAccepted(t *testing.T) {
	tests := []struct {
		header string
		want   news.Lang
	}{
		{"", news.En},
		{"ru", news.Ru},
		{"az-AZ,az;q=0.9,ru;q=0.8,en;q=0.7", news.Az},
		{"de,fr;q=0.9,ru;q=0.1", news.Ru},
		{"en;q=0.2, ru;q=0.5", news.Ru},
		{"ru;q=0", news.En},
		{"de", news.En},
		{"RU-ru;q=nonsense,az", news.Az},
		{strings.Repeat("x,", 1000), news.En},
	}
	for _, tt := range tests {
		if got := accepted(tt.header); got != tt.want {
			t.Errorf("accepted(%q) = %q, want %q", tt.header, got, tt.want)
		}
	}
}
