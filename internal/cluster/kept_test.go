package cluster

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"samur/internal/lexicon"
	"samur/internal/news"
)

var update = flag.Bool("update", false, "rewrite golden files")

// telling are reports with all that is kept of one: calls of persons, periods of figures,
// ordinals, days, an event that happened again, texts long and short, and hardly any.
var telling = append(append([]report{
	{id: "k1", day: "2025-04-02 10:30:00", lang: "en", outlet: "A", via: "B", title: "Overchuk and Mustafayev held a phone call again", text: "The 23rd session of the intergovernmental commission will be held on April 14, the office said. They spoke of 3.4 bn dollars, 12% and five ferries."},
	{id: "k2", day: "2025-04-02", lang: "ru", outlet: "C", title: "Товарооборот России и Азербайджана в январе-марте вырос на 17%", text: "Товарооборот России и Азербайджана в январе-марте 2025 года составил 1,3 млрд долларов, что на 17% больше, чем годом ранее."},
	{id: "k3", day: "2025-04-02", lang: "az", outlet: "D", title: "Overçuk və Mustafayev telefonla danışıb", text: strings.Repeat("Azərbaycan ilə Rusiya arasında ticarət dövriyyəsi 2025-ci ilin mart ayında 310 milyon dollar olub. ", 12)},
	{id: "k4", lang: "en", title: "", text: ""},
}, gas...), ferry...)

// recalled is what is kept of an item and read again.
func recalled(t testing.TB, it news.Item, kept []byte) Reduced {
	t.Helper()
	r, err := Recall(news.Item{ID: it.ID, Published: it.Published, FirstSeen: it.FirstSeen, Outlet: it.Outlet, Via: it.Via}, kept)
	if err != nil {
		t.Fatalf("Recall(%q) = %v", it.ID, err)
	}
	return r
}

// TestRecalled holds that a reduced item is recalled as it was.
func TestRecalled(t *testing.T) {
	b := &bench{New(Options{}), lex(t)}
	check := func(t testing.TB, r report) {
		t.Helper()
		it, d := b.item(r)
		want := Reduce(it, d)
		kept := want.Kept()
		got := recalled(t, it, kept)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("Recall(%q) = %+v of %+v, want %+v of %+v", r.id, got, got.sketch, want, want.sketch)
		}
		if again := got.Kept(); !bytes.Equal(again, kept) {
			t.Errorf("what is kept of a recalled %q is %q, want %q", r.id, again, kept)
		}
	}
	for _, r := range telling {
		check(t, r)
	}
	rapid.Check(t, func(rt *rapid.T) {
		for _, r := range tangled(rt) {
			check(t, r)
		}
	})
}

// TestRecalledIndex holds that an index of recalled items decides as the one in which
// they were: what it says of the next ones is the same to the last digit.
func TestRecalledIndex(t *testing.T) {
	lx := lex(t)
	rapid.Check(t, func(rt *rapid.T) {
		rs := tangled(rt)
		stop := rapid.IntRange(1, len(rs)).Draw(rt, "stop")
		on := &bench{New(Options{}), lx}
		again := &bench{New(Options{}), lx}
		for n, r := range rs {
			it, d := on.item(r)
			it.FirstSeen = it.FirstSeen.Add(time.Duration(n) * time.Second)
			reduced := Reduce(it, d)
			want := on.x.Assign(reduced)
			on.x.Add(reduced, want.Story, want.CopyOf)
			fresh := recalled(t, it, reduced.Kept())
			if n >= stop {
				if got := again.x.Assign(fresh); got != want {
					rt.Fatalf("after a start item %d goes to %+v, want %+v", n, got, want)
				}
			}
			again.x.Add(fresh, want.Story, want.CopyOf)
		}
	})
}

// FuzzRecall holds that nothing makes Recall panic, nor an index that takes what it
// returns, and that what it returns is kept as it is.
func FuzzRecall(f *testing.F) {
	b := &bench{New(Options{}), lex(f)}
	for _, r := range telling {
		f.Add(Reduce(b.item(r)).Kept())
	}
	it, d := b.item(gas[0])
	known := Reduce(it, d).Kept()
	f.Fuzz(func(t *testing.T, kept []byte) {
		r, err := Recall(news.Item{ID: "fuzzed", Published: it.Published}, kept)
		if err != nil {
			return
		}
		again, err := Recall(news.Item{ID: "fuzzed", Published: it.Published}, r.Kept())
		if err != nil || !bytes.Equal(again.Kept(), r.Kept()) {
			t.Errorf("%q is kept as %q, which is recalled as %q, %v", kept, r.Kept(), again.Kept(), err)
		}
		x := New(Options{})
		o := recalled(t, it, known)
		x.Add(o, "s", "")
		dec := x.Assign(r)
		x.Add(r, dec.Story, dec.CopyOf)
		x.Reassign()
		x.Prune(time.Now())
	})
}

