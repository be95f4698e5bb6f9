package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"samur/internal/news"
	"samur/internal/schedule"
)

// load writes the files, in pairs of name and text, and loads samur.yaml.
func load(t *testing.T, o Options, files ...string) (*Config, string, error) {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i+1 < len(files); i += 2 {
		write(t, dir, files[i], files[i+1])
	}
	c, err := Load(filepath.Join(dir, "samur.yaml"), o)
	return c, dir, err
}

func good(t *testing.T, o Options, files ...string) (*Config, string) {
	t.Helper()
	c, dir, err := load(t, o, files...)
	if err != nil {
		t.Fatalf("mistakes in a good file:\n%v", err)
	}
	return c, dir
}

func TestLoadReadsEveryKind(t *testing.T) {
	c, dir := good(t, badOptions(), "samur.yaml", `
state: /srv/samur
zone: Europe/Moscow
log: {level: debug, format: json}
web: {listen: "[::1]:80", hosts: [News.example.org, intranet]}
poll:
  every: 1h30m
  min: 10m
  max: 1w
  timeout: 90s
  max_bytes: 512KiB
  workers: 3
  per_host_delay: 0s
  contact: https://example.org/me
  allow: [10.0.0.0/8, "fd00::/8"]
  first_poll_age: 2d
seeds: {dir: own, threshold: 2.5}
groups:
  - {name: slow, at: "0 */3 * * *", zone: Europe/Moscow, proxy: "socks5://10.0.0.1:1080", insecure: true, full_text: true}
feeds:
  - name: report-az
    url: https://www.report.example/rss
    side: az
    language: az
    every: 12m
    headers: {Accept-Language: az}
    auth_header: X-Key
    auth_env: TOKEN
    group: slow
    full_text: false
  - {name: off, url: "https://www.report.example/rss", disabled: true}
topics:
  - slug: caviar
    names: {en: Caviar}
    words: {en: [caviar, black gold], ru: [икра]}
    concepts: [term/caviar]
    examples:
      - The quota for caviar is set.
      - >-
        Sturgeons are bred
        on the Caspian.
    threshold: 0.7
  - {slug: trade, disabled: true}
digests:
  - {name: daily, at: "30 7 * * 1-5", topics: [energy, wine, caviar], to: [post], quiet: none, missed: merge, late_after: 1h}
channels:
  - name: post
    email: {host: "::1", tls: none, from: "Самур <samur@example.org>", to: [a@example.org]}
retention: {digests: 52w}
backup: {at: "@daily"}
`)
	want := Default()
	want.State, want.Zone = "/srv/samur", "Europe/Moscow"
	want.Log = Log{Level: "debug", Format: "json"}
	want.Web = Web{Listen: "[::1]:80", Hosts: []string{"News.example.org", "intranet"}}
	want.Poll = Poll{
		Every: 90 * time.Minute, Min: 10 * time.Minute, Max: 7 * 24 * time.Hour, Timeout: 90 * time.Second, MaxBytes: 512 << 10,
		Workers: 3, Contact: "https://example.org/me", FirstPollAge: 48 * time.Hour, Jitter: 30 * time.Second,
		Allow: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")},
	}
	want.Seeds = Seeds{Dir: filepath.Join(dir, "own"), Threshold: 2.5}
	want.Feeds = []Feed{
		{
			Name: "report-az", URL: "https://www.report.example/rss", Outlet: "report.example", Side: news.SideAz, Language: news.Az,
			Group: "slow",
			Access: Access{
				Every: 12 * time.Minute, Headers: map[string]string{"Accept-Language": "az"}, AuthHeader: "X-Key",
				Auth: Secret{value: "words", from: "env", name: "TOKEN"}, FullText: Off,
			},
		},
		{Name: "off", URL: "https://www.report.example/rss", Outlet: "report.example", Side: news.SideOther, Disabled: true},
	}
	want.Groups = []Group{{Name: "slow", Access: Access{
		At: "0 */3 * * *", Zone: "Europe/Moscow", Proxy: "socks5://10.0.0.1:1080", Insecure: On, FullText: On,
	}}}
	want.Topics = []Topic{
		{
			Slug: "caviar", Names: Names{En: "Caviar"}, Words: Words{En: []string{"caviar", "black gold"}, Ru: []string{"икра"}},
			Concepts: []string{"term/caviar"}, Examples: []string{"The quota for caviar is set.", "Sturgeons are bred on the Caspian."},
			Threshold: 0.7, lines: []int{38, 39},
		},
		{Slug: "trade", Disabled: true},
	}
	want.Digests = []Digest{{
		Name: "daily", At: "30 7 * * 1-5", Zone: "Europe/Moscow", Language: news.En, Topics: []string{"energy", "wine", "caviar"}, MaxStories: 30,
		MaxPerTopic: 10, Quiet: "none", Missed: "merge", LateAfter: time.Hour, To: []string{"post"},
	}}
	want.Channels = []Channel{{Name: "post", Email: &Email{
		Host: "::1", TLS: "none", Mechanism: "auto", Letter: Letter{From: "Самур <samur@example.org>", To: []string{"a@example.org"}},
	}}}
	want.Retention.Digests = 364 * 24 * time.Hour
	want.Backup = Backup{At: "@daily", Dir: "/srv/samur/backup", Keep: 7}
	want.Socket.Path = "/srv/samur/samur.sock"
	want.Path = filepath.Join(dir, "samur.yaml")
	want.Files, want.Sources = []string{want.Path}, c.Sources
	want.Warnings = c.Warnings
	opts := cmp.Options{cmp.AllowUnexported(Secret{}, Access{}, Topic{}), cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })}
	if diff := cmp.Diff(want, c, opts); diff != "" {
		t.Errorf("Load (-want +got):\n%s", diff)
	}
	feeds := c.NewsFeeds()
	if len(feeds) != 1 || feeds[0].Header["X-Key"] != "words" || feeds[0].Header["Accept-Language"] != "az" {
		t.Errorf("NewsFeeds() = %v, want the enabled feed with both headers", feeds)
	}
}

