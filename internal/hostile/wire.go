package hostile

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"samur/internal/news"
)

// write sends bytes as they are.
func write(s string) wire {
	return func(conn net.Conn) { _, _ = io.WriteString(conn, s) } // a reader may leave
}

// drip sends head and then unit for ever, a little at a time, while somebody listens.
func drip(head, unit string) wire {
	return func(conn net.Conn) {
		_, err := io.WriteString(conn, head)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for err == nil {
			<-tick.C
			_, err = io.WriteString(conn, unit)
		}
	}
}

// hang sends s and then nothing until the reader leaves.
func hang(s string) wire {
	return func(conn net.Conn) {
		_, _ = io.WriteString(conn, s)
		_, _ = io.Copy(io.Discard, conn)
	}
}

// reset sends s and breaks the connection off.
func reset(s string) wire {
	return func(conn net.Conn) {
		_, _ = io.WriteString(conn, s)
		if c, ok := conn.(*net.TCPConn); ok {
			_ = c.SetLinger(0) // what was not taken yet is dropped, which is the point
		}
		_ = conn.Close()
	}
}

// slow are servers that take their time. A reader's clock ends all of them.
func slow() []Case {
	ok := "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"
	cases := grouped(Time, []Case{
		{Name: "never-answers", Cause: news.CauseTimeout, wire: hang("")},
		{Name: "stops-in-status-line", Cause: news.CauseTimeout, wire: hang("HTTP/1.1 2")},
		{Name: "stops-in-header", Cause: news.CauseTimeout, wire: hang(ok + "X-Part: ")},
		{Name: "header-drips", Cause: news.CauseTimeout, wire: drip(ok+"X-Slow: ", "x")},
		{Name: "header-lines-drip", Cause: news.CauseTimeout, wire: drip(ok, "X-Slow: x\r\n")},
		{Name: "stops-before-body", Cause: news.CauseTimeout, wire: hang(ok + "Content-Length: 1000\r\n\r\n")},
		{Name: "stops-in-body", Cause: news.CauseTimeout, wire: hang(ok + "Content-Length: 100000\r\n\r\n" + rssHead)},
		{Name: "body-drips", Cause: news.CauseTimeout, wire: drip(ok+"Content-Length: 100000\r\n\r\n"+rssHead, " ")},
		{Name: "chunks-drip", Cause: news.CauseTimeout, wire: drip(ok+"Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n")},
		{Name: "chunk-size-drips", Cause: news.CauseTimeout, wire: drip(ok+"Transfer-Encoding: chunked\r\n\r\n5;x=", "x")},
		{Name: "never-closes", Cause: news.CauseTimeout, wire: hang("HTTP/1.0 200 OK\r\n\r\n" + sound())},
		{Name: "continues-for-ever", Cause: news.CauseTimeout, wire: drip("", "HTTP/1.1 100 Continue\r\n\r\n")},
		{Name: "redirects-slowly", Cause: news.CauseTimeout, wire: hang("HTTP/1.1 302 Found\r\n")},
		{Name: "handshake-hangs", Cause: news.CauseTimeout, secure: security{plain: true}, wire: hang("")},
	})
	for i := range cases {
		cases[i].Slow = true
	}
	return cases
}

