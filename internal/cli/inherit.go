package cli

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"syscall"
)

// firstPassed is the number of the first descriptor that a service manager passes on.
const firstPassed = 3

// inherited returns the sockets that the service manager opened for this process, as
// sd_listen_fds(3) has it: none when LISTEN_PID names another one. What kind each is
// tells what it is for, so that their names in LISTEN_FDNAMES are free.
func inherited(getenv func(string) string) ([]net.Listener, error) {
	if pid, err := strconv.Atoi(getenv("LISTEN_PID")); err != nil || pid != os.Getpid() {
		return nil, nil
	}
	n, err := strconv.Atoi(getenv("LISTEN_FDS"))
	if err != nil || n < 0 {
		return nil, fmt.Errorf("LISTEN_FDS is %q and no number; the service manager passes sockets that way", getenv("LISTEN_FDS"))
	}
	var ls []net.Listener
	for fd := firstPassed; fd < firstPassed+n; fd++ {
		syscall.CloseOnExec(fd)
		f := os.NewFile(uintptr(fd), "LISTEN_FD_"+strconv.Itoa(fd))
		l, err := net.FileListener(f) // a copy
		_ = f.Close()
		if err != nil {
			for _, l := range ls {
				_ = l.Close() // the error is the one to tell
			}
			return nil, fmt.Errorf("socket %d of the service manager is none to listen on: %w; samur.socket may have ListenStream alone, without Accept", fd-firstPassed+1, err)
		}
		ls = append(ls, l)
	}
	return ls, nil
}
