package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/news"
	"samur/internal/records"
	"samur/internal/store"
)

func newOutbox(env *Env) *cobra.Command {
	return group("outbox", "deliveries: what was sent, what waits, what was refused",
		`Each edition has one delivery per recipient, which waits here with its final bytes until
it was taken. One that a receiver could not take is tried again for days, under the same
id; one that was refused for good waits for retry or drop. A receiver that is gone closes
its channel, until its settings change or a test message is taken.`,
		"samur outbox list --all",
		newOutboxList(env), newOutboxShow(env), newOutboxRetry(env), newOutboxDrop(env), newOutboxTest(env))
}

func newOutboxList(env *Env) *cobra.Command {
	var all bool
	var limit int
	cmd := &cobra.Command{
		Use: "list", Short: "list what waits or was refused; with --all also what was sent", Args: takes(0, 0),
		Long:    "Lists the deliveries that wait or were refused, with the receiver's last answer.",
		Example: "  samur outbox list --json",
	}
	cmd.Flags().BoolVar(&all, "all", false, "also deliveries that were sent or dropped")
	cmd.Flags().IntVar(&limit, "limit", 100, "at most so many")
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		q := store.DeliveryQuery{Limit: limit}
		if !all {
			q.States = []news.DeliveryState{news.DeliveryPending, news.DeliverySending, news.DeliveryFailed}
		}
		return s.withStore(func(st *store.Store) error {
			ds, err := st.Deliveries(q)
			if err != nil {
				return err
			}
			closed, err := st.Closures()
			if err != nil {
				return err
			}
			for _, c := range closed {
				say(cmd.ErrOrStderr(), "channel %s is closed since %s: %s", c.Channel, stamp(c.Since), plain(c.Reason))
			}
			return printDeliveries(cmd, ds)
		})
	})
}

func printDeliveries(cmd *cobra.Command, ds []news.Delivery) error {
	if wantJSON(cmd) {
		out := newLines(cmd.OutOrStdout())
		for _, d := range ds {
			if err := out.print(records.DeliveryOf(d)); err != nil {
				return err
			}
		}
		return nil
	}
	t := newTable(cmd.OutOrStdout(), "STATE", "ID", "RECIPIENT", "TRIES", "NEXT", "LAST ANSWER")
	for _, d := range ds {
		last := ""
		if n := len(d.Attempts); n > 0 {
			last = lastWord(d.Attempts[n-1].Reply, d.Attempts[n-1].Error)
		}
		t.row(string(d.State), d.ID, d.Recipient, strconv.Itoa(len(d.Attempts)), stamp(d.Next), clip(last, 80))
	}
	return t.flush()
}

func newOutboxShow(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "show ID", Short: "print the very bytes of a delivery, and its attempts on stderr", Args: takes(1, 1),
		Long: `Prints the bytes that are sent, and each attempt with the receiver's answer on stderr. With
--json it prints the delivery's record instead of the bytes.`,
		Example: "  samur outbox show daily-20260308T040000Z-mail-f0f77af7",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		return s.withStore(func(st *store.Store) error {
			d, err := findDelivery(st, args[0])
			if err != nil {
				return err
			}
			if wantJSON(cmd) {
				return newLines(cmd.OutOrStdout()).print(records.DeliveryOf(d))
			}
			for _, a := range d.Attempts {
				say(cmd.ErrOrStderr(), "%s  %s", stamp(a.At), plain(lastWord(a.Reply, a.Error)))
			}
			if _, err := cmd.OutOrStdout().Write(d.Payload); err != nil {
				return fmt.Errorf("write payload: %w", err)
			}
			return nil
		})
	})
}

func findDelivery(st *store.Store, id string) (news.Delivery, error) {
	d, err := st.Delivery(id)
	if errors.Is(err, news.ErrNotFound) {
		return d, noDelivery(id)
	}
	return d, err
}

func noDelivery(id string) error {
	return fmt.Errorf("no delivery is called %q; see: samur outbox list --all", id)
}

func newOutboxRetry(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "retry ID|all", Short: "send again what waits or was refused, under its old id", Args: takes(1, 1),
		Long: `Makes a delivery, or all that wait or were refused, due at once and tries them. What was
sent already is left alone: nothing is sent twice from here. --json prints the record of
each as it is then; a running daemon sends by itself, and it may still wait. Exit 1 when
one did not get through.`,
		Example: "  samur outbox retry all",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		return s.withCore(func(c *app.Core) error {
			ds, err := retryable(c.Store, args[0])
			if err != nil {
				return err
			}
			return s.sendNow(cmd, c, ds)
		})
	})
}

// retryable returns the named delivery, or all that a retry can help.
func retryable(st *store.Store, name string) ([]news.Delivery, error) {
	if name != "all" {
		d, err := findDelivery(st, name)
		if err != nil {
			return nil, err
		}
		if d.State == news.DeliverySent {
			return nil, fmt.Errorf("delivery %q was taken already: %s", name, d.Attempts[len(d.Attempts)-1].Reply)
		}
		return []news.Delivery{d}, nil
	}
	return unsent(st, news.Slot{})
}

// unsent returns the deliveries of a slot that wait or were refused, those of every
// slot for the zero one.
func unsent(st *store.Store, slot news.Slot) ([]news.Delivery, error) {
	heads, err := st.Deliveries(store.DeliveryQuery{
		Slot: slot, States: []news.DeliveryState{news.DeliveryPending, news.DeliveryFailed},
	})
	if err != nil {
		return nil, err
	}
	var ds []news.Delivery
	for _, h := range heads {
		d, err := st.Delivery(h.ID)
		if err != nil {
			return nil, err
		}
		ds = append(ds, d)
	}
	return ds, nil
}