func TestIncludeOrderAndOverlap(t *testing.T) {
	feed := func(name string) string {
		return "feeds: [{name: " + name + ", url: \"https://" + name + ".example/\"}]\n"
	}
	c, dir := good(t, badOptions(),
		"samur.yaml", complete("include: [feeds.yaml, \"feeds.d/*.yaml\", ./feeds.yaml, \"none/*.yaml\"]\n"+feed("own")),
		"feeds.yaml", feed("a"), "feeds.d/b.yaml", feed("b"), "feeds.d/c.yaml", "# none yet\n", "feeds.d/d.yml", feed("d"))
	var names []string
	for _, f := range c.Feeds {
		names = append(names, f.Name)
	}
	if got, want := strings.Join(names, " "), "own a b"; got != want {
		t.Errorf("feeds = %q, want %q", got, want)
	}
	read := []string{"samur.yaml", "feeds.yaml", "feeds.d/b.yaml", "feeds.d/c.yaml"}
	for i := range read {
		read[i] = filepath.Join(dir, read[i])
	}
	if diff := cmp.Diff(read, c.Files); diff != "" {
		t.Errorf("Files (-want +got):\n%s", diff)
	}
	want := []string{dir}
	for _, name := range []string{"feeds.d", "feeds.d/b.yaml", "feeds.d/c.yaml", "feeds.yaml", "none", "samur.yaml"} {
		want = append(want, filepath.Join(dir, name))
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(c.Sources))); diff != "" {
		t.Errorf("Sources (-want +got):\n%s", diff)
	}
}

