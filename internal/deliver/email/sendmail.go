package email

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"samur/internal/deliver"
)

// tempFail is the exit code, EX_TEMPFAIL of sysexits.h, by which a program asks to be
// called again later.
const tempFail = 75

// pipe hands a message to the program. Lines end as they do on this machine: the program
// makes them those of SMTP. An exit code other than 0 and tempFail is a refusal for good;
// a program that cannot be started or was killed is tried again.
func (c *Channel) pipe(ctx context.Context, to string, msg []byte) (string, error) {
	cmd := exec.CommandContext(ctx, c.o.Program, "-i", "-f"+c.from.Address, "--", to)
	cmd.Dir = "/"
	cmd.Stdin = bytes.NewReader(bytes.ReplaceAll(msg, []byte("\r\n"), []byte("\n")))
	var said tail
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.WaitDelay = 2 * time.Second // a child that lives on does not hold us by its output
	err := cmd.Run()
	exit, ran := errors.AsType[*exec.ExitError](err)
	switch {
	case err == nil:
		return strings.TrimSpace("exit status 0 " + said.String()), nil
	case !ran || ctx.Err() != nil || exit.ExitCode() < 0:
		return "", fmt.Errorf("run %s: %w %s", c.o.Program, err, said.String())
	case exit.ExitCode() == tempFail:
		return "", fmt.Errorf("%s asks to come again later: %w %s", c.o.Program, err, said.String())
	}
	return "", deliver.Permanent(fmt.Errorf("%s refused the mail: %w %s", c.o.Program, err, said.String()))
}

// tail keeps the first of what a program says, and takes all of it.
type tail struct{ b []byte }

func (t *tail) Write(p []byte) (int, error) {
	const most = 500
	t.b = append(t.b, p[:min(len(p), most-min(most, len(t.b)))]...)
	return len(p), nil
}

// String returns the words in one line.
func (t *tail) String() string {
	return oneLine(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(string(t.b), "")))
}
