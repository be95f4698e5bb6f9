package web

import (
	"net/http"

	"samur/internal/render"
)

// healthz says that the process is alive, whatever else is wrong: restarting it
// would not bring a feed back.
func (s *server) healthz(w http.ResponseWriter, _ *http.Request) {
	send(w, http.StatusOK, "text/plain; charset=utf-8", []byte("ok\n"))
}

// readyz says that the daemon works and its store can be read, or why not.
func (s *server) readyz(w http.ResponseWriter, _ *http.Request) {
	if err := s.ready(); err != nil {
		send(w, http.StatusServiceUnavailable, "text/plain; charset=utf-8", []byte("not ready: "+render.Tidy(err.Error(), 300)+"\n"))
		return
	}
	send(w, http.StatusOK, "text/plain; charset=utf-8", []byte("ready\n"))
}

func (s *server) ready() error {
	if s.o.Ready != nil {
		if err := s.o.Ready(); err != nil {
			return err
		}
	}
	_, err := s.o.Store.Cursor()
	return err
}
