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
	"slices"
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
	unzips sync.Pool // of *gzip.Reader: each takes more than most feeds
}

// read reads the whole body, decompressed, at most limit bytes of it. The
// compressed bytes are held to the same limit: a stream of empty blocks would
// else never end. large is called before the body becomes a large one.
func (rd *reader) read(resp *http.Response, limit int64, large func() error) ([]byte, error) {
	announced := resp.ContentLength
	if announced > limit {
		return nil, fmt.Errorf("%w: announces %d bytes, the limit is %d", errTooLarge, announced, limit)
	}
	raw := &capped{r: resp.Body, left: limit}
	plain, zipped, err := decoder(raw, resp.Header.Values("Content-Encoding"))
	if err != nil {
		return nil, bodyError(err)
	}
	if zipped {
		z, err := rd.unzip(plain)
		if err != nil {
			return nil, bodyError(err)
		}
		defer rd.putBack(z)
		plain, announced = z, usualRatio*announced
	}
	body, err := gather(&capped{r: plain, left: limit}, announced, limit, large)
	// The header of a member can only be bad behind a whole one, whose checksum was
	// right: some servers pad what they compressed.
	if err != nil && !errors.Is(err, gzip.ErrHeader) {
		return nil, bodyError(err)
	}
	return body, nil
}

// usualRatio is how much more a feed is than its bytes in gzip, for most.
const usualRatio = 4

// unzip returns a reader of what r holds in gzip, until putBack.
func (rd *reader) unzip(r io.Reader) (*gzip.Reader, error) {
	z, ok := rd.unzips.Get().(*gzip.Reader)
	if !ok {
		return gzip.NewReader(r)
	}
	return z, z.Reset(r)
}

// putBack keeps z for another body, and nothing of the one that it read.
func (rd *reader) putBack(z *gzip.Reader) {
	_ = z.Reset(strings.NewReader("")) // which is no gzip
	rd.unzips.Put(z)
}

// Large is the size, in bytes, from which a body is large. Of many that turn out to be,
// each holds so much while it waits for the others.
const Large = 256 << 10

// From a megabyte on memory is taken at once for all that a feed may have, where the
// limit is not less: to join pieces of ten megabytes takes twice that.
const (
	inPieces = 1 << 20
	roomy    = 12 << 20
)

// gather reads r, of at most limit bytes, to its end. It takes memory as it is filled,
// in pieces, and no more than for a small body on the word of the server: many hosts may
// announce much and send nothing. The error comes with what was read before it.
func gather(r io.Reader, announced, limit int64, large func() error) ([]byte, error) {
	var pieces [][]byte
	size, next := 0, int(min(max(announced, 0), Large))+bytes.MinRead
	for {
		if size >= Large && large != nil {
			if err := large(); err != nil {
				return nil, err
			}
			large = nil
		}
		var b []byte
		from := 0 // what stands in b
		if size >= inPieces && size < roomy && limit > int64(size) {
			b = make([]byte, min(limit, roomy)+bytes.MinRead)
			for _, p := range pieces {
				from += copy(b[from:], p)
			}
			pieces = nil
		} else {
			b = make([]byte, next)
		}
		piece, err := fill(r, b[from:])
		pieces = append(pieces, b[:from+len(piece)])
		size += len(piece)
		if err != nil {
			if len(pieces) > 1 {
				pieces[0] = slices.Concat(pieces...)
			}
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return pieces[0], err
		}
		next = max(bytes.MinRead, min(size, inPieces))
	}
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
func decoder(r io.Reader, encodings []string) (plain io.Reader, zipped bool, err error) {
	br := bufio.NewReader(r)
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
