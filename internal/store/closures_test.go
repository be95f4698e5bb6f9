package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

func TestClosures(t *testing.T) {
	st := tempStore(t)
	if _, closed, err := st.Closure("hook"); err != nil || closed {
		t.Errorf("Closure of a new store = %v, %v", closed, err)
	}
	want := news.Closure{Channel: "hook", Settings: "ab12", Since: time.Date(2026, 3, 8, 4, 0, 0, 0, time.UTC), Reason: "410 Gone"}
	for _, c := range []news.Closure{{Channel: "hook", Settings: "old"}, want, {Channel: "room"}} {
		if err := st.SaveClosure(c); err != nil {
			t.Fatal(err)
		}
	}
	if got, closed, err := st.Closure("hook"); err != nil || !closed || !cmp.Equal(got, want) {
		t.Errorf("Closure = %+v, %v, %v, want %+v", got, closed, err, want)
	}
	if all, err := st.Closures(); err != nil || len(all) != 2 || all[0].Channel != "hook" {
		t.Errorf("Closures = %+v, %v, want hook and room", all, err)
	}
	if err := st.DropClosure("hook"); err != nil {
		t.Fatal(err)
	}
	if _, closed, err := st.Closure("hook"); err != nil || closed {
		t.Errorf("Closure after it was dropped = %v, %v", closed, err)
	}
}
