package ingest

import (
	"testing"
	"time"

	"samur/internal/store"
)

func TestAkin(t *testing.T) {
	b := newBench(t, store.Options{})
	b.site.put("report", answer{body: rss(reportEn, otherEn)})
	b.site.put("tass", answer{body: rss(reportRu)})
	b.site.put("apa", answer{body: rss(reportAz)})
	ids := map[string]string{}
	for _, feed := range []string{"report", "tass", "apa"} {
		b.poll(feed, day)
	}
	for _, it := range b.items() {
		ids[it.GUID] = it.ID
	}
	b.restart() // the index is read from the store
	list := []string{ids["en"], ids["other"], ids["ru"], ids["az"], "gone"}
	got, err := b.Akin(list, day.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{list[0], "gone"} {
		if e, ok := got[id]; ok {
			t.Errorf("Akin compares %q with %q, want with none", id, e.B)
		}
	}
	if e := got[ids["other"]]; e.B != ids["en"] || e.Together {
		t.Errorf("Akin(other) = %+v, want not together with the only one before it", e)
	}
	if e := got[ids["ru"]]; e.B != ids["en"] || !e.Together || e.Margin < 0 {
		t.Errorf("Akin(ru) = %+v, want together with the English report", e)
	}
	if e := got[ids["az"]]; e.B != ids["en"] && e.B != ids["ru"] || !e.Together {
		t.Errorf("Akin(az) = %+v, want together with a report of the same", e)
	}
	old, err := b.Akin(list, day.AddDate(1, 0, 0))
	if err != nil || len(old) > 0 {
		t.Errorf("Akin a year later = %v, %v, want nothing: they are forgotten", old, err)
	}
}
