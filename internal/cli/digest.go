package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/internal/config"
	"samur/internal/news"
	"samur/internal/publish"
	"samur/internal/records"
	"samur/internal/render"
	"samur/internal/schedule"
	"samur/internal/store"
)

func newDigest(env *Env) *cobra.Command {
	return group("digest", "editions: make, preview, list, show, verify, send",
		`A digest has a schedule; each time it fires is a slot, and the edition of a slot is made
once and never changed. What an edition tells is everything since the last one: windows
join end to end. The daemon makes and sends editions by itself; these commands look at
them, make one out of turn, and send what did not get through.`,
		"samur digest preview",
		newDigestMake(env), newDigestPreview(env), newDigestList(env), newDigestShow(env), newDigestVerify(env), newDigestSend(env))
}

// slotFlags name a digest and one of its slots.
type slotFlags struct{ name, slot string }

// add adds the flags; without says which slot is meant without --slot.
func (f *slotFlags) add(cmd *cobra.Command, without string) {
	cmd.Flags().StringVar(&f.name, "digest", "", "which digest (default: the only one)")
	cmd.Flags().StringVar(&f.slot, "slot", "", "which slot: a day (2026-03-08), or the instant (RFC 3339) (default: "+without+")")
}

// resolve returns the plan and the slot that the flags mean. A day is the first slot
// that the schedule has on it, in the digest's zone; without --slot it is now.
func (f *slotFlags) resolve(cfg *config.Config, now time.Time) (publish.Plan, news.Slot, error) {
	plan, err := app.FindPlan(cfg, f.name)
	if err != nil {
		return plan, news.Slot{}, misuse{err}
	}
	at, err := f.instant(plan, now)
	return plan, news.Slot{Digest: plan.Name, At: at.UTC()}, err
}

func (f *slotFlags) instant(plan publish.Plan, now time.Time) (time.Time, error) {
	if f.slot == "" {
		return now.Truncate(time.Second), nil
	}
	if at, err := time.Parse(time.RFC3339, f.slot); err == nil {
		return at, nil
	}
	loc, err := time.LoadLocation(plan.Zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("load zone %q: %w", plan.Zone, err)
	}
	day, err := time.ParseInLocation(time.DateOnly, f.slot, loc)
	if err != nil {
		return time.Time{}, misusef("--slot %q is neither a day (2026-03-08) nor an instant (2026-03-08T07:00:00+04:00)", f.slot)
	}
	slots := schedule.Slots(plan.At, plan.Zone, day.Add(-time.Second), day.AddDate(0, 0, 1).Add(-time.Second))
	if len(slots) == 0 {
		return time.Time{}, misusef("digest %q has no slot on %s; its schedule is %q", plan.Name, f.slot, plan.At)
	}
	return slots[0], nil
}

func newDigestMake(env *Env) *cobra.Command {
	f := &slotFlags{}
	cmd := &cobra.Command{
		Use: "make", Short: "make the edition of a slot now, once, and send it", Args: takes(0, 0),
		Long: `Makes the edition of a slot (now, or --slot), saves it with its deliveries and sends
them. A slot is made once: a second try says so and exits 1. The window begins where
the digest's last edition ended. Prints its text, with --json the whole digest on one
line. Exit 1 also when a delivery did not get through; it stays in the outbox.`,
		Example: "  samur digest make --slot 2026-03-08",
	}
	f.add(cmd, "now")
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		plan, slot, err := f.resolve(s.cfg, s.now())
		if err != nil {
			return err
		}
		return s.withLine(func(c *app.Core, line *app.Line) error {
			e, err := line.Publisher.Make(plan, slot, s.now())
			if errors.Is(err, news.ErrExists) {
				return fmt.Errorf("the edition of %s was made before; see it with: samur digest show --digest %s --slot %s", slot, slot.Digest, slot.At.Format(time.RFC3339))
			}
			if err != nil {
				return err
			}
			if err := writeEdition(cmd, s.cfg, e, "text"); err != nil {
				return err
			}
			return s.drain(cmd, c)
		})
	})
}