// TestSourcesChange changes what a config was read from in every way that an editor or
// an administrator does.
func TestSourcesChange(t *testing.T) {
	feed := func(name string) string {
		return "feeds: [{name: " + name + ", url: \"https://" + name + ".example/\"}]\n"
	}
	for _, tt := range []struct {
		name    string
		change  func(t *testing.T, dir string)
		changed bool
	}{
		{"nothing", func(*testing.T, string) {}, false},
		{"another file beside them", func(t *testing.T, dir string) { write(t, dir, "own/lexicon/names/x.yaml~", "x") }, true}, // in a directory that is read whole
		{"a secret", func(t *testing.T, dir string) { write(t, dir, "secrets/x", "y") }, false},
		{"written anew", func(t *testing.T, dir string) { write(t, dir, "samur.yaml", "zone: Asia/Baku\n") }, true},
		{"put in its place", func(t *testing.T, dir string) {
			write(t, dir, "elsewhere/new", feed("b"))
			if err := os.Rename(filepath.Join(dir, "elsewhere/new"), filepath.Join(dir, "feeds.yaml")); err != nil {
				t.Fatal(err)
			}
		}, true},
		{"a file that comes", func(t *testing.T, dir string) { write(t, dir, "feeds.d/c.yaml", feed("c")) }, true},
		{"a file that goes", func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, "feeds.d/b.yaml")); err != nil {
				t.Fatal(err)
			}
		}, true},
		{"a name in the lexicon", func(t *testing.T, dir string) { write(t, dir, "own/lexicon/x.yaml", "longer than it was") }, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, dir := good(t, badOptions(), "samur.yaml", complete("include: [feeds.yaml, \"feeds.d/*.yaml\"]\nseeds: {dir: own}\n"),
				"feeds.yaml", feed("a"), "feeds.d/b.yaml", feed("b"), "own/lexicon/x.yaml", "x", "own/lexicon/names/y.yaml", "y", "secrets/x", "x")
			tt.change(t, dir)
			if got := !maps.Equal(c.Sources, c.Sources.Now()); got != tt.changed {
				t.Errorf("changed: %v, want %v", got, tt.changed)
			}
		})
	}
}

// TestBadConfigHasSources holds that a mistake can be noticed to be mended, wherever it is.
func TestBadConfigHasSources(t *testing.T) {
	_, dir, err := load(t, badOptions(), "samur.yaml", complete("include: [absent.yaml, feeds.yaml]\n"), "feeds.yaml", "feeds: [{nam: a}]\n")
	bad, ok := errors.AsType[*Error](err)
	if !ok {
		t.Fatalf("Load = %v, want mistakes", err)
	}
	if !maps.Equal(bad.Sources, bad.Sources.Now()) {
		t.Error("they have changed, and nobody changed them")
	}
	for _, name := range []string{"absent.yaml", "feeds.yaml"} {
		write(t, dir, name, "feeds: []\n")
		if now := bad.Sources.Now(); now[filepath.Join(dir, name)] == bad.Sources[filepath.Join(dir, name)] {
			t.Errorf("%s was mended, and nothing has changed", name)
		}
	}
}

func TestStateDirectory(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		env        []string
		want       string
	}{
		{"systemd", "", []string{"STATE_DIRECTORY=/var/lib/samur", "HOME=/root"}, "/var/lib/samur"},
		{"systemd with two", "", []string{"STATE_DIRECTORY=/var/lib/samur:/var/lib/other"}, "/var/lib/samur"},
		{"xdg", "", []string{"XDG_STATE_HOME=/x", "HOME=/home/u"}, "/x/samur"},
		{"relative xdg is ignored", "", []string{"XDG_STATE_HOME=x", "HOME=/home/u"}, "/home/u/.local/state/samur"},
		{"home", "", []string{"HOME=/home/u"}, "/home/u/.local/state/samur"},
		{"file wins", "state: /srv/s\n", []string{"STATE_DIRECTORY=/var/lib/samur"}, "/srv/s"},
		{"tilde", "state: ~/s\n", []string{"HOME=/home/u"}, "/home/u/s"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := good(t, Options{Getenv: env(tt.env...)}, "samur.yaml", complete(tt.file))
			if c.State != tt.want {
				t.Errorf("State = %q, want %q", c.State, tt.want)
			}
			if got, want := c.Channels[0].File.Dir, filepath.Join(tt.want, "digests"); got != want {
				t.Errorf("file.dir = %q, want %q", got, want)
			}
		})
	}
	if _, _, err := load(t, Options{}, "samur.yaml", complete("")); err == nil || !strings.Contains(err.Error(), "keeps its state") {
		t.Errorf("Load without any state directory = %v, want a mistake that says so", err)
	}
}

