package web

import (
	"net/http"
	"time"

	"samur/internal/news"
	"samur/internal/pattern"
	"samur/internal/render"
	"samur/internal/store"
)

// Bounds of the page of deliveries.
const (
	maxDeliveries = 120
	maxTries      = 8 // attempts shown of one delivery
)

// deliveryRow is one delivery with its attempts. Recipients are left out: the page is
// read by more people than the keeper.
type deliveryRow struct {
	Edition  string
	Day      string // page of the edition
	At       time.Time
	Channel  string
	State    string
	Failed   bool
	Next     time.Time
	Attempts []tryRow
	More     int
}

// tryRow is one attempt.
type tryRow struct {
	At   time.Time
	Took string
	Said string
	Bad  bool
}

// mailbox is the part of an address that names a person: servers like to repeat it.
var mailbox = pattern.Lazy(`[^\s<>"':;,]+@`)

// deliveries shows the deliveries, those of the newest editions first.
func (s *server) deliveries(w http.ResponseWriter, r *http.Request) {
	v := s.view(r)
	q := store.DeliveryQuery{Limit: maxDeliveries}
	asked := news.DeliveryState(r.URL.Query().Get("state"))
	if v.W.States[asked] != "" {
		q.States = []news.DeliveryState{asked}
	}
	ds, err := s.o.Store.Deliveries(q)
	if err != nil {
		s.fail(w, v, err)
		return
	}
	page := struct {
		Rows   []deliveryRow
		States []choice
		Bound  int
	}{Bound: maxDeliveries, States: []choice{{Name: v.W.All, Chosen: len(q.States) == 0}}}
	for _, st := range []news.DeliveryState{news.DeliveryPending, news.DeliverySending, news.DeliverySent, news.DeliveryFailed, news.DeliveryDropped} {
		page.States = append(page.States, choice{string(st), v.W.States[st], st == asked})
	}
	for _, d := range ds {
		page.Rows = append(page.Rows, v.delivery(d))
	}
	s.render(w, v, "deliveries", v.W.Deliveries, page)
}

func (v *view) delivery(d news.Delivery) deliveryRow {
	row := deliveryRow{
		Edition: render.Tidy(d.Slot.Digest, 60), Day: dayURL(v, d.Slot), At: d.Slot.At, Channel: render.Tidy(d.Channel, 60),
		State: v.W.States[d.State], Failed: d.State == news.DeliveryFailed,
	}
	if d.State == news.DeliveryPending {
		row.Next = d.Next
	}
	tries := d.Attempts
	if row.More = max(0, len(tries)-maxTries); row.More > 0 {
		tries = tries[row.More:]
	}
	for _, a := range tries {
		x := tryRow{At: a.At, Took: v.Took(a.Took), Said: a.Reply}
		if a.Error != "" {
			x.Said, x.Bad = a.Error, true
		}
		x.Said = mailbox().ReplaceAllString(render.Tidy(x.Said, 200), "…@")
		row.Attempts = append(row.Attempts, x)
	}
	return row
}
