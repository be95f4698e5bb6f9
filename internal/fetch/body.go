package fetch

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
)

var (
	errTooLarge = errors.New("too large")
	errEncoding = errors.New("content encoding")
	errCut      = errors.New("body was cut")
)

// reader reads bodies. The zero value is ready.
type reader struct {
	kits sync.Pool // of *kit
}

// kit is what a body is read with, which takes more than most bodies do.
type kit struct {
	raw  *bufio.Reader
	zip  *gzip.Reader // nil before the first that is compressed
	room []byte
}

// roomSize is how many bytes of a body are read at a time; most feeds are no more than that.
const roomSize = 64 << 10

// kit returns one to read r with, until putBack.
func (rd *reader) kit(r io.Reader) *kit {
	k, ok := rd.kits.Get().(*kit)
	if !ok {
		k = &kit{raw: bufio.NewReader(nil), room: make([]byte, roomSize)}
	}
	k.raw.Reset(r)
	return k
}

// putBack keeps k for another body, and nothing of the one that it read.
func (rd *reader) putBack(k *kit) {
	nothing := strings.NewReader("")
	k.raw.Reset(nothing)
	if k.zip != nil {
		_ = k.zip.Reset(nothing) // which is no gzip
	}
	rd.kits.Put(k)
}

// unzip returns a reader of what k.raw holds in gzip.
func (k *kit) unzip() (r io.Reader, err error) {
	if k.zip == nil {
		k.zip, err = gzip.NewReader(k.raw)
		return k.zip, err
	}
	return k.zip, k.zip.Reset(k.raw)
}

// read reads the whole body, decompressed, at most limit bytes of it. The
// compressed bytes are held to the same limit: a stream of empty blocks would
// else never end. large is called before the body becomes a large one.
func (rd *reader) read(resp *http.Response, limit int64, large func() error) (string, error) {
	if resp.ContentLength > limit {
		return "", fmt.Errorf("%w: announces %d bytes, the limit is %d", errTooLarge, resp.ContentLength, limit)
	}
	k := rd.kit(&capped{r: resp.Body, left: limit})
	defer rd.putBack(k)
	plain, zipped, err := decoder(k.raw, resp.Header.Values("Content-Encoding"))
	if err == nil && zipped {
		plain, err = k.unzip()
	}
	if err != nil {
		return "", bodyError(err)
	}
	body, err := gather(&capped{r: plain, left: limit}, k.room, limit, large)
	// The header of a member can only be bad behind a whole one, whose checksum was
	// right: some servers pad what they compressed.
	if err != nil && !errors.Is(err, gzip.ErrHeader) {
		return "", bodyError(err)
	}
	return body, nil
}

// Large is the size, in bytes, from which a body is large. Of many that turn out to be,
// each holds so much while it waits for the others.
const Large = 256 << 10

// From a megabyte on memory is taken at once for all that a feed may have, where the
// limit is not less: to grow step by step to ten megabytes takes twice that.
const (
	inSteps = 1 << 20
	roomy   = 12 << 20
)

// gather reads r, of at most limit bytes, to its end, through room. It takes memory as it
// is filled and none on the word of the server: many hosts may announce much and send
// nothing. The error comes with what was read before it.
func gather(r io.Reader, room []byte, limit int64, large func() error) (string, error) {
	body, whole := &strings.Builder{}, int(min(limit, roomy))
	for {
		if body.Len() >= Large && large != nil {
			if err := large(); err != nil {
				return "", err
			}
			large = nil
		}
		piece, err := fill(r, room)
		if body.Len() == 0 && err != nil {
			return string(piece), pastEnd(err)
		}
		if size := body.Len() + len(piece); size >= inSteps && size <= whole && body.Cap() < whole {
			body = larger(body, whole)
		}
		body.Write(piece)
		if err != nil {
			return fitted(body), pastEnd(err)
		}
	}
}

// larger returns a builder of what is in b, with room for size bytes and no more: Grow
// takes twice what there was besides.
func larger(b *strings.Builder, size int) *strings.Builder {
	var l strings.Builder
	l.Grow(size)
	l.WriteString(b.String())
	return &l
}

// fitted returns what is in b, in memory of its own size where b has much more: it is
// kept while the document is read.
func fitted(b *strings.Builder) string {
	if b.Cap()-b.Len() > b.Len()/4 {
		return strings.Clone(b.String())
	}
	return b.String()
}

// pastEnd returns the error of a body that did not come to its end.
func pastEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// fill reads into the whole of b, or as far as r goes.
func fill(r io.Reader, b []byte) ([]byte, error) {
	n := 0
	for n < len(b) {
		k, err := r.Read(b[n:])
		n += k
		if err != nil {
			return b[:n], err
		}
	}
	return b, nil
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

// decoder undoes the encodings that the header names, but for gzip, which it tells. Some
// servers name gzip and send plain text, others compress without saying so: the first
// bytes decide.
func decoder(br *bufio.Reader, encodings []string) (plain io.Reader, zipped bool, err error) {
	head, err := br.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, false, err
	}
	zipped = len(head) == 2 && head[0] == 0x1f && head[1] == 0x8b
	for name := range strings.SplitSeq(strings.ToLower(strings.Join(encodings, ",")), ",") {
		switch name = strings.TrimSpace(name); name {
		case "", "identity", "none", "utf-8", "gzip", "x-gzip":
		case "deflate":
			plain, err = inflate(br)
			return plain, false, err
		default:
			return nil, false, fmt.Errorf("%w: sent as %q, asked for gzip", errEncoding, name)
		}
	}
	return br, zipped, nil
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