// makeDue lets the outbox try deliveries at once. One that was taken meanwhile, or is
// being sent now, is left alone.
func makeDue(st *store.Store, ds []news.Delivery, now time.Time) error {
	for _, d := range ds {
		_, err := st.ChangeDelivery(d.ID, func(d *news.Delivery) bool {
			if d.State == news.DeliverySent || d.State == news.DeliverySending {
				return false
			}
			d.State, d.Next = news.DeliveryPending, now.UTC()
			return true
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sendNow tries deliveries at once and, with --json, prints them as they are then.
func (s *session) sendNow(cmd *cobra.Command, c *app.Core, ds []news.Delivery) error {
	if err := makeDue(c.Store, ds, s.now()); err != nil {
		return err
	}
	err := s.drain(cmd, c)
	if !wantJSON(cmd) || err != nil && !errors.Is(err, errSilent) {
		return err
	}
	out := newLines(cmd.OutOrStdout())
	for _, d := range ds {
		now, readErr := c.Store.Delivery(d.ID)
		if readErr == nil {
			readErr = out.print(records.DeliveryOf(now))
		}
		if readErr != nil {
			return readErr
		}
	}
	return err
}

// drain sends what is due: through the daemon's own runner when it runs, else here.
func (s *session) drain(cmd *cobra.Command, c *app.Core) error {
	if s.shared != nil {
		c.Outbox.Kick()
		say(cmd.ErrOrStderr(), "the daemon sends it now; see: samur outbox list --all")
		return nil
	}
	if _, err := loadConfig(s.env, s.cfg.Path, true); err != nil {
		return err // what is due stays due, for the daemon
	}
	sent, failed, err := c.Outbox.Drain(cmd.Context())
	if err != nil {
		return err
	}
	say(cmd.ErrOrStderr(), "%d delivered, %d not", sent, failed)
	if failed > 0 {
		return errSilent
	}
	return nil
}

func newOutboxDrop(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "drop ID", Short: "give up on a delivery that waits or was refused", Args: takes(1, 1),
		Long:    "Gives up on a delivery: it is not tried any more, and stays in the list of --all as dropped.",
		Example: "  samur outbox drop daily-20260308T040000Z-mail-f0f77af7",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		return s.withStore(func(st *store.Store) error {
			d, err := st.ChangeDelivery(args[0], func(d *news.Delivery) bool {
				if d.State == news.DeliverySent {
					return false
				}
				d.State, d.Next = news.DeliveryDropped, time.Time{}
				return true
			})
			switch {
			case errors.Is(err, news.ErrNotFound):
				return noDelivery(args[0])
			case err != nil:
				return err
			case d.State == news.DeliverySent:
				return fmt.Errorf("delivery %q was taken already; there is nothing to drop", d.ID)
			}
			if wantJSON(cmd) {
				return newLines(cmd.OutOrStdout()).print(records.DeliveryOf(d))
			}
			say(cmd.ErrOrStderr(), "dropped %s", d.ID)
			return nil
		})
	})
}

// outcomeOut is what became of a test message, as printed.
type outcomeOut struct {
	Recipient string `json:"recipient"`
	Reply     string `json:"reply,omitempty"`
	Error     string `json:"error,omitempty"`
}

func newOutboxTest(env *Env) *cobra.Command {
	cmd := &cobra.Command{
		Use: "test CHANNEL", Short: "send a test message through a channel now", Args: takes(1, 1),
		Long: `Sends each recipient of a channel a message that says it is a test, at once and past the
outbox, and prints what the receivers answered. A channel that was closed is open again when
it is taken. Exit 1 when one was not.`,
		Example: "  samur outbox test mail",
	}
	return stored(env, cmd, func(cmd *cobra.Command, s *session, args []string) error {
		if s.shared == nil {
			var err error
			if s.cfg, err = loadConfig(s.env, s.cfg.Path, true); err != nil {
				return err
			}
		}
		return s.withCore(func(c *app.Core) error { return testChannel(cmd, c, args[0]) })
	})
}

func testChannel(cmd *cobra.Command, c *app.Core, name string) error {
	var names []string
	for _, ch := range c.Config.Channels {
		names = append(names, ch.Name)
	}
	if !slices.Contains(names, name) {
		return fmt.Errorf("no channel is called %q; the config has %s", name, strings.Join(names, ", "))
	}
	outs, err := c.TestChannel(cmd.Context(), name)
	if err != nil {
		return err
	}
	lines, table := newLines(cmd.OutOrStdout()), newTable(cmd.OutOrStdout(), "RECIPIENT", "ANSWER")
	for _, o := range outs {
		out := outcomeOut{Recipient: o.Recipient, Reply: o.Reply}
		if o.Err != nil {
			out.Error, err = o.Err.Error(), errSilent
		}
		if !wantJSON(cmd) {
			table.row(out.Recipient, clip(lastWord(out.Reply, out.Error), 200))
		} else if printErr := lines.print(out); printErr != nil {
			return printErr
		}
	}
	if !wantJSON(cmd) {
		if flushErr := table.flush(); flushErr != nil {
			return flushErr
		}
	}
	return err
}

// lastWord is what came of an attempt: why it failed, which has the receiver's words in it,
// else those words alone.
func lastWord(reply, err string) string { return cmp.Or(err, reply) }
