// Package deliver takes digests to the people who receive them. It drains the
// outbox: deliveries that publish saved together with their digest, each with
// its bytes and its id already fixed.
//
// The invariant: what is about to be sent is marked Sending in the store before
// the first byte leaves, and Sent after the receiver took it. A process that
// dies in between finds the mark at its next start and sends the same bytes
// under the same id once more, so that a receiver can tell the copy. Nothing
// better can be had from SMTP; a webhook receiver can drop the copy by its id.
//
// Recipients are independent: one that hangs or refuses neither delays nor repeats
// another, of its own channel or of others. What one of them is owed goes in the order of
// its slots; side by side go as many as one host is asked to bear. The package refuses to retry what the receiver refused for good
// (Permanent) and gives up on the rest only after five days.
//
// A delivery that is several messages (Parted) is noted after each: what failed in the
// middle goes on there, and repeats nothing.
//
// Read Channel and Runner first. The adapters are deliver/email, deliver/webhook,
// deliver/chat and deliver/file; each passes the suite in deliver/delivertest.
package deliver

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"samur/internal/news"
)

// Channel is a way to reach recipients. Both methods may be called concurrently.
type Channel interface {
	// Recipients lists where an edition goes; each becomes a delivery of its own.
	Recipients() []string
	// Compose makes the bytes for one recipient and says of which media type they are.
	// The same edition and recipient always give the same bytes.
	Compose(e news.Edition, to news.Recipient) (payload []byte, mediaType string, err error)
	// Send hands the payload over and returns what the receiver answered. An error
	// is tried again later unless it is Permanent.
	Send(ctx context.Context, d news.Delivery) (reply string, err error)
}

// Parted is a Channel whose deliveries can be several messages, for services that limit
// the length of one. Send then sends the one message that d.Taken names, from 0.
type Parted interface {
	// Parts returns of how many messages d consists.
	Parts(d news.Delivery) int
}

// Closable is a Channel that can be closed by its receiver, see Gone.
type Closable interface {
	// Settings names the settings that reach the receiver, and gives none of them away.
	Settings() string
}

// permanentError is a refusal that no retry will change.
type permanentError struct{ err error }

func (e permanentError) Error() string { return e.err.Error() }
func (e permanentError) Unwrap() error { return e.err }

// Permanent marks err as a refusal for good: the delivery fails at once and waits
// for a person.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return permanentError{err}
}

// IsPermanent reports whether err was marked by Permanent.
func IsPermanent(err error) bool {
	_, ok := errors.AsType[permanentError](err)
	return ok
}

// goneError is a refusal of everything that is to come as well.
type goneError struct{ err error }

func (e goneError) Error() string { return e.err.Error() }
func (e goneError) Unwrap() error { return e.err }

// Gone marks err as permanent, and closes the channel: the receiver wants nothing more
// from these settings.
func Gone(err error) error {
	if err == nil {
		return nil
	}
	return permanentError{goneError{err}}
}

// IsGone reports whether err was marked by Gone.
func IsGone(err error) bool {
	_, ok := errors.AsType[goneError](err)
	return ok
}

// laterError is a refusal that names the time after which to try again.
type laterError struct {
	err   error
	after time.Duration
}

func (e laterError) Error() string { return e.err.Error() }
func (e laterError) Unwrap() error { return e.err }

// Later marks err as a refusal that asks not to be tried again before after has passed.
func Later(err error, after time.Duration) error {
	if err == nil {
		return nil
	}
	return laterError{err, after}
}

// AskedWait returns how long the receiver asked to be left alone, 0 when it did not.
func AskedWait(err error) time.Duration {
	later, _ := errors.AsType[laterError](err)
	return later.after
}

// Bounds of the retry plan.
const (
	giveUpAfter  = 5 * 24 * time.Hour // as mail servers do, RFC 5321 section 4.5.4.1
	firstDayCap  = 15 * time.Minute
	laterCap     = 4 * time.Hour
	maxAskedWait = 12 * time.Hour // a Retry-After beyond this is not believed
)

// pause returns how long to wait after the n-th failed attempt (n from 1) of a
// delivery that is age old: one minute, doubling up to a quarter of an hour for the
// first day, then up to four hours. Up to a tenth is added, the same for the same
// delivery and attempt, so that many deliveries do not return in step.
func pause(id string, n int, age time.Duration, err error) time.Duration {
	limit := firstDayCap
	if age > 24*time.Hour {
		limit = laterCap
	}
	wait := limit
	if shift := n - 1; shift < 16 {
		wait = min(limit, time.Minute<<shift)
	}
	wait = max(wait, min(AskedWait(err), maxAskedWait))
	h := fnv.New64a()
	fmt.Fprintf(h, "%s %d", id, n)
	return wait + time.Duration(h.Sum64()%uint64(wait/10+1))
}

// ID returns the stable id of the delivery of a slot to a recipient of a channel:
// readable, and fit for a Message-ID, a webhook-id and a file name.
func ID(slot news.Slot, channel, to string) string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\x00%s\x00%s", slot, channel, to)
	return fmt.Sprintf("%s-%s-%s-%08x", slot.Digest, slot.At.UTC().Format("20060102T150405Z"), channel, uint32(h.Sum64()))
}
