package hostile_test

import (
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"samur/internal/feed"
	"samur/internal/fetch"
	"samur/internal/hostile"
	"samur/internal/news"
	"samur/internal/normalise"
)

// TestMain starts the lab for all tests: what a process trusts in TLS is read once, from
// the file that the environment names.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if lab, err = hostile.Start(hostile.Cases()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer lab.Close()
		dir, err := os.MkdirTemp("", "hostile")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer func() { _ = os.RemoveAll(dir) }()
		ca := filepath.Join(dir, "ca.pem")
		if err := errors.Join(os.WriteFile(ca, lab.CA(), 0o600), os.Setenv("SSL_CERT_FILE", ca)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return m.Run()
	}())
}

var lab *hostile.Lab

// now is when everything is read.
var now = time.Date(2026, 3, 8, 6, 0, 0, 0, time.UTC)

// client may ask the lab and nothing else of what is private.
func client(t testing.TB, timeout time.Duration) *fetch.Client {
	c := fetch.New(fetch.Options{
		Timeout: timeout, Allow: []netip.Prefix{netip.MustParsePrefix(hostile.Host + "/32")}, Now: func() time.Time { return now },
	})
	t.Cleanup(c.Close)
	return c
}

// outcome is what came of a case.
type outcome struct {
	resp  fetch.Response
	doc   feed.Document
	items []news.Item
	err   error
}

// read reads a case as a poll does.
func read(t testing.TB, c *fetch.Client, k hostile.Case) (o outcome) {
	at := lab.URL(k)
	if u, err := url.Parse(at); err == nil && u.User == nil {
		at = strings.Replace(at, "://", "://"+hostile.Login+"@", 1)
	}
	r := fetch.Request{URL: at, Access: news.Access{Header: map[string]string{hostile.KeyHeader: hostile.KeyValue}}}
	if k.Held {
		r.ETag = hostile.ETag
	}
	if o.resp, o.err = c.Get(t.Context(), r); o.err != nil || o.resp.NotModified {
		return o
	}
	if o.doc, o.err = feed.Parse(o.resp.Body, o.resp.ContentType, o.resp.URL); o.err != nil {
		return o
	}
	var all []news.Sketch
	for _, e := range o.doc.Entries {
		it, sketch := normalise.Sketched(news.Feed{Name: "feed", Outlet: "Wire"}, e, o.resp.URL, now)
		o.items, all = append(o.items, it), append(all, sketch)
	}
	normalise.Untangle(all)
	for i := range all {
		normalise.Rekey(&o.items[i], all[i])
	}
	return o
}

// causeOf returns why a case was refused.
func causeOf(err error) news.Cause {
	if e, ok := errors.AsType[*fetch.Error](err); ok {
		return e.Cause
	}
	if e, ok := errors.AsType[*feed.Error](err); ok {
		return e.Cause
	}
	return ""
}

// TestCases holds what must come of one fetch of each case.
func TestCases(t *testing.T) {
	patient, hasty := client(t, 20*time.Second), client(t, 200*time.Millisecond)
	t.Run("all", func(t *testing.T) {
		for _, k := range hostile.Cases() {
			if k.Heavy && testing.Short() {
				continue
			}
			t.Run(k.Name, func(t *testing.T) {
				c := patient
				if k.Slow {
					t.Parallel()
					c = hasty
				}
				start := time.Now()
				o := read(t, c, k)
				if d := time.Since(start); d > 500*time.Millisecond {
					t.Logf("took %v", d)
				}
				check(t, k, o)
			})
		}
	})
	for _, leak := range lab.Leaks() {
		t.Error(leak)
	}
}

// check holds an outcome to what the case says.
func check(t *testing.T, k hostile.Case, o outcome) {
	t.Helper()
	if o.err != nil {
		if got := causeOf(o.err); got != k.Cause {
			t.Errorf("refused for %q, want %q: %v", got, k.Cause, o.err)
		}
		if harm := hostile.Harm(o.err.Error()); harm != "" {
			t.Errorf("error %q holds %s", o.err, harm)
		}
		for _, secret := range []string{hostile.Login, hostile.KeyValue, "root:"} {
			if strings.Contains(o.err.Error(), secret) {
				t.Errorf("error %q holds %q", o.err, secret)
			}
		}
		return
	}
	switch n := len(o.doc.Entries); {
	case k.Cause != "":
		t.Errorf("read with %d entries, want it refused for %q", n, k.Cause)
	case o.resp.NotModified != k.Same:
		t.Errorf("not modified = %v, want %v", o.resp.NotModified, k.Same)
	case n != k.Entries:
		t.Errorf("read with %d entries, want %d", n, k.Entries)
	}
	checkDocument(t, o)
	for _, it := range o.items {
		checkItem(t, k, it)
	}
}

