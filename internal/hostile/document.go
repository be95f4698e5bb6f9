package hostile

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"html"
	"io"
	"net/http"
	"strconv"
	"strings"
)

const (
	rssHead  = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Wire</title><link>https://wire.example/</link>`
	rssTail  = `</channel></rss>`
	atomHead = `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><id>urn:wire</id>`
	atomTail = `</feed>`
)

// rss returns an RSS document of the given elements.
func rss(inside ...string) string { return rssHead + strings.Join(inside, "") + rssTail }

// atom returns an Atom document of the given elements.
func atom(inside ...string) string { return atomHead + strings.Join(inside, "") + atomTail }

// item returns a sound entry of RSS.
func item(title string) string {
	slug := strings.ToLower(strings.ReplaceAll(title, " ", "-"))
	return fmt.Sprintf(`<item><title>%s</title><link>https://wire.example/%s</link><guid>%s</guid><pubDate>Sun, 08 Mar 2026 04:00:00 GMT</pubDate><description>The bridge at Samur is open again.</description></item>`,
		html.EscapeString(title), slug, slug)
}

// sound is a document of three entries.
func sound() string { return rss(item("First"), item("Second"), item("Third")) }

// answer serves a document.
func answer(contentType, document string) handler {
	return func(_ *Lab, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		_, _ = io.WriteString(w, document) // a reader may leave
	}
}

// made serves what make returns, made when it is asked for: a large document that is
// not asked for costs nothing.
func made(make func() handler) handler {
	return func(l *Lab, w http.ResponseWriter, r *http.Request) { make()(l, w, r) }
}

// xml serves a document as XML.
func xml(document string) handler { return answer("application/xml", document) }

// json serves a document as a JSON Feed.
func json(document string) handler { return answer("application/feed+json", document) }

// with serves a document with headers beside it, given as name and value.
func with(h handler, headers ...string) handler {
	return func(l *Lab, w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
		}
		h(l, w, r)
	}
}

// status serves a status and a sound document with it, which must not be taken.
func status(code int, headers ...string) handler {
	return with(func(_ *Lab, w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		_, _ = io.WriteString(w, sound()) // refused where the status has no body
	}, headers...)
}

// repeated serves head, n times unit, tail, without holding it. n below zero has no end.
func repeated(head, unit string, n int, tail string) handler {
	return func(_ *Lab, w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/xml")
		pour(w, r, head, unit, n, tail)
	}
}

// pour writes what repeated serves.
func pour(w io.Writer, r *http.Request, head, unit string, n int, tail string) {
	_, err := io.WriteString(w, head)
	per := max(1, 32<<10/len(unit))
	chunk := strings.Repeat(unit, per)
	for err == nil && n != 0 && r.Context().Err() == nil {
		k := per
		if n > 0 {
			k = min(per, n)
			n -= k
		}
		_, err = io.WriteString(w, chunk[:k*len(unit)])
	}
	if err == nil {
		_, _ = io.WriteString(w, tail)
	}
}

// filled is repeated as often as size bytes take.
func filled(head, unit string, size int, tail string) handler {
	return repeated(head, unit, (size-len(head)-len(tail))/len(unit), tail)
}

// zipped returns b compressed.
func zipped(b []byte) []byte {
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	_, _ = z.Write(b) // a Buffer takes all
	_ = z.Close()
	return buf.Bytes()
}

// deflated returns b as "deflate" means it by the standard.
func deflated(b []byte) []byte {
	var buf bytes.Buffer
	z := zlib.NewWriter(&buf)
	_, _ = z.Write(b) // a Buffer takes all
	_ = z.Close()
	return buf.Bytes()
}

// encoded serves bytes under a Content-Encoding.
func encoded(encoding string, b []byte) handler {
	return with(answer("application/xml", string(b)), "Content-Encoding", encoding)
}

// held answers 304 to who asks with the validator, and a document to others.
func held(_ *Lab, w http.ResponseWriter, r *http.Request) {
	w.Header().Set("ETag", ETag)
	if r.Header.Get("If-None-Match") == ETag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	_, _ = io.WriteString(w, sound())
}

// said is an answer by hand: a status line, headers and a body of the right length.
func said(first string, body string, headers ...string) string {
	return first + "\r\n" + strings.Join(append(headers, "Content-Type: application/xml", "Content-Length: "+strconv.Itoa(len(body))), "\r\n") + "\r\n\r\n" + body
}
