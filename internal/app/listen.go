package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/http/pprof"
	"net/netip"
	"os"
	"os/user"
	"strconv"
	"syscall"

	"samur/internal/config"
)

// bind takes over the listeners that were opened for us, and opens those that were not.
func (a *App) bind() error {
	for _, l := range a.hooks.Listeners {
		a.down.add("listener", func(context.Context) error { return closed(l.Close()) })
		if l.Addr().Network() == "unix" {
			a.sock = l
			continue
		}
		a.web = append(a.web, l)
	}
	if err := a.bindPages(); err != nil {
		return err
	}
	for _, l := range a.web {
		a.core.Pages = append(a.core.Pages, l.Addr())
	}
	if a.hooks.Socket == nil || a.sock != nil {
		return nil
	}
	l, err := listenLocal(a.core.Config.Socket)
	if err != nil {
		return fmt.Errorf("open local socket: %w", err)
	}
	a.sock = l
	a.down.add("socket listener", func(context.Context) error { return closed(l.Close()) })
	return nil
}

// bindPages opens the pages' listener unless it was opened for us. One that was is held
// to the config: it must not show the pages to more people than that thinks of.
func (a *App) bindPages() error {
	w := a.core.Config.Web
	if len(a.web) == 0 {
		if w.Off() {
			return nil
		}
		l, err := net.Listen("tcp", w.Listen)
		if err != nil {
			return fmt.Errorf("open pages on web.listen %q: %w; is samur running already, or another program on that port?", w.Listen, err)
		}
		a.web = []net.Listener{l}
		a.down.add("pages listener", func(context.Context) error { return closed(l.Close()) })
		return nil
	}
	for _, l := range a.web {
		at := l.Addr().String()
		switch {
		case w.Off():
			return fmt.Errorf("the service manager opened %s for the pages and web.listen is none; disable samur.socket, or write web.listen: %s", at, at)
		case !w.Guarded() && !loopback(at):
			return fmt.Errorf("the service manager opened %s for the pages: all who reach it could read them; add web.password_file or web.user_header, or a ListenStream on 127.0.0.1", at)
		case !SameAddress(at, w.Listen):
			a.lg.Warn("pages are served on the socket of the service manager and not on web.listen", "url", "http://"+at+"/")
		}
	}
	return nil
}

// loopback reports whether only this machine reaches an address.
func loopback(at string) bool {
	ap, err := netip.ParseAddrPort(at)
	return err == nil && ap.Addr().Unmap().IsLoopback()
}

// SameAddress reports whether what web.listen says is where a listener is. Port 0 is any.
func SameAddress(at, listen string) bool {
	want, err := net.ResolveTCPAddr("tcp", listen)
	if err != nil {
		return false
	}
	have, err := net.ResolveTCPAddr("tcp", at)
	if err != nil || have.Port != want.Port && want.Port != 0 {
		return false
	}
	any := func(ip net.IP) bool { return len(ip) == 0 || ip.IsUnspecified() }
	return have.IP.Equal(want.IP) || any(have.IP) && any(want.IP)
}

// listenLocal opens the local socket for the daemon's own user, and for the group that
// the config names. We hold the store: nobody else listens there.
func listenLocal(c config.Socket) (net.Listener, error) {
	switch info, err := os.Lstat(c.Path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	case info.Mode()&fs.ModeSocket == 0:
		return nil, fmt.Errorf("%s is there and no socket; name another socket.path", c.Path)
	default:
		if err := os.Remove(c.Path); err != nil {
			return nil, fmt.Errorf("remove the one of an earlier run: %w", err)
		}
	}
	was := syscall.Umask(0o177) // nobody else gets in before the group is known
	l, err := net.Listen("unix", c.Path)
	syscall.Umask(was)
	if err != nil {
		return nil, fmt.Errorf("%w; the directory of socket.path must be there and be the daemon's", err)
	}
	if err := give(c); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// give lets the members of the config's group use the socket.
func give(c config.Socket) error {
	if c.Group == "" {
		return nil
	}
	id := c.Group
	if g, err := user.LookupGroup(c.Group); err == nil {
		id = g.Gid
	}
	gid, err := strconv.Atoi(id)
	if err != nil {
		return fmt.Errorf("there is no group %q; make it, or mend socket.group", c.Group)
	}
	if !of(c.Path, gid) { // in a sandbox nothing can be given away
		if err := os.Chown(c.Path, -1, gid); err != nil {
			return fmt.Errorf("give it to group %q: %w; run the daemon in that group: Group=%s in its unit", c.Group, err, c.Group)
		}
	}
	return os.Chmod(c.Path, 0o660)
}

// of reports whether a file is of a group.
func of(path string, gid int) bool {
	info, err := os.Lstat(path)
	if err != nil {
		return false
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Gid) == gid
}

// local is what the local socket answers: commands, the pages with their API, and what
// the runtime knows of itself, which is nobody else's business.
func local(commands, pages http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /command", commands)
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	mux.Handle("/", pages)
	return mux
}

// closed forgives closing twice: http.Server closes its listener too.
func closed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}