// checkDocument holds that nothing of a document or its answer harms who prints it.
func checkDocument(t *testing.T, o outcome) {
	t.Helper()
	lines := map[string]string{
		"title": normalise.Title(o.doc.Title), "url": o.doc.URL, "self": o.doc.Self, "language": o.doc.Language,
		"charset": o.doc.Charset, "format": o.doc.Format, "address": o.resp.URL, "new address": o.resp.MovedTo,
	}
	for i, n := range o.doc.Notes {
		lines[fmt.Sprintf("note %d", i+1)] = n
	}
	for name, s := range lines {
		if harm := hostile.Harm(s); harm != "" {
			t.Errorf("%s of the document, %.200q, holds %s", name, s, harm)
		}
	}
	checkAddress(t, "url of the document", o.doc.URL)
	checkAddress(t, "self of the document", o.doc.Self)
}

// checkItem holds that nothing of an item harms who prints it.
func checkItem(t *testing.T, k hostile.Case, it news.Item) {
	t.Helper()
	lines := map[string]string{
		"title": it.Title, "url": it.URL, "link": it.Link, "guid": it.GUID, "via": it.Via, "lang": string(it.Lang), "id": it.ID,
	}
	texts := map[string]string{"text": it.Text, "aside": it.Aside}
	for _, name := range slices.Sorted(maps.Keys(lines)) {
		if harm := hostile.Harm(lines[name]); harm != "" {
			t.Errorf("%s %.200q holds %s", name, lines[name], harm)
		}
	}
	for name, s := range texts {
		if harm := hostile.HarmInText(s); harm != "" {
			t.Errorf("%s %.200q holds %s", name, s, harm)
		}
	}
	for name, s := range map[string]string{"title": it.Title, "text": it.Text} {
		if k.Markup && hasTag(s) {
			t.Errorf("%s %.200q holds a tag", name, s)
		}
		if strings.Contains(s, "root:") {
			t.Errorf("%s %.200q holds a file of this machine", name, s)
		}
	}
	checkAddress(t, "url", it.URL)
	checkAddress(t, "link", it.Link)
	if len(it.Title) > 1<<10 || len(it.Text) > 200<<10 || len(it.GUID) > 1<<10 {
		t.Errorf("item has %d bytes of title, %d of text, %d of guid", len(it.Title), len(it.Text), len(it.GUID))
	}
	if it.Published.Before(time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)) || it.Published.After(now.Add(24*time.Hour)) {
		t.Errorf("published at %v", it.Published)
	}
}

// hasTag reports whether text holds what a browser would take for an element that acts.
func hasTag(s string) bool {
	s = strings.ToLower(s)
	for _, tag := range []string{"<script", "<img", "<svg", "<iframe", "<object", "<style", "<base", "<form"} {
		if strings.Contains(s, tag) {
			return true
		}
	}
	return false
}

// checkAddress holds that an address, if there is one, leads to a web page.
func checkAddress(t *testing.T, name, s string) {
	t.Helper()
	if s == "" {
		return
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		t.Errorf("%s %.200q is no address of a page: %v", name, s, err)
	}
}

// TestNames holds that every case has a group and a name of its own.
func TestNames(t *testing.T) {
	seen, groups := map[string]bool{}, map[string]int{}
	for _, k := range hostile.Cases() {
		if k.Group == "" || k.Name == "" || seen[k.Name] || url.PathEscape(k.Name) != k.Name {
			t.Errorf("case %q of group %q has no name of its own", k.Name, k.Group)
		}
		seen[k.Name] = true
		groups[k.Group]++
	}
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		t.Logf("%3d %s", groups[g], g)
	}
	t.Logf("%3d cases", len(seen))
	if len(groups) != 14 {
		t.Errorf("%d groups, want 14", len(groups))
	}
}

// BenchmarkHeavy reports the highest heap that each heavy case costs, its server included.
func BenchmarkHeavy(b *testing.B) {
	c := client(b, 20*time.Second)
	for _, k := range hostile.Cases() {
		if !k.Heavy {
			continue
		}
		b.Run(k.Name, func(b *testing.B) {
			var peak uint64
			for b.Loop() {
				peak = max(peak, heapPeak(func() { read(b, c, k) }))
			}
			b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
		})
	}
}

// heapPeak runs f and returns how high the heap went meanwhile.
func heapPeak(f func()) uint64 {
	var peak atomic.Uint64
	look := func() {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak.Store(max(peak.Load(), m.HeapInuse))
	}
	runtime.GC()
	done, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				look()
			}
		}
	}()
	f()
	look()
	close(done)
	<-gone
	return peak.Load()
}