func TestMissingFile(t *testing.T) {
	_, err := Load("/nonexistent/samur.yaml", Options{})
	if got, want := fmt.Sprint(err), "/nonexistent/samur.yaml: there is no such file; check the path"; got != want {
		t.Errorf("Load = %q, want %q", got, want)
	}
}

const mailer = `
channels:
  - name: files
    email: {host: h.example, from: a@example.org, to: [b@example.org], username: u, password_%s: %s}
`

func TestSecretSources(t *testing.T) {
	creds := t.TempDir()
	write(t, creds, "smtp", "hunter2\n")
	write(t, creds, "secrets_laid", "hunter2\n") // of a whole directory
	write(t, creds, "secrets_smtp", "another\n")
	getenv := env("HOME=/home/u", "PW=hunter2\r\n", "CREDENTIALS_DIRECTORY="+creds)
	for _, tt := range []struct{ source, name string }{{"file", "pw"}, {"env", "PW"}, {"credential", "smtp"}, {"credential", "laid"}} {
		t.Run(tt.source+" "+tt.name, func(t *testing.T) {
			c, _ := good(t, Options{Getenv: getenv}, "samur.yaml", complete(fmt.Sprintf(mailer, tt.source, tt.name)), "pw", "hunter2\n")
			pw := c.Channels[0].Email.Password
			if got := pw.Reveal(); got != "hunter2" {
				t.Errorf("Reveal() = %q, want hunter2", got)
			}
			if !pw.Given() {
				t.Error("Given() = false, want true")
			}
		})
	}
}

func TestSecretsOutOfReach(t *testing.T) {
	file := complete(fmt.Sprintf(mailer, "credential", "smtp"))
	closed := []string{"HOME=/home/u", "CREDENTIALS_DIRECTORY=/nonexistent"}
	for _, tt := range []struct {
		name string
		env  []string
	}{{"no directory", closed[:1]}, {"a closed directory", closed}} {
		c, _ := good(t, Options{Getenv: env(tt.env...), WithoutSecrets: true}, "samur.yaml", file)
		if len(c.Warnings) != 1 || !strings.Contains(c.Warnings[0].What, "smtp") {
			t.Errorf("%s: Warnings = %v, want one about the credential that was not read", tt.name, c.Warnings)
		}
		if _, _, err := load(t, Options{Getenv: env(tt.env...)}, "samur.yaml", file); err == nil || !strings.Contains(err.Error(), "LoadCredential=smtp:") {
			t.Errorf("%s: Load with credentials = %v, want a mistake that names LoadCredential", tt.name, err)
		}
	}
	byEnv := complete(fmt.Sprintf(mailer, "env", "PW"))
	if c, _ := good(t, Options{Getenv: env("HOME=/home/u"), WithoutSecrets: true}, "samur.yaml", byEnv); len(c.Warnings) != 1 || c.Warnings[0].Line != 4 {
		t.Errorf("an unset variable: Warnings = %v, want one in line 4", c.Warnings)
	}
	open := env("HOME=/home/u", "CREDENTIALS_DIRECTORY="+t.TempDir())
	if _, _, err := load(t, Options{Getenv: open, WithoutSecrets: true}, "samur.yaml", file); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("Load beside credentials without this one = %v, want a mistake", err)
	}
}

