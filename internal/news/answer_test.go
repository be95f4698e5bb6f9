package news

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOpinions(t *testing.T) {
	as := []Answer{
		{Seq: 4, Item: "a", Who: "anna", Marks: []Mark{{Yes: true}}}, // she changed her mind
		{Seq: 1, Item: "a", Who: "anna", Marks: []Mark{{Yes: false}, {Topic: "trade", Yes: true}}},
		{Seq: 2, Item: "a", Who: "rauf", Marks: []Mark{{Yes: true}}},
		{Seq: 3, Item: "b", Who: "rauf", Marks: []Mark{{Yes: false}}},
	}
	want := []Opinion{{Item: "a", Yes: 2}, {Item: "a", Topic: "trade", Yes: 1}, {Item: "b", No: 1}}
	if diff := cmp.Diff(want, Opinions(as)); diff != "" {
		t.Errorf("Opinions (-want +got):\n%s", diff)
	}
}

func TestRecordOf(t *testing.T) {
	told, rejected := Verdict{Relevant: true}, Verdict{}
	yes, no := []Mark{{Yes: true}}, []Mark{{}}
	as := []Answer{
		{Seq: 1, Item: "old", Who: "anna", Marks: no, Verdict: told},
		{Seq: 2, Item: "right", Who: "anna", Marks: yes, Verdict: told},
		{Seq: 3, Item: "wrong", Who: "anna", Marks: no, Verdict: told},
		{Seq: 4, Item: "missed", Who: "anna", Marks: yes, Verdict: rejected},
		{Seq: 5, Item: "missed", Who: "rauf", Marks: yes, Verdict: told}, // learnt since: it does not count
		{Seq: 6, Item: "draw", Who: "anna", Marks: yes, Verdict: told},
		{Seq: 7, Item: "draw", Who: "rauf", Marks: no, Verdict: told},
		{Seq: 8, Item: "topic", Who: "rauf", Marks: []Mark{{Topic: "trade", Yes: true}}, Verdict: told},
	}
	got := RecordOf(as, 3)
	if diff := cmp.Diff(Record{Answered: 3, Agreed: 1, Told: 2, Right: 1}, got); diff != "" {
		t.Errorf("RecordOf (-want +got):\n%s", diff)
	}
	if p, ok := got.Precision(); p != 0.5 || !ok {
		t.Errorf("Precision = %v, %v, want a half", p, ok)
	}
	if got := RecordOf(as, 100); got.Answered != 4 || got.Told != 3 {
		t.Errorf("RecordOf all = %+v, want 4 answered, 3 told", got)
	}
	if _, ok := (Record{Answered: 1}).Precision(); ok {
		t.Error("a precision of nothing told")
	}
}
