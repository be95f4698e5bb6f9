// Package store keeps everything samur remembers in one bbolt file: items and the
// identities under which they may come again, stories, figures, events, the state of every
// feed, every poll, every digest, and the outbox. It is the only package that
// imports bbolt; its methods are named by use and take and return news types.
//
// The invariants: what one call writes is written whole or not at all, and is on
// the disk when the call returns; a record that was damaged is an ErrDamaged that
// names it, never a wrong value; no byte slice and no transaction leaves the
// package. It refuses a file of a newer schema, a second owner of the same file,
// and a second digest for a slot. Two holes remain: a disk that fails to confirm
// the very last write of a transaction leaves open whether all of it is there, and
// damage to a page's list of keys can hide records, or end the process where bbolt
// follows it out of the file. Check finds the items, stories and deliveries that are
// hidden so; of other records it sees only what is left.
//
// Buckets and keys (integers big-endian, so that key order is order of arrival;
// every value ends in a CRC-32C over bucket, key and value, see record.go):
//
//	meta       "schema" -> version, created, program; "totals" -> running counts;
//	           "settled" -> Seq of the last item that stories were settled with;
//	           "parted" -> the last items that left a story told without them;
//	           "reindex" -> how far the index was built anew, while that is under way;
//	           "begun" 0 digest name -> when the digest was first known of;
//	           "closed" 0 channel -> why its receiver wants nothing more;
//	           "held" 0 host -> until when it wants to be left alone;
//	           "alerted" 0 alert 0 story id -> when the story went out by the alert
//	items      seq(8) -> item, or a stub of one whose text was pruned
//	seen       feed(8) block(4) -> packed (identity, kind, seq)   hash index, hash.go
//	ids        id prefix(8) block(4) -> packed (id, seq)          hash index
//	urls       host(8) block(4) -> packed (URL, seq)              hash index
//	revisions  seq(8) n(4) -> later wording of that item, and what it would be by itself
//	stories    story id -> story; one that was merged redirects
//	recent     seq of newest member(8) story id -> nothing
//	series     series(8) when the story began(12) story id -> nothing
//	figures    indicator 0 period 0 seq(8) n(2) -> figure point
//	events     first day(10) seq(8) n(2) -> mention; where no day is said that of publication
//	feeds      feed name -> pass of its last poll, feed state
//	listed     feed name -> an identity of each entry of its last document that had some
//	moved      feed name -> nothing; those that are asked elsewhere than the config says
//	listings   feed name -> the entries of its last stored document
//	attempts   pass(8) -> pass of the poll before of that feed, attempt
//	pending    seq(8) -> hashes of the item's words, not yet in words
//	words      partition(4) shard(2) -> postings of 4,096 items, words.go
//	dates      partition(4) -> when these were published, facets.go
//	reduced    seq(8) -> what clustering keeps of that item, reduced.go
//	digests    name 0 time(12) -> digest as JSON
//	forms      name 0 time(12) form -> rendered bytes
//	outbox     delivery id -> delivery as JSON, without payload
//	payloads   delivery id -> the bytes that are sent
//	open       state(1) time(12) delivery id -> nothing; pending and sending only
//	refused    delivery id -> nothing; failed ones only
//	answers    seq(8) -> what a person said of an item, as JSON; never pruned
//	asked      item id -> the slot that asked about it
//
// Every write of a poll appends or touches a feed's own few pages, so its cost
// does not grow with the archive; BenchmarkSaveBatch measures that.
//
// Read Store.SaveBatch first, then record.go.
package store

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"
)

// Errors that callers branch on. They come wrapped, with what to do about them.
var (
	// ErrLocked reports that another process has the store open.
	ErrLocked = errors.New("store is in use")
	// ErrNewer reports a file written by a newer version of the program.
	ErrNewer = errors.New("store is of a newer version")
	// ErrDamaged reports content that is not what was written.
	ErrDamaged = errors.New("store is damaged")
)

// Options configure Open. Path is required.
type Options struct {
	Path     string
	Timeout  time.Duration // to wait for another owner to let go; 1 second when 0
	ReadOnly bool          // several readers may share a file; a writer may not be among them
	Logger   *slog.Logger  // nothing is logged when nil
	Now      func() time.Time
	Version  string // of the program, kept in the file for diagnosis
	MaxSize  int64  // in bytes; writing beyond it is an error; no limit when 0

	// OpenFile replaces os.OpenFile for every file that is written: the seam where
	// tests make a disk fail.
	OpenFile func(name string, flag int, perm os.FileMode) (*os.File, error)

	check      bool        // opened by Check
	migrations []migration // those of the program when nil; tests bring their own
}

