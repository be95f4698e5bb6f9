package fetch

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// errProtocol reports a server that does not speak what its address says: HTTP without
// TLS, or something else, behind https, or TLS behind http.
var errProtocol = errors.New("protocol")

// spoken returns the error of a request with what the server at the address spoke
// instead, err itself where it is of another kind.
func spoken(at *url.URL, err error) error {
	record, isRecord := errors.AsType[tls.RecordHeaderError](err)
	switch {
	case errors.Is(err, errProxy):
		return err // it is the proxy that does not speak TLS, which the feed's address does not say
	case isRecord && string(record.RecordHeader[:]) == "HTTP/":
		return fmt.Errorf("%w: %s answers in plain HTTP where the address says https", errProtocol, at.Host)
	case isRecord && record.Conn != nil: // its first words; later ones are a broken connection
		return fmt.Errorf("%w: %s does not speak TLS where the address says https", errProtocol, at.Host)
	case err != nil && at.Scheme == "http" && strings.Contains(err.Error(), alert):
		return wantsTLS(at)
	}
	return err
}

// alert is how net/http quotes the answer of a server that wants TLS and speaks nothing
// else, the header of an alert. There is no type for it.
const alert = `malformed HTTP response "\x15\x03`

// wantsTLS is the error of a server that speaks TLS and nothing else.
func wantsTLS(at *url.URL) error {
	return fmt.Errorf("%w: %s speaks TLS where the address says http", errProtocol, at.Host)
}

// The words in which servers tell who speaks plain HTTP to them where they want TLS,
// always with status 400: nginx and what is made of it, Go, Apache, Tomcat.
var refusals = []string{
	"plain http request was sent to https port",
	"http request to an https server",
	"plain http to an ssl-enabled server port",
	"combination of host and port requires tls",
}

// speaksTLS reports whether a server that answers 400 says that it wants TLS.
func speaksTLS(at *url.URL, resp *http.Response) bool {
	if at.Scheme != "http" {
		return false
	}
	head, _ := io.ReadAll(io.LimitReader(resp.Body, 4<<10)) // what came of it before it was cut is looked at
	text := strings.ToLower(string(head))
	return slices.ContainsFunc(refusals, func(words string) bool { return strings.Contains(text, words) })
}
