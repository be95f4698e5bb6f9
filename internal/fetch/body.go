package fetch

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

var (
	errTooLarge = errors.New("too large")
	errEncoding = errors.New("content encoding")
	errCut      = errors.New("body was cut")
)

// onTrust is how much memory is set aside for a body on the server's word.
const onTrust = 1 << 20

// readBody reads the whole body, decompressed, at most limit bytes of it. The
// compressed bytes are held to the same limit: a stream of empty blocks would
// else never end.
func readBody(resp *http.Response, limit int64) ([]byte, error) {
	if resp.ContentLength > limit {
		return nil, fmt.Errorf("%w: announces %d bytes, the limit is %d", errTooLarge, resp.ContentLength, limit)
	}
	raw := &capped{r: resp.Body, left: limit}
	plain, err := decoder(raw, resp.Header.Values("Content-Encoding"))
	if err != nil {
		return nil, bodyError(err)
	}
	var buf bytes.Buffer
	if n := resp.ContentLength; n > 0 { // only announced: many hosts may announce much and send nothing
		buf.Grow(int(min(n, onTrust)) + bytes.MinRead)
	}
	// The header of a member can only be bad behind a whole one, whose checksum was
	// right: some servers pad what they compressed.
	if _, err := buf.ReadFrom(&capped{r: plain, left: limit}); err != nil && !errors.Is(err, gzip.ErrHeader) {
		return nil, bodyError(err)
	}
	return buf.Bytes(), nil
}

// bodyError names a stream that ends too early or is damaged as a cut body; the
// next poll may bring the rest.
func bodyError(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader),
		errors.Is(err, zlib.ErrChecksum), errors.As(err, &corrupt):
		return fmt.Errorf("%w: %w", errCut, err)
	}
	return err
}

// decoder undoes the encodings that the header names. Some servers name gzip and
// send plain text, others compress without saying so: the first bytes decide.
func decoder(r io.Reader, encodings []string) (io.Reader, error) {
	br := bufio.NewReader(r)
	head, err := br.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	zipped := len(head) == 2 && head[0] == 0x1f && head[1] == 0x8b
	for name := range strings.SplitSeq(strings.ToLower(strings.Join(encodings, ",")), ",") {
		switch name = strings.TrimSpace(name); name {
		case "", "identity", "none", "utf-8", "gzip", "x-gzip":
		case "deflate":
			return inflate(br)
		default:
			return nil, fmt.Errorf("%w: sent as %q, asked for gzip", errEncoding, name)
		}
	}
	if zipped {
		return gzip.NewReader(br)
	}
	return br, nil
}

// inflate undoes "deflate", which means zlib by the standard and the bare stream
// for some servers.
func inflate(br *bufio.Reader) (io.Reader, error) {
	head, err := br.Peek(2)
	if err == nil && head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
		return zlib.NewReader(br)
	}
	return flate.NewReader(br), nil
}

// capped reads from r and fails when there is more than left.
type capped struct {
	r    io.Reader
	left int64
}

// Read implements io.Reader.
func (c *capped) Read(p []byte) (int, error) {
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	if int64(n) > c.left {
		return int(c.left), errTooLarge
	}
	c.left -= int64(n)
	return n, err
}