// Store is an open store. All methods may be called concurrently.
type Store struct {
	opt  Options
	lg   *slog.Logger
	db   *bbolt.DB
	file *os.File // the one that db works on, to let go of a database that is beyond closing

	swap sync.RWMutex // held by readers, and by Compact when it changes db

	dead atomic.Pointer[error] // why no method works any more

	answered atomic.Uint64 // goes up with every change of the answers
	faceted  atomic.Bool   // every complete partition has facets

	spare atomic.Pointer[room] // of the last save, for the next

	queueMu sync.Mutex
	queue   []*job
	writer  sync.Mutex // held by the caller that commits for the queue
}

// view runs fn in a read transaction. fn must copy what it keeps.
func (s *Store) view(fn func(tx *bbolt.Tx) error) error {
	if p := s.dead.Load(); p != nil {
		return *p
	}
	s.swap.RLock()
	defer s.swap.RUnlock()
	return contain(s.opt.Path, func() error { return s.db.View(fn) })
}

// job is one caller's part of a write transaction.
type job struct {
	fn   func(tx *bbolt.Tx) error
	done bool // guarded by Store.writer, as is err
	err  error
}

// groupLimit bounds how many callers share a transaction, and with it how much is
// repeated when one of them fails.
const groupLimit = 64

// update runs fn in a write transaction and returns when it is on the disk.
// Callers that come while another commits share the next transaction: one fsync
// for all of them, and no waiting when there is only one. fn may run twice.
func (s *Store) update(fn func(tx *bbolt.Tx) error) error {
	j := &job{fn: fn}
	s.queueMu.Lock()
	s.queue = append(s.queue, j)
	s.queueMu.Unlock()

	s.writer.Lock()
	defer s.writer.Unlock()
	for !j.done {
		s.queueMu.Lock()
		n := min(len(s.queue), groupLimit)
		group := s.queue[:n:n]
		s.queue = s.queue[n:]
		s.queueMu.Unlock()
		s.commit(group)
	}
	return j.err
}

// commit runs the jobs of a group in one transaction. A job that fails is taken
// out, with its error, and the others run again without it.
func (s *Store) commit(group []*job) {
	for len(group) > 0 {
		failed := -1
		err := s.write(func(tx *bbolt.Tx) error {
			for i, j := range group {
				if err := j.fn(tx); err != nil {
					failed = i
					return err
				}
			}
			return nil
		})
		if failed < 0 {
			for _, j := range group {
				j.done, j.err = true, err
			}
			return
		}
		group[failed].done, group[failed].err = true, err
		group = append(append([]*job(nil), group[:failed]...), group[failed+1:]...)
	}
}

// write runs fn in a write transaction of its own. A panic of bbolt in the middle
// of one leaves the database in doubt: the store then refuses everything.
func (s *Store) write(fn func(tx *bbolt.Tx) error) error {
	if p := s.dead.Load(); p != nil {
		return *p
	}
	if s.opt.ReadOnly {
		return fmt.Errorf("store %q was opened read-only", s.opt.Path)
	}
	whole := false
	err := contain(s.opt.Path, func() error {
		err := s.db.Update(fn)
		whole = true
		return err
	})
	if !whole {
		s.dead.Store(&err)
	}
	return err
}

// Close lets go of the file. It waits for calls under way.
func (s *Store) Close() error {
	closed := fmt.Errorf("store %q is closed", s.opt.Path)
	if p := s.dead.Swap(&closed); p != nil {
		if !errors.Is(*p, ErrDamaged) {
			return nil // closed before
		}
		// Its locks may be held for ever: close the file alone.
		return letGo(s.file)
	}
	s.writer.Lock() // Compact may be about to change db
	defer s.writer.Unlock()
	if !s.opt.ReadOnly {
		removeHolder(s.opt.Path)
	}
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("close store %q: %w", s.opt.Path, err)
	}
	return nil
}

// contain runs fn and turns a panic or a memory fault in it, bbolt's answer to a
// damaged page, into ErrDamaged.
func contain(path string, fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %q: %v; restore a backup with: samur restore", ErrDamaged, path, p)
		}
	}()
	return fn()
}
