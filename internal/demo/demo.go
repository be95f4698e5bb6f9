// Package demo is a small world of news to show samur in: seven sample feeds in
// three languages, served over real HTTP on loopback, dated relative to now.
// Outlets and items are invented. They have the habits of real ones: one is in
// windows-1251, one gives every item the same guid, one has titles only and no
// guid, one reposts another's text, one is not quite XML, and half of what they
// tell is about something else.
//
// Read Feeds, then Handler.
package demo

import (
	"bytes"
	"embed"
	"fmt"
	"hash/fnv"
	"net/http"
	"strings"
	"text/template"
	"time"

	"golang.org/x/text/encoding/charmap"

	"samur/internal/news"
)

//go:embed feeds
var documents embed.FS

// sample is one sample feed and how it is served.
type sample struct {
	news.Feed
	file        string
	contentType string
	windows1251 bool
}

func samples() []sample {
	return []sample{
		{Feed: news.Feed{Name: "caspian-wire", Outlet: "Caspian Wire", Side: news.SideAz, Lang: news.En}, file: "caspian-wire.xml", contentType: "application/rss+xml"},
		{Feed: news.Feed{Name: "xezer-press", Outlet: "Xəzər Press", Side: news.SideAz, Lang: news.Az}, file: "xezer-press.xml", contentType: "text/xml; charset=utf-8"},
		{Feed: news.Feed{Name: "abseron-info", Outlet: "Abşeron İnfo", Side: news.SideAz, Lang: news.Az}, file: "abseron-info.xml", contentType: "text/xml"},
		{Feed: news.Feed{Name: "volga-press", Outlet: "Волга-Пресс", Side: news.SideRu, Lang: news.Ru}, file: "volga-press.xml", contentType: "text/xml", windows1251: true},
		{Feed: news.Feed{Name: "telegraf", Outlet: "Московский телеграф", Side: news.SideRu, Lang: news.Ru}, file: "moskovsky-telegraf.xml", contentType: "application/atom+xml"},
		{Feed: news.Feed{Name: "minaret", Outlet: "Минарет", Side: news.SideAz, Lang: news.Ru}, file: "minaret.xml", contentType: "text/xml"},
		{Feed: news.Feed{Name: "caucasus-monitor", Outlet: "Caucasus Monitor", Side: news.SideOther, Lang: news.En}, file: "caucasus-monitor.json", contentType: "application/feed+json"},
	}
}

// Feeds returns the sample feeds as served under base, such as "http://127.0.0.1:8000".
func Feeds(base string) []news.Feed {
	var fs []news.Feed
	for _, s := range samples() {
		s.URL = base + "/" + s.file
		fs = append(fs, s.Feed)
	}
	return fs
}

// Handler serves the sample feeds as they would stand at now, with validators.
// base is the address they name in their links.
func Handler(base string, now time.Time) (http.Handler, error) {
	mux := http.NewServeMux()
	for _, s := range samples() {
		body, err := s.render(base, now)
		if err != nil {
			return nil, err
		}
		mux.HandleFunc("GET /"+s.file, serve(s.contentType, body, now))
	}
	return mux, nil
}

func (s sample) render(base string, now time.Time) ([]byte, error) {
	ago := func(layout string) func(string) (string, error) {
		return func(d string) (string, error) {
			back, err := time.ParseDuration(d)
			return now.Add(-back).UTC().Format(layout), err
		}
	}
	t := template.New(s.file).Funcs(template.FuncMap{"ago": ago(time.RFC1123Z), "iso": ago(time.RFC3339)})
	if _, err := t.ParseFS(documents, "feeds/"+s.file); err != nil {
		return nil, fmt.Errorf("sample feed %q: %w", s.file, err)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, s.file, struct{ Base string }{base}); err != nil {
		return nil, fmt.Errorf("sample feed %q: %w", s.file, err)
	}
	if !s.windows1251 {
		return b.Bytes(), nil
	}
	encoded, err := charmap.Windows1251.NewEncoder().Bytes(b.Bytes())
	if err != nil {
		return nil, fmt.Errorf("sample feed %q: %w", s.file, err)
	}
	return encoded, nil
}

func serve(contentType string, body []byte, now time.Time) http.HandlerFunc {
	h := fnv.New64a()
	h.Write(body)
	etag := fmt.Sprintf(`"%x"`, h.Sum64())
	modified := now.UTC().Format(http.TimeFormat)
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", etag)
		w.Header().Set("Last-Modified", modified)
		if strings.Contains(r.Header.Get("If-None-Match"), etag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", contentType)
		_, _ = w.Write(body) // the poller notices a cut body
	}
}
