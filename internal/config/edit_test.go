package config

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"samur/internal/news"
)

func TestAddFeed(t *testing.T) {
	f := Feed{Name: "new", URL: "https://n.example/a#b", Side: news.SideRu, Outlet: "Новости: день", Group: "slow", Access: Access{Every: 90 * time.Minute, Insecure: On, FullText: Off}}
	added := []string{
		"- name: new",
		"  url: \"https://n.example/a#b\"",
		"  outlet: \"Новости: день\"",
		"  side: ru",
		"  group: slow",
		"  every: 1h30m",
		"  insecure: true",
		"  full_text: false",
	}
	in := func(indent string) string { return indent + strings.Join(added, "\n"+indent) + "\n" }
	for _, tt := range []struct{ name, text, want string }{
		{"empty file", "", "feeds:\n" + in("  ")},
		{"no key", "zone: UTC\n", "zone: UTC\nfeeds:\n" + in("  ")},
		{"nothing behind the key", "feeds:\n  # - name: x\nzone: UTC\n", "feeds:\n" + in("  ") + "  # - name: x\nzone: UTC\n"},
		{
			"after the last, before comments of what follows",
			"feeds: # mine\n\n- name: a # first\n  url: https://a.example/\n  # why\n  every: 5m\n\n# other things\nzone: UTC",
			"feeds: # mine\n\n- name: a # first\n  url: https://a.example/\n  # why\n  every: 5m\n" + in("") + "\n# other things\nzone: UTC\n",
		},
		{
			"a value over several lines",
			"feeds:\n    - name: a\n      outlet: >\n        long\n\n        name\n      url: x\n",
			"feeds:\n    - name: a\n      outlet: >\n        long\n\n        name\n      url: x\n" + in("    "),
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := AddFeeds([]byte(tt.text), f)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Fatalf("AddFeeds (-want +got):\n%s", diff)
			}
			back, err := RemoveFeed(got, "new")
			if err != nil {
				t.Fatal(err)
			}
			if names, _, err := listIn(back, "feeds"); err != nil || len(names) > 0 && names[0] != "a" {
				t.Errorf("RemoveFeed left %v, %v", names, err)
			}
		})
	}
}

func TestAddGroups(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"no key", "zone: UTC\n", "zone: UTC\ngroups:\n  - name: a\n  - name: \"1\"\n"},
		{"nothing behind the key", "groups:\nzone: UTC\n", "groups:\n  - name: a\n  - name: \"1\"\nzone: UTC\n"},
		{
			"after the last", "groups:\n- name: slow # mine\n  every: 2h\n\n# feeds\nfeeds:\n",
			"groups:\n- name: slow # mine\n  every: 2h\n- name: a\n- name: \"1\"\n\n# feeds\nfeeds:\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := AddGroups([]byte(tt.text), "a", "1")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("AddGroups (-want +got):\n%s", diff)
			}
		})
	}
	if _, err := AddGroups([]byte("groups: [{name: a}]\n"), "b"); !errors.Is(err, ErrBrackets) {
		t.Errorf("AddGroups to brackets = %v, want ErrBrackets", err)
	}
}

func TestEditRefuses(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"brackets", "feeds: [{name: a, url: x}]\n", "by hand"},
		{"torn", "feeds: [\n", "line"},
		{"list", "- a\n", "keys and values"},
	} {
		if got, err := AddFeeds([]byte(tt.text), Feed{Name: "new", URL: "https://n.example/"}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: AddFeeds = %q, %v, want an error with %q", tt.name, got, err, tt.want)
		}
		if got, err := RemoveFeed([]byte(tt.text), "a"); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: RemoveFeed = %q, %v, want an error with %q", tt.name, got, err, tt.want)
		}
	}
	if _, err := RemoveFeed([]byte("feeds:\n  - name: a\n"), "b"); err == nil || !strings.Contains(err.Error(), "not in this file") {
		t.Errorf("RemoveFeed of an unknown name = %v", err)
	}
}

func TestAddFeedRefusesWhatLoadWould(t *testing.T) {
	text := []byte("feeds:\n  - {name: a, url: \"https://a.example/\"}\n")
	for _, tt := range []struct {
		name string
		f    Feed
		want string
	}{
		{"no name", Feed{URL: "https://b.example/"}, "name"},
		{"bad name", Feed{Name: "b b", URL: "https://b.example/"}, `write "b-b"`},
		{"bad address", Feed{Name: "b", URL: "b.example"}, "no scheme"},
		{"bad side", Feed{Name: "b", URL: "https://b.example/", Side: "uk"}, "az, ru, other"},
		{"name taken", Feed{Name: "a", URL: "https://b.example/"}, "there already"},
	} {
		if got, err := AddFeeds(text, tt.f); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: AddFeeds = %q, %v, want an error with %q", tt.name, got, err, tt.want)
		}
	}
}

func TestRemoveFeedKeepsTheRest(t *testing.T) {
	text := "# head\nfeeds:\n  # about a\n  - name: a\n    url: x\n    # inside\n    every: 5m\n\n  # about b\n  - name: b\n    url: y\n# tail\n"
	want := "# head\nfeeds:\n  # about a\n\n  # about b\n  - name: b\n    url: y\n# tail\n"
	got, err := RemoveFeed([]byte(text), "a")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("RemoveFeed (-want +got):\n%s", diff)
	}
}
