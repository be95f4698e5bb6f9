package cli

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

func TestInheritedRefuses(t *testing.T) {
	own := strconv.Itoa(os.Getpid())
	for _, tt := range []struct {
		name, pid, fds string
		want           string
	}{
		{"nothing is passed", "", "", ""},
		{"sockets of another process", "1", "2", ""},
		{"none", own, "0", ""},
		{"no number", own, "two", `LISTEN_FDS is "two" and no number`},
		{"less than none", own, "-1", `LISTEN_FDS is "-1" and no number`},
	} {
		ls, err := inherited(func(name string) string {
			return map[string]string{"LISTEN_PID": tt.pid, "LISTEN_FDS": tt.fds}[name]
		})
		if len(ls) > 0 || (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, %v; want none and %q", tt.name, ls, err, tt.want)
		}
	}
}
