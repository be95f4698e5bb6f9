package email_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"samur/internal/deliver"
	"samur/internal/deliver/delivertest"
	"samur/internal/deliver/email"
)

// program writes a shell script that plays sendmail: it keeps its arguments and input
// beside it, says something and ends with a code.
func program(t *testing.T, rest string) (path, dir string) {
	t.Helper()
	dir = t.TempDir()
	path = filepath.Join(dir, "sendmail")
	script := fmt.Sprintf("#!/bin/sh\nprintf '%%s\\n' \"$@\" >%[1]s/args\ncat >%[1]s/mail\n%[2]s\n", dir, rest)
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path, dir
}

func piped(t *testing.T, program string) *email.Channel {
	t.Helper()
	return open(t, email.Options{Program: program, From: "samur <-samur@example.org>", To: []string{"reader@example.org"}})
}

func TestSendmail(t *testing.T) {
	path, dir := program(t, "echo queued")
	c := piped(t, path)
	d := delivertest.Compose(t, c, delivertest.Edition())
	reply, err := c.Send(t.Context(), d)
	if err != nil || reply != "exit status 0 queued" {
		t.Fatalf("Send = %q, %v", reply, err)
	}
	args, err := os.ReadFile(filepath.Join(dir, "args"))
	if want := "-i\n-f-samur@example.org\n--\nreader@example.org\n"; err != nil || string(args) != want {
		t.Errorf("arguments = %q, %v, want %q", args, err, want)
	}
	got, err := os.ReadFile(filepath.Join(dir, "mail"))
	if want := strings.ReplaceAll(string(d.Payload), "\r\n", "\n"); err != nil || string(got) != want {
		t.Errorf("mail = %q, %v, want %q", got, err, want)
	}
}

// TestSendmailChannel runs the suite of all channels against a program that does what the
// file mode beside it says.
func TestSendmailChannel(t *testing.T) {
	delivertest.Run(t, func(t *testing.T) delivertest.Harness {
		path, dir := program(t, `case $(cat "$(dirname "$0")"/mode 2>/dev/null) in busy) exit 75 ;; refuse) exit 67 ;; hang) exec sleep 60 ;; esac
cat "$(dirname "$0")"/mail >>"$(dirname "$0")"/box; printf '\\000' >>"$(dirname "$0")"/box; echo queued`)
		return delivertest.Harness{
			Channel: piped(t, path),
			Set: func(m delivertest.Mode) {
				word := map[delivertest.Mode]string{delivertest.Busy: "busy", delivertest.Refuse: "refuse", delivertest.Hang: "hang"}[m]
				if err := os.WriteFile(filepath.Join(dir, "mode"), []byte(word), 0o600); err != nil {
					t.Fatal(err)
				}
			},
			Received: func() []delivertest.Received {
				box, err := os.ReadFile(filepath.Join(dir, "box"))
				if err != nil {
					t.Fatal(err)
				}
				var got []delivertest.Received
				for mail := range bytes.SplitSeq(bytes.TrimSuffix(box, []byte{0}), []byte{0}) {
					got = append(got, delivertest.Received{Body: mail})
				}
				return got
			},
			Modes: []delivertest.Mode{delivertest.Busy, delivertest.Refuse, delivertest.Hang},
		}
	})
}

func TestSendmailOutcomes(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "absent")
	temp, _ := program(t, "echo 'queue is full' >&2; exit 75")
	refused, _ := program(t, "echo 'no such user' >&2; exit 67")
	killed, _ := program(t, "kill -9 $$")
	chatty, _ := program(t, "head -c 1000000 /dev/zero | tr '\\0' 'x'; exit 64")
	for _, tt := range []struct {
		name, path string
		permanent  bool
		want       string
	}{
		{"asks to come again", temp, false, "queue is full"},
		{"refuses", refused, true, "exit status 67 no such user"},
		{"is killed", killed, false, "signal: killed"},
		{"is not there", missing, false, "no such file"},
		{"says too much", chatty, true, "exit status 64 xxx"},
	} {
		c := piped(t, tt.path)
		_, err := c.Send(t.Context(), delivertest.Compose(t, c, delivertest.Edition()))
		if err == nil || deliver.IsPermanent(err) != tt.permanent || !strings.Contains(err.Error(), tt.want) || len(err.Error()) > 1000 {
			t.Errorf("%s: Send = %.1000v, want one with %q, permanent %v", tt.name, err, tt.want, tt.permanent)
		}
	}
}

func TestSendmailThatHangs(t *testing.T) {
	path, _ := program(t, "exec sleep 60")
	c := piped(t, path)
	d := delivertest.Compose(t, c, delivertest.Edition())
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if _, err := c.Send(ctx, d); err == nil || deliver.IsPermanent(err) {
		t.Errorf("Send = %v, want an error to retry", err)
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("Send took %v after its context ended", took)
	}
}
