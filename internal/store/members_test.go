package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

func TestMembers(t *testing.T) {
	s := tempStore(t)
	b := batch("trend", 0, 6)
	save(t, s, b)
	var all []news.Item
	if err := s.ItemsBetween(0, 6, func(it news.Item) bool { all = append(all, it); return true }); err != nil || len(all) != 6 {
		t.Fatalf("ItemsBetween gave %d items, %v", len(all), err)
	}
	member := func(i int) news.Member { return news.Member{Item: all[i].ID, Seq: all[i].Seq} }
	moved := member(2)
	moved.Seq = 5
	placeless := member(3)
	placeless.Seq = 0
	for _, tt := range []struct {
		name string
		ms   []news.Member
		want []news.Item
	}{
		{"none", nil, []news.Item{}},
		{"in the order asked for", []news.Member{member(4), member(1)}, []news.Item{all[4], all[1]}},
		{"another item has the place", []news.Member{moved}, []news.Item{all[2]}},
		{"no place", []news.Member{placeless}, []news.Item{all[3]}},
		{"one that was let go", []news.Member{{Item: "gone", Seq: 99}, member(0)}, []news.Item{all[0]}},
	} {
		got, err := s.Members(tt.ms)
		if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
			t.Errorf("%s: Members (-want +got):\n%s%v", tt.name, diff, err)
		}
	}
	if _, err := s.Prune(Keep{Items: all[3].FirstSeen}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Members([]news.Member{member(0), member(5)})
	if err != nil || len(got) != 1 || got[0].ID != all[5].ID {
		t.Errorf("Members after Prune = %d items, %v, want the last alone", len(got), err)
	}
}
