package config

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"samur/internal/schedule"
)

// feedsStandIn is used while config/feeds.yaml is not there.
const feedsStandIn = "feeds:\n  - name: stand-in\n    url: https://example.org/rss.xml\n"

// sample copies the config directory of the repository to a place where secrets and
// own seeds can be put beside it, and returns the path of the copy.
func sample(t *testing.T, edit func(string) string) string {
	t.Helper()
	dir := t.TempDir()
	text := read(t, "../../config/samur.yaml")
	feeds, err := os.ReadFile("../../config/feeds.yaml")
	if err != nil {
		feeds = []byte(feedsStandIn)
	}
	write(t, dir, "samur.yaml", edit(text))
	write(t, dir, "feeds.yaml", string(feeds))
	for _, name := range []string{"my-feed", "reader", "pages", "proxy", "smtp-password", "webhook", "webhook-token", "telegram", "ntfy", "matrix"} {
		write(t, dir, "secrets/"+name, "words\n")
	}
	for _, name := range []string{"slack", "mattermost", "discord", "teams"} {
		write(t, dir, "secrets/"+name, "https://hooks.example.org/secret\n")
	}
	write(t, dir, "ca.pem", certificate(t))
	cert, key := pair(t)
	write(t, dir, "samur.pem", cert)
	write(t, dir, "secrets/samur-key.pem", key)
	write(t, dir, "secrets/dkim.pem", key)
	return filepath.Join(dir, "samur.yaml")
}

// certificate returns one in PEM.
func certificate(t *testing.T) string {
	t.Helper()
	srv := httptest.NewTLSServer(nil)
	defer srv.Close()
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw}))
}

// pair returns a certificate and its key in PEM.
func pair(t *testing.T) (certPEM, keyPEM string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	cert, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert})),
		string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for _, p := range pairs {
			if k, v, _ := strings.Cut(p, "="); k == name {
				return v
			}
		}
		return ""
	}
}

func TestSampleLoadsAsItIs(t *testing.T) {
	path := sample(t, func(s string) string { return s })
	c, err := Load(path, Options{Getenv: env("HOME=/home/u"), CheckCron: schedule.Check, CronSlots: schedule.Slots})
	if err != nil {
		t.Fatalf("the sample has mistakes:\n%v", err)
	}
	if len(c.Warnings) > 0 {
		t.Errorf("the sample has warnings: %v", c.Warnings)
	}
	if got, want := c.State, "/home/u/.local/state/samur"; got != want {
		t.Errorf("State = %q, want %q", got, want)
	}
	if got, want := c.Channels[0].File.Dir, "/home/u/.local/state/samur/digests"; got != want {
		t.Errorf("Channels[0].File.Dir = %q, want %q", got, want)
	}
	if !strings.HasPrefix(c.Web.Listen, "127.0.0.1:") {
		t.Errorf("Web.Listen = %q, want loopback", c.Web.Listen)
	}
	if len(c.NewsFeeds()) == 0 {
		t.Error("the sample reads no feed")
	}
}

// commentedKey is a key, or a list's element, that is commented out; prose has a
// blank behind its #, and so have keys of elements, but two.
var commentedKey = regexp.MustCompile(`^(\s*)#((- |  +)?[a-z_]+:.*)$`)

func uncomment(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = commentedKey.ReplaceAllString(l, "$1$2")
	}
	return strings.Join(lines, "\n")
}

// Every key of the grammar stands in the sample, and those that are commented out
// and have a default stand with it.
func TestSampleShowsEveryKeyWithItsDefault(t *testing.T) {
	path := sample(t, uncomment)
	c, err := Load(path, Options{Getenv: env("HOME=/home/u"), CheckCron: schedule.Check, CronSlots: schedule.Slots})
	if err != nil {
		t.Fatalf("the sample with everything uncommented has mistakes:\n%v", err)
	}
	if len(c.Digests) != 1 || len(c.Channels) != 11 {
		t.Errorf("uncommented sample has %d digests and %d channels, want 1 and 11", len(c.Digests), len(c.Channels))
	}
	var root yaml.Node
	if err := yaml.Load([]byte(read(t, path)), &root); err != nil {
		t.Fatal(err)
	}
	original := strings.Split(read(t, "../../config/samur.yaml"), "\n")
	access := map[string]bool{}
	compareSection(t, root.Content[0], reflect.TypeFor[Config](), original, "", access)
	for _, k := range keysOf(reflect.TypeFor[Access]()) {
		if !access[k.name] && !elsewhere.MatchString(k.name) {
			t.Errorf("%s is neither under feeds nor under groups in the sample", k.name)
		}
	}
}

// elsewhere are keys that need not stand at each place: other ways to name a secret, and
// what is shown at the first of several like it.
var elsewhere = regexp.MustCompile(`_(env|credential)$|webhook\.url_file$|(mattermost|discord|teams)\.allow$`)

func compareSection(t *testing.T, n *yaml.Node, typ reflect.Type, original []string, path string, access map[string]bool) {
	t.Helper()
	shown := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		keys := keysOf(typ)
		k := keys[slices.IndexFunc(keys, func(k key) bool { return k.name == name.Value })]
		shown[k.name] = true
		if k.owner == reflect.TypeFor[Access]() {
			access[k.name] = true
		}
		inner := k.typ
		if value.Kind == yaml.SequenceNode && inner.Elem().Kind() == reflect.Struct && inner.Elem() != prefixType {
			for _, one := range value.Content {
				compareSection(t, one, inner.Elem(), original, path+k.name+".", access)
			}
			continue
		}
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct && inner != secretType {
			compareSection(t, value, inner, original, path+k.name+".", access)
			continue
		}
		if commentedKey.MatchString(original[name.Line-1]) && k.preset != "" {
			compareDefault(t, value, k, path)
		}
	}
	if typ == reflect.TypeFor[Channel]() {
		return // each shows one way out
	}
	for _, k := range keysOf(typ) {
		if !shown[k.name] && k.owner == typ && !elsewhere.MatchString(path+k.name) {
			t.Errorf("%s%s is not in the sample", path, k.name)
		}
	}
}

func compareDefault(t *testing.T, n *yaml.Node, k key, path string) {
	t.Helper()
	var got []string
	for _, c := range append(slices.Clone(n.Content), n) {
		if c.Kind == yaml.ScalarNode {
			got = append(got, c.Value)
		}
	}
	if joined := strings.Join(got, ","); joined != k.preset {
		t.Errorf("the sample shows %s%s: %s, want its default %s", path, k.name, joined, k.preset)
	}
}
