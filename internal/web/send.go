package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"time"
)

// How long what was answered may be shown again without asking. Nothing is kept for
// others than who asked: pages may be behind a password.
const (
	unkept = "no-store"                             // what is wrong, probes
	asking = "private, no-cache"                    // is asked for each time, and not sent again while it is the same
	hourly = "private, max-age=3600"                // an edition, which never changes
	always = "private, max-age=31536000, immutable" // an asset under an address that names its content
)

// sendIfNew writes a whole good answer, or that the reader has it already: its ETag is made
// of its content, so that whatever changes a page changes it. made is when it came to be,
// zero where that is not one moment.
func sendIfNew(w http.ResponseWriter, r *http.Request, mediaType string, body []byte, keep string, made time.Time) {
	h := w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Cache-Control", keep)
	h.Set("ETag", `"`+digestOf(body)+`"`)
	http.ServeContent(w, r, "", made, bytes.NewReader(body))
}

// digestOf names a content.
func digestOf(body []byte) string {
	sum := sha256.Sum256(body)
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// send writes a whole answer that is not to be kept. An error means that the reader left.
func send(w http.ResponseWriter, status int, mediaType string, body []byte) {
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Length", fmt.Sprint(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