func TestSecretIsNeverPrinted(t *testing.T) {
	c, _ := good(t, Options{Getenv: env("HOME=/home/u", "PW=hunter2")}, "samur.yaml", complete(fmt.Sprintf(mailer, "env", "PW")))
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("config", "all", c, "password", c.Channels[0].Email.Password)
	blob, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	email := *c.Channels[0].Email
	outputs := []string{log.String(), string(blob), fmt.Sprint(email)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		outputs = append(outputs, fmt.Sprintf(verb, email), fmt.Sprintf(verb, email.Password), fmt.Sprintf(verb, &email.Password))
	}
	for _, out := range outputs {
		if strings.Contains(out, "hunter2") || strings.Contains(out, fmt.Sprintf("%x", "hunter2")) {
			t.Errorf("the password is printed: %s", out)
		}
		if !strings.Contains(out, "REDACTED") && strings.Contains(out, "password") {
			t.Errorf("no REDACTED in %s", out)
		}
	}
}

func TestWarnings(t *testing.T) {
	c, _ := good(t, badOptions(), "samur.yaml", `
web: {listen: ":8484", user_header: X-User}
poll: {group: login}
feeds: [{name: a, url: "https://a.example/", group: open}, {name: b, url: "http://b.example/", group: login}, {name: c, url: "http://[::1]/", group: login}]
digests: [{name: daily, at: "0 8 * * *"}]
channels:
  - name: hook
    webhook: {url: "http://hooks.example/"}
  - name: local
    webhook: {url: "http://127.0.0.1/"}
  - name: mail
    email: {host: h.example, port: 465, from: a@example.org, to: [b@example.org]}
groups:
  - {name: open, insecure: true}
  - {name: login, username: u, password_env: TOKEN}
  - name: unused
`)
	var got []string
	for _, w := range c.Warnings {
		got = append(got, fmt.Sprintf("%d: %s", w.Line, w.What))
	}
	want := []string{
		"3: the group's login would be sent to every feed that names no group",
		"4: a password would be sent in the clear",
		"7: nothing uses the channel \"hook\"",
		"8: digests would be posted in the clear",
		"9: nothing uses the channel \"local\"",
		"11: nothing uses the channel \"mail\"",
		"12: port 465 is usually for tls: implicit",
		"14: any certificate is taken, so that whoever is in between can change what is read",
		"16: no feed is in the group \"unused\"",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Warnings (-want +got):\n%s", diff)
	}
}

// Each tag must obey its own rules, or Default would hold something else.
func TestDefaultsAreWellFormed(t *testing.T) {
	var walk func(typ reflect.Type)
	walk = func(typ reflect.Type) {
		for _, k := range keysOf(typ) {
			inner := k.typ
			for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			if inner.Kind() == reflect.Struct && inner != secretType && inner != prefixType {
				walk(inner)
				continue
			}
			one := k
			if k.typ.Kind() == reflect.Slice {
				one = k.element()
			}
			texts := []string{k.preset}
			if k.typ.Kind() == reflect.Slice {
				texts = strings.Split(k.preset, ",")
			}
			for _, text := range texts {
				if k.preset == "" {
					continue
				}
				if wrong := one.set(reflect.New(one.typ).Elem(), text); wrong != nil {
					t.Errorf("%s.%s: default %q: %s", typ.Name(), k.name, text, wrong.what)
				}
			}
		}
	}
	walk(reflect.TypeFor[Config]())
	if got, want := Default().Poll.Every, 15*time.Minute; got != want {
		t.Errorf("Default().Poll.Every = %v, want %v", got, want)
	}
}

func TestParseDuration(t *testing.T) {
	for _, tt := range []struct {
		text string
		want time.Duration
	}{
		{"0s", 0},
		{"90s", 90 * time.Second},
		{"1h30m", 90 * time.Minute},
		{"1.5h", 90 * time.Minute},
		{"2w3d", 17 * 24 * time.Hour},
		{"250ms", 250 * time.Millisecond},
	} {
		got, wrong := parseDuration(tt.text)
		if wrong != nil || got != tt.want {
			t.Errorf("parseDuration(%q) = %v, %v, want %v", tt.text, got, wrong, tt.want)
		}
	}
	for _, text := range []string{"", "5", "m", "5x", "-5m", "5 m", "1e9h", "..s", "5m3", "٣m"} {
		if got, wrong := parseDuration(text); wrong == nil {
			t.Errorf("parseDuration(%q) = %v, want a problem", text, got)
		}
	}
}

