package store

import "samur/internal/news"

// A room holds the records of what is saved together, from when they are encoded until
// they are on the disk. The next save takes it over: a first poll writes 150 MB of them,
// some hundred KB at a time.
type room struct {
	enc    encoder
	blocks [][]byte
	used   int    // blocks that have records
	free   []byte // the rest of the last of these
}

const (
	roomBlock  = 64 << 10
	roomBlocks = 16 // that a room keeps
)

// takeRoom returns the room of the save before, or a new one while another save has it.
func (s *Store) takeRoom() *room {
	if r := s.spare.Swap(nil); r != nil {
		return r
	}
	return &room{}
}

// leaveRoom leaves a room to the next save. Its records must be on the disk, and known to
// no transaction any more.
func (s *Store) leaveRoom(r *room) {
	r.begin(0) // what was encoded last keeps no text
	if cap(r.enc.b) > roomBlock {
		r.enc.b = nil
	}
	clear(r.blocks[min(len(r.blocks), roomBlocks):])
	r.blocks = r.blocks[:min(len(r.blocks), roomBlocks)]
	r.used, r.free = 0, nil
	s.spare.Store(r)
}

// begin starts a record of the given version, which ends with keep.
func (r *room) begin(version byte) *encoder {
	clear(r.enc.syms)
	r.enc.b, r.enc.syms = append(r.enc.b[:0], version), r.enc.syms[:0]
	return &r.enc
}

// keep returns the record that was begun, with space for its checksum.
func (r *room) keep() []byte {
	n := len(r.enc.b)
	rec := r.space(n + checksumSize)[:n]
	copy(rec, r.enc.b)
	return rec
}

// space returns bytes for a record, of which nothing is known. A nil room has none, and
// makes them.
func (r *room) space(size int) []byte {
	if r == nil || size > roomBlock/4 { // a large one might leave much of a block empty
		return make([]byte, size)
	}
	if size > len(r.free) {
		if r.used == len(r.blocks) {
			r.blocks = append(r.blocks, make([]byte, roomBlock))
		}
		r.free = r.blocks[r.used]
		r.used++
	}
	b := r.free[:size:size]
	r.free = r.free[size:]
	return b
}

func (r *room) item(it news.Item) []byte {
	r.begin(itemV3).item(it)
	return r.keep()
}

func (r *room) words(terms []news.IndexTerm) []byte {
	r.begin(recordV1).words(terms)
	return r.keep()
}

func (r *room) story(st news.Story) []byte {
	r.begin(storyV2).story(st)
	return r.keep()
}
