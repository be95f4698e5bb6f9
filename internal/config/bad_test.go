package config

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"samur/internal/schedule"
)

var update = flag.Bool("update", false, "write what comes out as what is wanted")

// rest completes a fragment, so that a case shows only what is wrong in it.
var rest = []struct{ key, text string }{
	{"feeds", "feeds: [{name: wire, url: \"https://wire.example/rss\"}]\n"},
	{"digests", "digests: [{name: daily, at: \"0 8 * * *\", to: [files]}]\n"},
	{"channels", "channels: [{name: files, file: {}}]\n"},
}

func complete(fragment string) string {
	for _, r := range rest {
		if !regexp.MustCompile(`(?m)^` + r.key + `:`).MatchString(fragment) {
			fragment += r.text
		}
	}
	return fragment
}

// badOptions are what all cases are loaded with.
func badOptions() Options {
	return Options{
		Getenv:    env("HOME=/home/u", "EMPTY=", "HOOK=not an address", "TOKEN=words"),
		CheckCron: schedule.Check,
		CronSlots: schedule.Slots,
		Topics: func(dir string) ([]string, error) {
			switch {
			case dir == "":
				return []string{"energy", "trade", "transport"}, nil
			case strings.HasSuffix(dir, "torn"):
				return nil, errors.New("topics.yaml:1:1: no slug; add one")
			}
			return []string{"energy", "trade", "transport", "wine"}, nil
		},
		Concepts: func(dir string) ([]string, error) {
			if strings.HasSuffix(dir, "unread") {
				return nil, errors.New("lexicon/own.yaml:1:1: no id")
			}
			return []string{"term/caviar", "place/caspian-sea"}, nil
		},
	}
}

// Each case of testdata/bad is a directory NAME in one of the archives: NAME/samur.yaml
// is loaded, completed by rest unless it is called samur.whole.yaml, and NAME/want
// is every mistake, to the letter. -update writes want.
func TestBadFiles(t *testing.T) {
	archives, err := filepath.Glob("testdata/bad/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	total := 0
	for _, path := range archives {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range caseNames(ar) {
			total++
			t.Run(name, func(t *testing.T) { runBad(t, ar, name) })
		}
		if *update {
			if err := os.WriteFile(path, txtar.Format(ar), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if total < 80 {
		t.Errorf("%d cases, want 80 or more", total)
	}
}

func caseNames(ar *txtar.Archive) []string {
	var names []string
	for _, f := range ar.Files {
		if name, _, _ := strings.Cut(f.Name, "/"); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func runBad(t *testing.T, ar *txtar.Archive, name string) {
	dir := t.TempDir()
	var want *txtar.File
	for i, f := range ar.Files {
		base, ok := strings.CutPrefix(f.Name, name+"/")
		switch {
		case !ok:
		case base == "want":
			want = &ar.Files[i]
		case base == "samur.yaml":
			write(t, dir, base, complete(unescape(string(f.Data))))
		case base == "samur.whole.yaml":
			write(t, dir, "samur.yaml", unescape(string(f.Data)))
		default:
			write(t, dir, base, unescape(string(f.Data)))
		}
	}
	write(t, dir, "open-secret", "words\n")
	write(t, dir, "empty-secret", "\n")
	cert, key := pair(t)
	otherCert, _ := pair(t)
	write(t, dir, "cert.pem", cert)
	write(t, dir, "key.pem", key)
	write(t, dir, "other-cert.pem", otherCert)
	write(t, dir, "words", "words\n")
	write(t, dir, "locked-key.pem", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nd29yZHM=\n-----END ENCRYPTED PRIVATE KEY-----\n")
	if err := os.Chmod(filepath.Join(dir, "open-secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := Load(filepath.Join(dir, "samur.yaml"), badOptions())
	var list *Error
	if !errors.As(err, &list) || c != nil {
		t.Fatalf("Load = %v, %v, want nil and an *Error", c, err)
	}
	got := strings.ReplaceAll(strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""), dir, "DIR") + "\n"
	if *update {
		if want == nil {
			ar.Files = append(ar.Files, txtar.File{Name: name + "/want"})
			want = &ar.Files[len(ar.Files)-1]
		}
		want.Data = []byte(got)
	}
	if want == nil {
		t.Fatalf("no want; got:\n%s", got)
	}
	if diff := cmp.Diff(string(bytes.TrimRight(want.Data, "\n"))+"\n", got); diff != "" {
		t.Errorf("mistakes (-want +got):\n%s", diff)
	}
	for _, leak := range []string{"hunter2", "!!", "reflect", "time.Duration", "netip.", "config.", "libyaml"} {
		if strings.Contains(got, leak) {
			t.Errorf("the mistakes leak %q:\n%s", leak, got)
		}
	}
}

// unescape lets a case hold what an archive or an editor would not keep.
func unescape(s string) string {
	return strings.NewReplacer("<TAB>", "\t", "<ESC>", "\x1b", "<FF>", "\xff", "<BOM>", "\ufeff", "<CRLF>\n", "\r\n").Replace(s)
}
