package cluster

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

// quake is a tremor as outlets tell it, in words that vary from one to the next and in
// names and numbers that do not.
type quake struct {
	id, town, governor, school, depth, village string
}

// told returns six reports of a tremor.
func (q quake) told() []report {
	ways := [][2]string{
		{"Tremor shakes %[1]s in Azerbaijan", "A tremor struck near %[1]s at a depth of %[4]s kilometres, the seismic centre said. Governor %[2]s said that the %[3]s school in %[5]s was closed."},
		{"Earthquake damages houses in %[1]s", "Houses in %[1]s lost roofs and walls. Governor %[2]s promised aid; pupils of the %[3]s school were sent home from %[5]s."},
		{"Azerbaijan: %[1]s struck by tremor", "The seismic centre put the depth of the tremor at %[4]s kilometres. In %[1]s and %[5]s walls cracked, Governor %[2]s said."},
		{"Tremor felt in %[1]s, no one hurt", "No one was hurt in %[1]s when the tremor struck, Governor %[2]s said. The %[3]s school is closed, walls cracked. The depth is %[4]s."},
		{"Seismic centre: tremor near %[1]s", "It lay at a depth of %[4]s kilometres and was felt in %[1]s, the centre said. Roofs fell in %[5]s on the %[3]s school, Governor %[2]s said."},
		{"Governor %[2]s visits houses damaged by tremor in %[1]s", "Roofs and walls of houses in %[1]s were damaged. The seismic centre gives a depth of %[4]s kilometres below %[5]s. He saw the %[3]s school."},
	}
	var out []report
	for i, w := range ways {
		out = append(out, report{
			id: fmt.Sprint(q.id, i), day: "2025-03-03", outlet: fmt.Sprint(q.id, "-", i), lang: news.En,
			title: fmt.Sprintf(w[0], q.town, q.governor), text: fmt.Sprintf(w[1], q.town, q.governor, q.school, q.depth, q.village),
		})
	}
	return out
}

// story adds reports as one story and returns its slots.
func (b *bench) story(rs []report) (part []int32) {
	for _, r := range rs {
		it, d := b.item(r)
		b.x.Add(Reduce(it, d), "s"+rs[0].id, "")
		part = append(part, b.x.byID[r.id])
	}
	return part
}

func TestDivide(t *testing.T) {
	first := quake{"a", "Shamakhi", "Huseynzade", "Nizami", "14.5", "Medrese"}
	second := quake{"b", "Lerik", "Talibov", "Fuzuli", "32.1", "Gosmalian"}
	ids := func(q quake) (out []string) {
		for i := range 6 {
			out = append(out, fmt.Sprint(q.id, i))
		}
		return out
	}
	tests := []struct {
		name string
		have []report
		want [][]string
	}{
		{"one event", first.told(), [][]string{ids(first)}},
		{"two of one kind", append(first.told(), second.told()...), [][]string{ids(first), ids(second)}},
		{"two, of which one is told but twice", append(first.told(), second.told()[:2]...), [][]string{append(ids(first), "b0", "b1")}},
		{
			"one event that outlets of two agencies tell, each with witnesses of its own",
			func() []report {
				rs := append(first.told(), quake{"b", "Shamakhi", "Huseynzade", "Nizami", "14.5", "Medrese"}.told()...)
				for i := range rs {
					agency, witnesses := "Azertag", " Aytan Salimova of Malham, Rena Qasimli and 17 pupils ran out."
					if i >= 6 {
						agency, witnesses = "Turan", " Vusal Karimli of Saghiyan, Orkhan Babayev and 23 drivers saw it."
					}
					rs[i].title += ", reports " + agency
					rs[i].text += witnesses
				}
				return rs
			}(),
			[][]string{append(ids(first), ids(second)...)},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := &bench{New(Options{}), lex(t)}
			var got [][]string
			for _, p := range b.x.divide(b.story(tt.have)) {
				ids := b.x.ids(p)
				slices.Sort(ids)
				got = append(got, ids)
			}
			slices.SortFunc(got, slices.Compare)
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("divide (-want +got):\n%s", d)
			}
		})
	}
}

// TestDivideNotByLanguage holds that names which are spelt in two ways in two languages do
// not part an event told in both.
func TestDivideNotByLanguage(t *testing.T) {
	rs := quake{"a", "Shamakhi", "Huseynzade", "Nizami", "14.5", "Medrese"}.told()
	for i, r := range (quake{"b", "Шеки", "Мамедов", "Физули", "14,5", "Киш"}).told() {
		r.lang, r.id = news.Ru, fmt.Sprint("b", i)
		r.title, r.text = fmt.Sprint("Толчок в Шеки, глава района Мамедов был на месте ", i), "В Шеки и в школе имени Физули произошёл толчок, сообщил Мамедов."
		rs = append(rs, r)
	}
	b := &bench{New(Options{}), lex(t)}
	if got := b.x.divide(b.story(rs)); len(got) != 1 {
		t.Errorf("divide = %d parts, want 1", len(got))
	}
}

// TestReassignDivides holds that a pass divides what it settled, and that the next leaves
// it so.
func TestReassignDivides(t *testing.T) {
	b := &bench{New(Options{}), lex(t)}
	b.story(append(quake{"a", "Shamakhi", "Huseynzade", "Nizami", "14.5", "Medrese"}.told(), quake{"b", "Lerik", "Talibov", "Fuzuli", "32.1", "Gosmalian"}.told()...))
	b.x.Reassign()
	if p, q := b.x.items[0].story, b.x.items[11].story; p == q {
		t.Errorf("two tremors are one story, %s", p)
	}
	if m := b.x.Reassign(); len(m) != 0 {
		t.Errorf("a second pass = %v, want no move", m)
	}
}

// TestAdopt holds that a large story takes in an item that is plainly like some of its
// members and little like the others.
func TestAdopt(t *testing.T) {
	b := &bench{New(Options{}), lex(t)}
	b.story([]report{ferry[0]})
	l := &linkage{parts: [][]int32{b.story(quake{"a", "Shamakhi", "Huseynzade", "Nizami", "14.5", "Medrese"}.told()), b.story([]report{{
		id: "z", day: "2025-03-03", outlet: "z", lang: news.En, title: "Tremor shakes Shamakhi in Azerbaijan",
		text: "The seismic centre said that a tremor struck near Shamakhi. Thirty lorries with blankets have left Baku.",
	}}), {0}}}
	b.x.adopt(l)
	if got, want := len(l.parts[0]), 7; got != want || l.parts[1] != nil || len(l.parts[2]) != 1 {
		t.Errorf("adopt = %v, want the second part in the first and the third alone", l.parts)
	}
}