func newDigestPreview(env *Env) *cobra.Command {
	f := &slotFlags{}
	var form string
	var why bool
	cmd := &cobra.Command{
		Use: "preview", Short: "show the edition as it would be now; writes nothing", Args: takes(0, 0),
		Long: `Shows the edition that digest make would make at this moment. Nothing is stored or sent,
and stories that would be merged before are still apart. --why adds what the rank of each
story is made of; the JSON form has it always. --json prints that form on one line.`,
		Example: "  samur digest preview --why",
	}
	f.add(cmd, "now")
	addForm(cmd, &form)
	cmd.Flags().BoolVar(&why, "why", false, "also show what the rank of each story is made of (text form)")
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		if err := checkForm(cmd, form); err != nil {
			return err
		}
		plan, slot, err := f.resolve(s.cfg, s.now())
		if err != nil {
			return err
		}
		return s.withLine(func(_ *app.Core, line *app.Line) error {
			e, err := line.Publisher.Build(plan, slot, s.now())
			if err != nil {
				return err
			}
			if why {
				e.Text = render.Explained(e.Digest)
			}
			return writeEdition(cmd, s.cfg, e, form)
		})
	})
}

// forms are the forms of an edition.
var forms = []string{"text", "html", "markdown", "json", "atom"}

func addForm(cmd *cobra.Command, form *string) {
	cmd.Flags().StringVar(form, "form", "text", "text, html, markdown, json or atom")
}

// checkForm refuses a form that there is not, or one beside --json.
func checkForm(cmd *cobra.Command, form string) error {
	if err := oneOf("--form", form, forms); err != nil || form == "json" || !cmd.Flags().Changed("form") {
		return err
	}
	return oneForm(cmd, "--form "+form)
}

// writeEdition prints one form of an edition; --json is the JSON form on one line.
func writeEdition(cmd *cobra.Command, cfg *config.Config, e news.Edition, form string) error {
	if wantJSON(cmd) {
		return newLines(cmd.OutOrStdout()).print(json.RawMessage(e.JSON))
	}
	b := e.Text
	switch form {
	case "html":
		b = e.HTML
	case "markdown":
		b = e.Markdown
	case "json":
		b = append(bytes.TrimSuffix(e.JSON, []byte("\n")), '\n')
	case "atom":
		base := ""
		if !cfg.Web.Off() {
			base = "http://" + cfg.Web.Listen
		}
		var err error
		if b, err = render.Atom([]news.Digest{e.Digest}, base+"/atom.xml", base); err != nil {
			return err
		}
	}
	if _, err := cmd.OutOrStdout().Write(b); err != nil {
		return fmt.Errorf("write edition: %w", err)
	}
	return nil
}

func newDigestList(env *Env) *cobra.Command {
	var name string
	var limit int
	cmd := &cobra.Command{
		Use: "list", Short: "list the editions, newest first", Args: takes(0, 0),
		Long:    "Lists the stored editions with what they told: stories, entries seen, told and held.",
		Example: "  samur digest list --limit 7",
	}
	cmd.Flags().StringVar(&name, "digest", "", "which digest (default: all)")
	cmd.Flags().IntVar(&limit, "limit", 30, "at most so many")
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		return s.withStore(func(st *store.Store) error {
			ds, err := st.Digests(name, limit)
			if err != nil {
				return err
			}
			return printDigests(cmd, ds)
		})
	})
}

func printDigests(cmd *cobra.Command, ds []news.Digest) error {
	out := newLines(cmd.OutOrStdout())
	t := newTable(tableOut(cmd), "DIGEST", "SLOT", "MADE", "STORIES", "SEEN", "TOLD", "HELD")
	for _, d := range ds {
		l := d.Ledger
		if !wantJSON(cmd) {
			t.row(d.Slot.Digest, stamp(d.Slot.At), stamp(d.Made), strconv.Itoa(l.Stories), strconv.Itoa(l.Seen), strconv.Itoa(l.Told), strconv.Itoa(l.Held))
			continue
		}
		if err := out.print(records.DigestOf(d)); err != nil {
			return err
		}
	}
	return t.flush()
}

// edition returns the stored edition that the flags mean, the last one without a slot.
func (f *slotFlags) edition(cfg *config.Config, st *store.Store, now time.Time) (news.Edition, error) {
	plan, slot, err := f.resolve(cfg, now)
	if err != nil {
		return news.Edition{}, err
	}
	if f.slot == "" {
		last, err := st.LastDigest(plan.Name)
		if errors.Is(err, news.ErrNotFound) {
			return news.Edition{}, fmt.Errorf("digest %q has no edition yet; make one with: samur digest make", plan.Name)
		}
		if err != nil {
			return news.Edition{}, err
		}
		slot = last.Slot
	}
	e, err := st.Edition(slot)
	if errors.Is(err, news.ErrNotFound) {
		return e, fmt.Errorf("no edition of %s; see: samur digest list", slot)
	}
	return e, err
}

