package schedule

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestCheck(t *testing.T) {
	tests := []struct {
		name, spec, zone string
		want             string // part of the error, "" for a good spec
	}{
		{"daily", "0 7 * * *", "Asia/Baku", ""},
		{"empty zone is UTC", "0 7 * * *", "", ""},
		{"lists, ranges, steps", "0,30 8-18/2 1-15 jan-JUN mon-fri", "Europe/Moscow", ""},
		{"sunday as 7", "0 7 * * 7", "Asia/Baku", ""},
		{"range over sunday", "0 7 * * 5-7", "Asia/Baku", ""},
		{"range to sunday by name", "0 7 * * fri-sun", "Asia/Baku", ""},
		{"29 February", "0 7 29 2 *", "Asia/Baku", ""},
		{"shorthand", "@daily", "Asia/Baku", ""},
		{"every", "@every 6h", "Asia/Baku", ""},
		{"empty", "", "Asia/Baku", "is empty; write five fields"},
		{"one word", "daily", "Asia/Baku", "has 1 fields; write five"},
		{"seconds", "0 0 7 * * *", "Asia/Baku", "the form with seconds"},
		{"TZ alone", "TZ=0", "Asia/Baku", "give it as the zone"},
		{"CRON_TZ alone", "CRON_TZ=Asia/Baku", "Asia/Baku", "give it as the zone"},
		{"TZ prefix", "TZ=Asia/Baku 0 7 * * *", "Asia/Baku", "give it as the zone"},
		{"31 February", "0 0 31 2 *", "Asia/Baku", "never fires"},
		{"31 in short months", "0 0 31 4,6,9,11 *", "Asia/Baku", "never fires"},
		{"minute 60", "60 7 * * *", "Asia/Baku", "minute 60 does not exist; write 0 to 59"},
		{"hour 24", "0 24 * * *", "Asia/Baku", "hour 24 does not exist; write 0 to 23"},
		{"day 0", "0 0 0 * *", "Asia/Baku", "day of month 0 does not exist; write 1 to 31"},
		{"weekday 8", "0 0 * * 8", "Asia/Baku", "day of week 8 does not exist"},
		{"word", "0 seven * * *", "Asia/Baku", `hour "seven" is not a number`},
		{"negative", "-5 7 * * *", "Asia/Baku", "is not a number"},
		{"backwards", "0 18-8 * * *", "Asia/Baku", "runs backwards"},
		{"step 0", "*/0 * * * *", "Asia/Baku", "must be a number from 1"},
		{"hanging comma", "0, 7 * * *", "Asia/Baku", "is not a number"},
		{"two slashes", "*/5/5 7 * * *", "Asia/Baku", "must be a number from 1"},
		{"every without unit", "@every 5", "Asia/Baku", "needs a duration with a unit"},
		{"every zero", "@every 0s", "Asia/Baku", "more often than once a minute"},
		{"every negative", "@every -5m", "Asia/Baku", "more often than once a minute"},
		{"every 30s", "@every 30s", "Asia/Baku", "more often than once a minute"},
		{"every fraction", "@every 90.5s", "Asia/Baku", "fractions of a second"},
		{"reboot", "@reboot", "Asia/Baku", "is not known; write five fields"},
		{"zone by city", "0 7 * * *", "Baku", `did you mean "Asia/Baku"?`},
		{"zone in the wrong case", "0 7 * * *", "europe/moscow", `did you mean "Europe/Moscow"?`},
		{"zone unknown", "0 7 * * *", "Mars/Olympus", "write an IANA name"},
		{"zone of the machine", "0 7 * * *", "Local", "changes with the machine"},
		{"zone outside the table", "0 7 * * *", "../../etc/passwd", "is not known"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := Check(tt.spec, tt.zone)
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("Check(%q, %q) = %v, want nil", tt.spec, tt.zone, err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("Check(%q, %q) = %v, want an error with %q", tt.spec, tt.zone, err, tt.want)
			}
		})
	}
}

