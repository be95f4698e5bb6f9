package store

import (
	"encoding/binary"
	"errors"
	"math"
	"time"
)

// encoder builds a record: varints, length-prefixed strings, and back references
// for strings that a record repeats.
type encoder struct {
	b    []byte
	syms []string
}

// newEncoder starts a record of the given version, with room for size bytes.
func newEncoder(version byte, size int) *encoder {
	return &encoder{b: append(make([]byte, 0, size+1+checksumSize), version)}
}

func (e *encoder) uint(v uint64)  { e.b = binary.AppendUvarint(e.b, v) }
func (e *encoder) int(v int64)    { e.b = binary.AppendVarint(e.b, v) }
func (e *encoder) fixed(v uint64) { e.b = binary.LittleEndian.AppendUint64(e.b, v) }
func (e *encoder) float(v float64) {
	e.fixed(math.Float64bits(v))
}

func (e *encoder) bool(v bool) {
	if v {
		e.b = append(e.b, 1)
		return
	}
	e.b = append(e.b, 0)
}

func (e *encoder) str(s string) {
	e.uint(uint64(len(s)))
	e.b = append(e.b, s...)
}

// maxSyms bounds the search for a repeated string.
const maxSyms = 64

// sym writes a string that the record may repeat: 0 and the string the first
// time, its number after that. The empty string is number 1.
func (e *encoder) sym(s string) {
	if s == "" {
		e.uint(1)
		return
	}
	for i, t := range e.syms {
		if s == t {
			e.uint(uint64(i) + 2)
			return
		}
	}
	e.uint(0)
	e.str(s)
	if len(e.syms) < maxSyms {
		e.syms = append(e.syms, s)
	}
}

// within writes s as a place in text when it stands there, else in full.
func (e *encoder) within(s, text string, at int) {
	if at >= 0 && at <= len(text)-len(s) && text[at:at+len(s)] == s {
		e.uint(uint64(at) + 1)
		e.uint(uint64(len(s)))
		return
	}
	e.uint(0)
	e.str(s)
}

// time keeps an instant to the nanosecond, whatever its year; zones are dropped.
func (e *encoder) time(t time.Time) {
	e.int(t.Unix())
	e.uint(uint64(t.Nanosecond()))
}

// errShort reports a record that ends too early or counts more than it holds. The
// checksum was right, so it was written so: a fault of the program.
var errShort = errors.New("record is not well formed")

// decoder takes a record apart. Strings share the memory of one copy of it. After
// the first error every method returns zero values.
type decoder struct {
	s    string
	syms []string
	err  error
}

// newDecoder reads the payload of rec, which it copies.
func newDecoder(rec []byte) *decoder { return &decoder{s: string(rec[1:])} }

func (d *decoder) fail() { d.err, d.s = errShort, "" }

func (d *decoder) uint() uint64 {
	var v uint64
	for i := range min(len(d.s), binary.MaxVarintLen64) {
		c := d.s[i]
		v |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			d.s = d.s[i+1:]
			return v
		}
	}
	d.fail()
	return 0
}

func (d *decoder) int() int64 {
	u := d.uint()
	v := int64(u >> 1)
	if u&1 != 0 {
		v = ^v
	}
	return v
}

func (d *decoder) fixed() uint64 {
	if len(d.s) < 8 {
		d.fail()
		return 0
	}
	var v uint64
	for i := range 8 {
		v |= uint64(d.s[i]) << (8 * i)
	}
	d.s = d.s[8:]
	return v
}

func (d *decoder) float() float64 { return math.Float64frombits(d.fixed()) }

func (d *decoder) bool() bool { return d.uint() == 1 }

func (d *decoder) str() string {
	n := d.uint()
	if n > uint64(len(d.s)) {
		d.fail()
		return ""
	}
	s := d.s[:n]
	d.s = d.s[n:]
	return s
}

func (d *decoder) sym() string {
	n := d.uint()
	switch {
	case d.err != nil || n == 1:
		return ""
	case n == 0:
		s := d.str()
		if len(d.syms) < maxSyms {
			d.syms = append(d.syms, s)
		}
		return s
	case n-2 < uint64(len(d.syms)):
		return d.syms[n-2]
	}
	d.fail()
	return ""
}

func (d *decoder) within(text string) string {
	at := d.uint()
	if at == 0 {
		return d.str()
	}
	n := d.uint()
	if at-1 > uint64(len(text)) || n > uint64(len(text))-(at-1) {
		d.fail()
		return ""
	}
	return text[at-1 : at-1+n]
}

func (d *decoder) time() time.Time {
	sec, nsec := d.int(), d.uint()
	if nsec > 999_999_999 {
		d.fail()
	}
	if d.err != nil {
		return time.Time{}
	}
	return time.Unix(sec, int64(nsec)).UTC()
}

// encodeList writes a count and the elements.
func encodeList[T any](e *encoder, list []T, one func(T)) {
	e.uint(uint64(len(list)))
	for _, v := range list {
		one(v)
	}
}

// decodeList reads what encodeList wrote; no elements are nil.
func decodeList[T any](d *decoder, one func() T) []T {
	n := d.uint()
	if n > uint64(len(d.s)) { // every element takes a byte or more
		d.fail()
	}
	if n == 0 || d.err != nil {
		return nil
	}
	list := make([]T, 0, n)
	for range n {
		if d.err != nil {
			return nil
		}
		list = append(list, one())
	}
	return list
}

// skimmer goes through a record where it lies: what it returns belongs to the transaction,
// and most it only passes. Behind the end it finds zeros, and is short; so it is where it
// finds what cannot be.
type skimmer struct {
	b     []byte
	short bool
	syms  [][]byte // as the decoder has them, of a record whose strings are all read by sym
}

func (s *skimmer) reset(rec []byte) { s.b, s.short, s.syms = rec[1:], false, s.syms[:0] }

// skip passes n bytes over, and returns them.
func (s *skimmer) skip(n uint64) []byte {
	s.short = s.short || n > uint64(len(s.b))
	n = min(n, uint64(len(s.b)))
	passed := s.b[:n]
	s.b = s.b[n:]
	return passed
}

func (s *skimmer) uint() uint64 {
	v, n := binary.Uvarint(s.b)
	s.short = s.short || n <= 0
	s.skip(uint64(max(n, 0)))
	return v
}

func (s *skimmer) str() []byte { return s.skip(s.uint()) }

// passSym passes what encoder.sym writes, and returns 1 for an empty string.
func (s *skimmer) passSym() uint64 {
	v := s.uint()
	if v == 0 {
		s.str()
	}
	return v
}

// sym reads what encoder.sym writes.
func (s *skimmer) sym() []byte {
	n := s.uint()
	switch {
	case s.short || n == 1:
		return nil
	case n == 0:
		v := s.str()
		if len(s.syms) < maxSyms {
			s.syms = append(s.syms, v)
		}
		return v
	case n-2 < uint64(len(s.syms)):
		return s.syms[n-2]
	}
	s.short = true
	return nil
}

func (s *skimmer) time() time.Time {
	u, nsec := s.uint(), s.uint()
	s.short = s.short || nsec > 999_999_999
	return time.Unix(int64(u>>1)^-int64(u&1), int64(nsec)).UTC()
}