func TestAgent(t *testing.T) {
	for _, tt := range []struct {
		p    Poll
		want string
	}{
		{Poll{}, "samur/1.2"},
		{Poll{Contact: "https://example.org"}, "samur/1.2 (+https://example.org)"},
		{Poll{Contact: "x", UserAgent: "mine"}, "mine"},
	} {
		if got := tt.p.Agent("1.2"); got != tt.want {
			t.Errorf("%+v.Agent = %q, want %q", tt.p, got, tt.want)
		}
	}
}

func TestDiff(t *testing.T) {
	base := "feeds: [{name: a, url: \"https://a.example/\"}, {name: b, url: \"https://b.example/\"}]\n"
	a, _ := good(t, Options{Getenv: env("HOME=/h")}, "samur.yaml", complete(base))
	b, _ := good(t, Options{Getenv: env("HOME=/h")}, "samur.yaml", complete(
		"state: /srv/s\nweb: {listen: 127.0.0.1:80, hosts: [n.example]}\npoll: {every: 20m}\n"+
			"feeds: [{name: c, url: \"https://c.example/\"}, {name: a, url: \"https://a.example/\", every: 1h, auth_env: HOME}]\n"))
	want := []Change{
		{"state", true},
		{"web.listen", true},
		{"web.hosts", true},
		{"socket.path", true}, // below another state
		{"poll.every", false},
		{"feed b removed", false},
		{"feed c added", false},
		{"feed a: every", false},
		{"feed a: auth", false},
		{"channel files: file", false}, // below another state
		{"backup.dir", false},
	}
	if diff := cmp.Diff(want, Diff(a, b)); diff != "" {
		t.Errorf("Diff (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"state", "web.listen", "web.hosts", "socket.path"}, NeedRestart(a, b)); diff != "" {
		t.Errorf("NeedRestart (-want +got):\n%s", diff)
	}
	if got := Diff(a, a); len(got) != 0 {
		t.Errorf("Diff(a, a) = %v, want nothing", got)
	}
}

func TestDiffOfGroups(t *testing.T) {
	file := "groups: [%s]\nfeeds: [{name: a, url: \"https://a.example/\", group: office%s}]\n"
	a, _ := good(t, badOptions(), "samur.yaml", complete(fmt.Sprintf(file, "{name: office, every: 1h, password_env: TOKEN, username: u}, {name: old}", "")))
	b, _ := good(t, badOptions(), "samur.yaml", complete(fmt.Sprintf(file,
		"{name: new}, {name: office, at: '0 8 * * *', insecure: true, password_env: HOME, username: u}", ", full_text: true")))
	want := []Change{
		{"group old removed", false},
		{"group new added", false},
		{"group office: every", false},
		{"group office: at", false},
		{"group office: password", false},
		{"group office: insecure", false},
		{"feed a: full_text", false},
	}
	if diff := cmp.Diff(want, Diff(a, b)); diff != "" {
		t.Errorf("Diff (-want +got):\n%s", diff)
	}
}

func TestDiffOfTopics(t *testing.T) {
	file := "topics: [%s]\n"
	a, _ := good(t, badOptions(), "samur.yaml", complete(fmt.Sprintf(file, "{slug: energy, disabled: true}, {slug: caviar, words: {en: [caviar]}}")))
	b, _ := good(t, badOptions(), "samur.yaml", complete(fmt.Sprintf("\n"+file, "{slug: caviar, words: {en: [caviar], ru: [икра]}}, {slug: tea, words: {az: [çay]}}")))
	want := []Change{{"topic energy removed", false}, {"topic caviar: words.ru", false}, {"topic tea added", false}}
	if diff := cmp.Diff(want, Diff(a, b)); diff != "" {
		t.Errorf("Diff (-want +got):\n%s", diff)
	}
}

// A slug that is nearly a built-in one may be meant to be it.
func TestWarnsOfANearlyBuiltInTopic(t *testing.T) {
	c, _ := good(t, badOptions(), "samur.yaml", complete("topics: [{slug: trades, words: {en: [goods]}}]\n"))
	if len(c.Warnings) != 1 || !strings.Contains(c.Warnings[0].String(), `the topic "trades" is a new one; if "trade" is meant, write that`) {
		t.Errorf("Warnings = %v, want one about trades", c.Warnings)
	}
}

// Nobody reads a topic of a thousand words to the end, and no digest has room for a
// thousand topics.
func TestTopicsAreBounded(t *testing.T) {
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for _, tt := range []struct{ name, text, want string }{
		{"words", "topics: [{slug: caviar, words: {en: [" + many(mostCues+1, "word%d, ") + "]}}]\n", "201 are too many for one topic"},
		{"topics", "topics: [" + many(mostTopics+1, "{slug: topic-%d, words: {en: [word]}}, ") + "]\n", "101 topics are too many"},
	} {
		_, _, err := load(t, badOptions(), "samur.yaml", complete(tt.text))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: Load() error = %v, want it to say %q", tt.name, err, tt.want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	cases, err := filepath.Glob("testdata/bad/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range cases {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range ar.Files {
			if strings.HasSuffix(file.Name, ".yaml") {
				f.Add(unescape(string(file.Data)))
			}
		}
	}
	f.Add(complete("poll: {every: 5, allow: [x]}\nfeeds: [{}, {name: [a]}, null, {headers: {a: {b: c}}}]\n"))
	f.Add("a: &a [*a]\n---\n...\n? {[: ]\n")
	f.Add(complete("groups: [{name: g, at: '*/7 * * * *', proxy: x}, {}, null]\npoll: {group: g}\nfeeds: [{name: a, url: \"http://a/\", key_env: HOME, cert_file: /dev/null}]\n"))
	path := filepath.Join(f.TempDir(), "samur.yaml")
	o := Options{Getenv: env("HOME=/home/u"), CheckCron: schedule.Check, CronSlots: schedule.Slots, Topics: func(string) ([]string, error) { return []string{"energy"}, nil }}
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := Load(path, o)
		if (c == nil) == (err == nil) {
			t.Fatalf("Load = %v, %v, want exactly one of the two", c, err)
		}
		if err == nil {
			return
		}
		lines := lineBreak().Split(text, -1)
		for _, m := range err.(*Error).Mistakes {
			if m.File == "" || m.What == "" || m.Fix == "" {
				t.Errorf("incomplete mistake %+v", m)
			}
			if m.File == path && (m.Line < 1 || m.Line > len(lines) || m.Column < 1 || m.Column > utf8.RuneCountInString(lines[m.Line-1])+1) {
				t.Errorf("%s points outside of the file", m)
			}
			if strings.ContainsFunc(m.Detail(), func(r rune) bool { return r < ' ' && r != '\n' }) {
				t.Errorf("control character in %q", m.Detail())
			}
		}
	})
}

// The keeper's own networks need no pause; a name, which is no address, is nobody's until it
// is resolved.
func TestPause(t *testing.T) {
	p := Poll{PerHostDelay: 2 * time.Second, Allow: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}}
	for ip, want := range map[netip.Addr]time.Duration{
		netip.MustParseAddr("10.1.2.3"):        0,
		netip.MustParseAddr("fd00::1"):         0,
		netip.MustParseAddr("::ffff:10.1.2.3"): 0,
		netip.MustParseAddr("11.1.2.3"):        2 * time.Second,
		{}:                                     2 * time.Second,
	} {
		if got := p.Pause(ip); got != want {
			t.Errorf("Pause(%v) = %v, want %v", ip, got, want)
		}
	}
}