// at reads a time of the tests.
func at(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSlots(t *testing.T) {
	tests := []struct {
		name, spec, zone string
		after, upto      string
		want             []string
	}{
		{
			"steady zone", "0 7 * * *", "Asia/Baku", "2026-03-07T03:00:00Z", "2026-03-09T03:00:00Z",
			[]string{"2026-03-08T03:00:00Z", "2026-03-09T03:00:00Z"},
		},
		{
			"spring gap fires at its end", "30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z",
			[]string{"2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"},
		},
		{
			"autumn hour fires once, the first time", "30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z",
			[]string{"2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"},
		},
		{
			"asked between the two autumn hours", "30 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", "2026-10-25T12:00:00Z",
			nil,
		},
		{
			"midnight that does not exist", "0 0 * * *", "America/Santiago", "2026-09-05T12:00:00Z", "2026-09-07T12:00:00Z",
			[]string{"2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z"},
		},
		{
			"several in one gap are one", "*/15 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z",
			[]string{"2026-03-29T01:00:00Z"},
		},
		{
			"half-hour step", "15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", "2026-10-04T12:00:00Z",
			[]string{"2026-10-03T15:30:00Z"},
		},
		{
			"a day that was skipped", "0 7 * * *", "Pacific/Apia", "2011-12-29T20:00:00Z", "2011-12-31T20:00:00Z",
			[]string{"2011-12-30T10:00:00Z", "2011-12-30T17:00:00Z", "2011-12-31T17:00:00Z"},
		},
		{
			"sunday as 7", "0 7 * * 7", "UTC", "2026-03-01T12:00:00Z", "2026-03-15T12:00:00Z",
			[]string{"2026-03-08T07:00:00Z", "2026-03-15T07:00:00Z"},
		},
		{
			"every counts from local midnight", "@every 6h", "Asia/Baku", "2026-03-07T21:00:00Z", "2026-03-08T09:00:00Z",
			[]string{"2026-03-08T02:00:00Z", "2026-03-08T08:00:00Z"},
		},
		{"refused spec", "0 0 31 2 *", "UTC", "2026-03-07T21:00:00Z", "2027-03-08T09:00:00Z", nil},
		{"nothing yet", "0 7 * * *", "UTC", "2026-03-07T07:00:00Z", "2026-03-08T06:59:59Z", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range Slots(tt.spec, tt.zone, at(t, tt.after), at(t, tt.upto)) {
				got = append(got, s.Format(time.RFC3339))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Slots(%q, %q) (-want +got):\n%s", tt.spec, tt.zone, diff)
			}
		})
	}
}

// TestSlotsOncePerDay holds a daily slot against the calendar: in every zone with
// clock changes each local day has exactly one, in order, for twenty years.
func TestSlotsOncePerDay(t *testing.T) {
	zones := []string{"Asia/Baku", "Europe/Moscow", "Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe"}
	for _, zone := range zones {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range []string{"0 0 * * *", "30 0 * * *", "30 2 * * *", "0 3 * * *"} {
			from := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)
			days := map[string]int{}
			slots := Slots(spec, zone, from, from.AddDate(20, 0, 0))
			for i, s := range slots {
				if i > 0 && !s.After(slots[i-1]) {
					t.Fatalf("%s %s: slot %v not after %v", zone, spec, s, slots[i-1])
				}
				days[s.In(loc).Format(time.DateOnly)]++
			}
			if len(slots) < 7304 || len(slots) > 7306 {
				t.Errorf("%s %s: %d slots in 20 years, want one a day", zone, spec, len(slots))
			}
			for day, n := range days {
				if n != 1 {
					t.Errorf("%s %s: %d slots on %s, want 1", zone, spec, n, day)
				}
			}
		}
	}
}

// TestSlotsJoin holds that cutting a span anywhere changes nothing: what the two
// halves give is what the whole gives.
func TestSlotsJoin(t *testing.T) {
	from, upto := at(t, "2026-10-24T20:00:00Z"), at(t, "2026-10-25T05:00:00Z")
	whole := Slots("*/20 * * * *", "Europe/Berlin", from, upto)
	for cut := from; cut.Before(upto); cut = cut.Add(7 * time.Minute) {
		halves := append(Slots("*/20 * * * *", "Europe/Berlin", from, cut), Slots("*/20 * * * *", "Europe/Berlin", cut, upto)...)
		if diff := cmp.Diff(whole, halves); diff != "" {
			t.Fatalf("cut at %v (-whole +halves):\n%s", cut, diff)
		}
	}
}

func TestSlotsAreBounded(t *testing.T) {
	upto := at(t, "2026-03-08T00:00:00Z")
	got := Slots("* * * * *", "UTC", upto.AddDate(0, -2, 0), upto)
	if len(got) != maxSlots || !got[len(got)-1].Equal(upto) {
		t.Errorf("Slots = %d up to %v, want the latest %d", len(got), got[len(got)-1], maxSlots)
	}
}

func TestNext(t *testing.T) {
	got, err := Next("0 7 * * *", "Asia/Baku", at(t, "2026-03-08T03:00:00Z"))
	if want := at(t, "2026-03-09T03:00:00Z"); err != nil || !got.Equal(want) {
		t.Errorf("Next = %v, %v, want %v", got, err, want)
	}
	if _, err := Next("0 0 31 2 *", "UTC", time.Time{}); err == nil {
		t.Error("Next of a spec that never fires gives no error")
	}
	if _, err := Next("x", "UTC", time.Time{}); err == nil {
		t.Error("Next of a broken spec gives no error")
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("0 7 * * *", "Asia/Baku")
	f.Add("TZ=", "UTC")
	f.Add("@every -1ns", "")
	f.Add("*/99999999999999999999 * * * *", "")
	f.Fuzz(func(t *testing.T, spec, zone string) {
		if Check(spec, zone) != nil {
			return
		}
		now := time.Date(2026, 3, 8, 0, 0, 0, 0, time.UTC)
		first, err := Next(spec, zone, now)
		if err != nil || !first.After(now) {
			t.Fatalf("Next(%q, %q) = %v, %v after a good Check", spec, zone, first, err)
		}
		second, err := Next(spec, zone, first)
		if err != nil || second.Sub(first) < time.Minute {
			t.Fatalf("Next(%q, %q) = %v then %v, %v", spec, zone, first, second, err)
		}
	})
}