// statuses are answers of every status, with headers that lie about time.
func statuses() []Case {
	var cases []Case
	for _, code := range []int{
		201, 202, 204, 205, 206, 226, 299, 300, 304, 305, 306, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 418,
		425, 429, 431, 451, 500, 501, 502, 503, 504, 505, 520, 599, 999,
	} {
		cause := news.CauseStatus
		switch code {
		case http.StatusGone:
			cause = news.CauseGone
		case http.StatusTooManyRequests, http.StatusServiceUnavailable:
			cause = news.CauseBusy
		}
		cases = append(cases, Case{Name: fmt.Sprintf("status-%d", code), Cause: cause, handler: status(code)})
	}
	for _, h := range []struct{ name, after string }{
		{"seconds", "120"},
		{"date", "Sun, 08 Mar 2026 05:00:00 GMT"},
		{"past", "Thu, 01 Jan 1970 00:00:00 GMT"},
		{"absurd", "99999999999999999999999999"},
		{"negative", "-1"},
		{"words", "soon"},
		{"fraction", "1.5"},
		{"year-9999", "Fri, 31 Dec 9999 23:59:59 GMT"},
		{"escapes", "\u202e60"},
	} {
		cases = append(cases, Case{Name: "retry-after-" + h.name, Cause: news.CauseBusy, handler: status(http.StatusTooManyRequests, "Retry-After", h.after)})
	}
	for _, h := range []struct {
		name    string
		headers []string
	}{
		{"max-age-absurd", []string{"Cache-Control", "max-age=99999999999999999999"}},
		{"max-age-negative", []string{"Cache-Control", "max-age=-5", "Age", "-7"}},
		{"expires-in-year-9999", []string{"Expires", "Fri, 31 Dec 9999 23:59:59 GMT", "Date", "Mon, 01 Jan 0001 00:00:00 GMT"}},
		{"expires-words", []string{"Expires", "never", "Last-Modified", "yesterday"}},
		{"etag-of-kilobytes", []string{"ETag", `"` + strings.Repeat("x", 20<<10) + `"`}},
		{"etag-with-escapes", []string{"ETag", "\"\u202ex\""}},
		{"thousand-cookies", slices.Repeat([]string{"Set-Cookie", "a=b"}, 1000)},
		{"refresh-header", []string{"Refresh", "0; url=http://127.0.0.1/"}},
		{"link-header", []string{"Link", "<http://127.0.0.1/>; rel=self"}},
		{"retry-after-on-200", []string{"Retry-After", "99999999"}},
	} {
		cases = append(cases, Case{Name: h.name, Entries: 3, handler: with(xml(sound()), h.headers...)})
	}
	return grouped(Status, append(cases,
		Case{Name: "not-modified-with-validator", Held: true, Same: true, handler: held},
		Case{Name: "early-hints", Entries: 3, wire: write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + said("HTTP/1.1 200 OK", sound()))},
		Case{Name: "continue-first", Entries: 3, wire: write("HTTP/1.1 100 Continue\r\n\r\n" + said("HTTP/1.1 200 OK", sound()))},
		Case{Name: "switches-protocols", Cause: news.CauseStatus, wire: write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: feed\r\nConnection: Upgrade\r\n\r\n" + sound())},
		Case{Name: "status-000", Cause: news.CauseStatus, wire: write(said("HTTP/1.1 000 Nothing", sound()))},
		Case{Name: "status-of-four-digits", Cause: news.CauseConnect, wire: write(said("HTTP/1.1 2000 OK", sound()))},
		Case{Name: "status-in-words", Cause: news.CauseConnect, wire: write(said("HTTP/1.1 OK", sound()))},
		Case{Name: "asks-for-login", Cause: news.CauseStatus, handler: status(http.StatusUnauthorized, "WWW-Authenticate", `Basic realm="`+"\u202e"+`"`)},
	))
}