func newDigestShow(env *Env) *cobra.Command {
	f := &slotFlags{}
	var form string
	cmd := &cobra.Command{
		Use: "show", Short: "print a stored edition, the last one without --slot", Args: takes(0, 0),
		Long: `Prints a stored edition as it was made, in any of its forms. --json prints the JSON form
on one line.`,
		Example: "  samur digest show --slot 2026-03-08 --form html",
	}
	f.add(cmd, "the last edition")
	addForm(cmd, &form)
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		if err := checkForm(cmd, form); err != nil {
			return err
		}
		return s.withStore(func(st *store.Store) error {
			e, err := f.edition(s.cfg, st, s.now())
			if err != nil {
				return err
			}
			return writeEdition(cmd, s.cfg, e, form)
		})
	})
}

func newDigestVerify(env *Env) *cobra.Command {
	f := &slotFlags{}
	cmd := &cobra.Command{
		Use: "verify", Short: "check an edition's account against the store, and show its deliveries", Args: takes(0, 0),
		Long: `Counts the window of an edition anew from the store and compares it with the ledger at
its foot: seen = told + held + repeated + rejected, with what an earlier window counted
as repeated and this edition tells. Checks that every item told is in the store, that
the window begins where the last one ended, and lists the deliveries with the
receivers' answers. Exit 1 when anything does not agree.`,
		Example: "  samur digest verify --slot 2026-03-08",
	}
	f.add(cmd, "the last edition")
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		return s.withStore(func(st *store.Store) error {
			e, err := f.edition(s.cfg, st, s.now())
			if err != nil {
				return err
			}
			faults, err := publish.Verify(st, e.Digest)
			if err != nil {
				return err
			}
			return printVerified(cmd, st, e.Digest, faults)
		})
	})
}

func printVerified(cmd *cobra.Command, st *store.Store, d news.Digest, faults []string) error {
	ds, err := st.Deliveries(store.DeliveryQuery{Slot: d.Slot})
	if err != nil {
		return err
	}
	w := cmd.OutOrStdout()
	l := d.Ledger
	if wantJSON(cmd) {
		outs := []records.Delivery{}
		for _, x := range ds {
			outs = append(outs, records.DeliveryOf(x))
		}
		err = newLines(w).print(struct {
			Slot       string             `json:"slot"`
			Good       bool               `json:"good"`
			Faults     []string           `json:"faults"`
			Seen       int                `json:"seen"`
			Parted     int                `json:"parted,omitempty"`
			Told       int                `json:"told"`
			Held       int                `json:"held"`
			Repeated   int                `json:"repeated"`
			Rejected   int                `json:"rejected"`
			Deliveries []records.Delivery `json:"deliveries"`
		}{d.Slot.String(), len(faults) == 0, append([]string{}, faults...), l.Seen, l.Parted, l.Told, l.Held, l.Repeated, l.Rejected, outs})
	} else {
		parted := ""
		if l.Parted > 0 {
			parted = fmt.Sprintf(" and %d of an earlier window", l.Parted)
		}
		say(w, "%s: %d entries seen%s = %d told + %d held + %d repeated + %d rejected", d.Slot, l.Seen, parted, l.Told, l.Held, l.Repeated, l.Rejected)
		err = printDeliveries(cmd, ds)
	}
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		say(cmd.ErrOrStderr(), "samur: the account of %s does not agree with the store:\n  %s", d.Slot, strings.Join(faults, "\n  "))
		return errSilent
	}
	if !wantJSON(cmd) {
		say(w, "the account agrees with the store")
	}
	return nil
}

func newDigestSend(env *Env) *cobra.Command {
	f := &slotFlags{}
	cmd := &cobra.Command{
		Use: "send", Short: "try what is still unsent of an edition, now", Args: takes(0, 0),
		Long: `Makes the deliveries of an edition that wait or were refused due at once and tries
them. What was taken already is left alone. --json prints the record of each as it is
then; a running daemon sends by itself, and it may still wait. Exit 1 when one did not
get through.`,
		Example: "  samur digest send",
	}
	f.add(cmd, "the last edition")
	return stored(env, cmd, func(cmd *cobra.Command, s *session, _ []string) error {
		return s.withCore(func(c *app.Core) error {
			e, err := f.edition(s.cfg, c.Store, s.now())
			if err != nil {
				return err
			}
			ds, err := unsent(c.Store, e.Digest.Slot)
			if err != nil {
				return err
			}
			return s.sendNow(cmd, c, ds)
		})
	})
}