func TestRecallRefuses(t *testing.T) {
	b := &bench{New(Options{}), lex(t)}
	it, d := b.item(telling[0])
	kept := Reduce(it, d).Kept()
	for n := range kept {
		if _, err := Recall(it, kept[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes are recalled", n, len(kept))
		}
	}
	for name, bad := range map[string][]byte{
		"another form": append([]byte{keptV1 + 1}, kept[1:]...),
		"more":         append(bytes.Clone(kept), 0),
		"endless list": binary.AppendUvarint([]byte{keptV1, 0, 0, 0, 0, 0}, math.MaxUint64),
	} {
		if r, err := Recall(it, bad); err == nil {
			t.Errorf("%s is recalled as %+v", name, r)
		}
	}
}

// TestRulesHaveAName holds that rules go up when what is kept of texts changes: a store
// would else mix sketches of two kinds. After a change raise rules and run with -update.
func TestRulesHaveAName(t *testing.T) {
	b := &bench{New(Options{}), lex(t)}
	h := fnv.New64a()
	for _, r := range telling {
		_, _ = h.Write(Reduce(b.item(r)).Kept())
	}
	got := fmt.Sprintf("rules %d: %016x\n", rules, h.Sum64())
	golden := filepath.Join("testdata", "rules.golden")
	want, err := os.ReadFile(golden)
	if err != nil && !*update {
		t.Fatal(err)
	}
	name, _, _ := strings.Cut(string(want), ":")
	switch {
	case got == string(want):
	case strings.HasPrefix(got, name+":"):
		t.Errorf("what is kept of texts is %q, want %q: raise rules in kept.go, for stores have what the old ones made", got, want)
	case !*update:
		t.Errorf("what is kept of texts is %q, want %q; run with -update", got, want)
	default:
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRulesOfLexicon(t *testing.T) {
	first := Rules(lex(t))
	if again := Rules(lex(t)); again != first {
		t.Errorf("rules of one lexicon are %x and %x", first, again)
	}
	for old, other := range map[string]string{
		"en: [gas]": "en: [natural gas]", "ru: [газ]": "ru: [газ, ЛНГ]", "kind: term, names: {en: [ferry]": "kind: term, not: [moon], names: {en: [ferry]",
		"company/gazprom, kind: company, side: ru": "company/gazprom, kind: company",
	} {
		x, err := lexicon.Load(fstest.MapFS{"lexicon/words.yaml": {Data: []byte(strings.Replace(words, old, other, 1))}})
		if err != nil {
			t.Fatal(err)
		}
		if Rules(x) == first {
			t.Errorf("with %q instead of %q the rules have the same name", other, old)
		}
	}
}

func BenchmarkReduce(b *testing.B) {
	w := &bench{New(Options{}), lex(b)}
	b.ReportAllocs()
	for b.Loop() {
		for _, r := range telling {
			it, d := w.read(r)
			Reduce(it, d)
		}
	}
}

// BenchmarkReduceEndless reduces an item of one word, as long as a text may be.
func BenchmarkReduceEndless(b *testing.B) {
	for _, size := range []int{50 << 10, 200 << 10} {
		it := news.Item{Lang: news.En, Text: strings.Repeat("a", size)}
		d := lex(b).Analyse("", it.Text, it.Lang)
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			b.SetBytes(int64(size))
			for b.Loop() {
				Reduce(it, d)
			}
		})
	}
}

func BenchmarkRecall(b *testing.B) {
	w := &bench{New(Options{}), lex(b)}
	items, kept := make([]news.Item, len(telling)), make([][]byte, len(telling))
	for i, r := range telling {
		it, d := w.item(r)
		items[i], kept[i] = it, Reduce(it, d).Kept()
	}
	b.ReportAllocs()
	for b.Loop() {
		for i, it := range items {
			recalled(b, it, kept[i])
		}
	}
}