// transports are answers that are no HTTP, or not quite.
func transports() []Case {
	const ok = "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"
	chunked := ok + "Transfer-Encoding: chunked\r\n\r\n"
	full := said("HTTP/1.1 200 OK", sound())
	cut := zipped([]byte(sound()))
	return grouped(Transport, []Case{
		{Name: "closes-at-once", Cause: news.CauseConnect, wire: write("")},
		{Name: "resets-at-once", Cause: news.CauseConnect, wire: reset("")},
		{Name: "resets-in-header", Cause: news.CauseConnect, wire: reset(ok)},
		{Name: "resets-in-body", Cause: news.CauseConnect, wire: reset(ok + "Content-Length: 100000\r\n\r\n" + rssHead)},
		{Name: "http-0.9", Cause: news.CauseConnect, wire: write(sound())},
		{Name: "http-2-unasked", Cause: news.CauseConnect, wire: write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")},
		{Name: "http-3.7", Cause: news.CauseConnect, wire: write(said("HTTP/3.7x 200 OK", sound()))},
		{Name: "ssh", Cause: news.CauseConnect, wire: write("SSH-2.0-x\r\n")},
		{Name: "zeros", Cause: news.CauseConnect, wire: write(strings.Repeat("\x00", 4096))},
		{Name: "escapes-in-status-line", Cause: news.CauseConnect, wire: write("HTTP/1.1 \x1b[2J\x1b]0;x\x07 OK\r\n\r\n")},
		{Name: "escapes-behind-status", Cause: news.CauseStatus, wire: write(said("HTTP/1.1 500 \x1b[31mred\x1b[0m \u202e", ""))},
		{Name: "escapes-in-header-name", Cause: news.CauseConnect, wire: write("HTTP/1.1 200 OK\r\nX-\x1b[31m: 1\r\n\r\n")},
		{Name: "escapes-in-header-value", Cause: news.CauseConnect, wire: write(said("HTTP/1.1 200 OK", sound(), "ETag: \"\x1b[31m\""))},
		{Name: "line-break-in-header", Entries: 3, wire: write(said("HTTP/1.1 200 OK", sound(), "ETag: \"a\r\n b\""))},
		{Name: "bare-line-feeds", Entries: 3, wire: write(strings.ReplaceAll(full, "\r\n", "\n"))},
		{Name: "header-without-colon", Cause: news.CauseConnect, wire: write("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n" + sound())},
		{Name: "header-of-100-kilobytes", Cause: news.CauseConnect, wire: write(ok + "X: " + strings.Repeat("x", 100<<10) + "\r\n\r\n")},
		{Name: "headers-without-end", Cause: news.CauseConnect, wire: flood(ok, "X-Many: header\r\n")},
		{Name: "status-line-without-end", Cause: news.CauseConnect, wire: flood("HTTP/1.1 200 ", "OK")},
		{Name: "hints-without-end", Cause: news.CauseConnect, wire: flood("", "HTTP/1.1 103 Early Hints\r\n\r\n")},
		{Name: "trailers-without-end", Cause: news.CauseConnect, wire: flood(chunked+"0\r\n", "X-Many: header\r\n")},
		{Name: "length-too-long", Cause: news.CauseConnect, wire: write(ok + "Content-Length: 100000\r\n\r\n" + sound())},
		{Name: "length-too-short", Cause: news.CauseParse, wire: write(ok + "Content-Length: 100\r\n\r\n" + sound())},
		{Name: "lengths-that-differ", Cause: news.CauseConnect, wire: write(ok + "Content-Length: 10\r\nContent-Length: 20\r\n\r\n" + sound())},
		{Name: "length-negative", Cause: news.CauseConnect, wire: write(ok + "Content-Length: -1\r\n\r\n" + sound())},
		{Name: "length-in-words", Cause: news.CauseConnect, wire: write(ok + "Content-Length: many\r\n\r\n" + sound())},
		{Name: "length-and-chunks", Entries: 3, wire: write(ok + "Content-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n" + fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(sound()), sound()))},
		{Name: "chunk-cut", Cause: news.CauseConnect, wire: write(chunked + "fff\r\n" + rssHead)},
		{Name: "chunk-size-nonsense", Cause: news.CauseConnect, wire: write(chunked + "many\r\n" + sound())},
		{Name: "chunk-size-huge", Cause: news.CauseConnect, wire: write(chunked + "fffffffffffffffff\r\n" + sound())},
		{Name: "chunk-size-negative", Cause: news.CauseConnect, wire: write(chunked + "-5\r\n" + sound())},
		{Name: "chunks-of-one-byte", Heavy: true, Cause: news.CauseConnect, wire: flood(chunked, "1;"+strings.Repeat("x", 2000)+"\r\n \r\n")},
		{Name: "encoding-unknown", Cause: news.CauseNotFeed, handler: encoded("br", []byte("\x0b\x02\x80hello\x03"))},
		{Name: "encoding-nonsense", Cause: news.CauseNotFeed, handler: encoded("\u202egzip", []byte(sound()))},
		{Name: "gzip-that-is-none", Entries: 3, handler: encoded("gzip", []byte(sound()))},
		{Name: "gzip-unsaid", Entries: 3, handler: xml(string(cut))},
		{Name: "gzip-twice", Cause: news.CauseNotFeed, handler: encoded("gzip", zipped(cut))},
		{Name: "gzip-twice-and-said", Cause: news.CauseNotFeed, handler: encoded("gzip, gzip", zipped(cut))},
		{Name: "gzip-cut", Cause: news.CauseConnect, handler: encoded("gzip", cut[:len(cut)/2])},
		{Name: "gzip-checksum-wrong", Cause: news.CauseConnect, handler: encoded("gzip", append(cut[:len(cut)-8:len(cut)-8], "12345678"...))},
		{Name: "gzip-with-rubbish-behind", Entries: 3, handler: encoded("gzip", append(cut[:len(cut):len(cut)], "rubbish behind it"...))},
		{Name: "deflate-that-is-none", Cause: news.CauseConnect, handler: encoded("deflate", []byte(sound()))},
		{Name: "compress", Cause: news.CauseNotFeed, handler: encoded("compress", []byte("\x1f\x9d\x90"))},
	})
}

// flood sends head and then unit for ever, as fast as it is taken.
func flood(head, unit string) wire {
	return func(conn net.Conn) {
		_, err := io.WriteString(conn, head)
		chunk := strings.Repeat(unit, max(1, 32<<10/len(unit)))
		for err == nil {
			_, err = io.WriteString(conn, chunk)
		}
	}
}

// handshakes are faults of TLS.
func handshakes() []Case {
	return grouped(TLS, []Case{
		{Name: "tls-sound", Entries: 3, handler: xml(sound()), secure: security{sound: true}},
		{Name: "tls-expired", Cause: news.CauseTLS, handler: xml(sound()), secure: security{expired: true}},
		{Name: "tls-self-signed", Cause: news.CauseTLS, handler: xml(sound()), secure: security{selfSigned: true}},
		{Name: "tls-of-another-host", Cause: news.CauseTLS, handler: xml(sound()), secure: security{host: "bank.example"}},
		{Name: "tls-of-another-address", Cause: news.CauseTLS, handler: xml(sound()), secure: security{host: "127.0.0.2"}},
		{Name: "tls-oldest", Cause: news.CauseTLS, handler: xml(sound()), secure: security{oldest: true}},
		{Name: "tls-plain", Cause: news.CauseProtocol, handler: xml(sound()), secure: security{plain: true}},
		{Name: "tls-body-cut", Cause: news.CauseConnect, wire: write("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + rssHead), secure: security{sound: true}},
		{Name: "tls-of-http-2-resets", Cause: news.CauseConnect, handler: func(*Lab, http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, secure: security{http2: true}},
	})
}
