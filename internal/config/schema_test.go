package config

import (
	"bytes"
	"fmt"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"samur/internal/schedule"
)

// committedSchema compiles config/samur.schema.json. Package genschema tests that it
// is what Schema returns.
func committedSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(read(t, "../../config/samur.schema.json")))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("samur.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("samur.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// instance turns YAML into what a schema is held against, as an editor does.
func instance(text string) (any, error) {
	var doc yaml.Node
	if err := yaml.Load([]byte(text), &doc); err != nil {
		return nil, err
	}
	return plainValue(doc.Content[0])
}

func plainValue(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if _, twice := m[n.Content[i].Value]; twice {
				return nil, fmt.Errorf("the key %s is here twice", n.Content[i].Value)
			}
			v, err := plainValue(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			m[n.Content[i].Value] = v
		}
		return m, nil
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			v, err := plainValue(c)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return list, nil
	case yaml.ScalarNode:
		return plainScalar(n)
	}
	return nil, fmt.Errorf("line %d: no plain value", n.Line)
}

func plainScalar(n *yaml.Node) (any, error) {
	switch n.ShortTag() {
	case "!!null":
		return nil, nil
	case "!!bool":
		return strconv.ParseBool(n.Value)
	case "!!int", "!!float":
		var v any
		err := n.Decode(&v)
		if f, ok := v.(float64); ok && (f != f || f-f != 0) {
			return nil, fmt.Errorf("%v is no JSON", f)
		}
		return v, err
	}
	return n.Value, nil
}

func TestSchemaAcceptsSamples(t *testing.T) {
	s := committedSchema(t)
	for _, tt := range []struct{ name, text string }{
		{"samur.yaml", read(t, "../../config/samur.yaml")},
		{"samur.yaml with every commented key", uncomment(read(t, "../../config/samur.yaml"))},
		{"feeds.yaml", read(t, "../../config/feeds.yaml")},
		{"a fragment completed", complete("web:\npoll: {timeout: 1.5m}\n")},
	} {
		v, err := instance(tt.text)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%s: the schema refuses it: %v", tt.name, err)
		}
	}
}

// beyondSchema are the cases of testdata/bad that no schema can refuse, by reason.
// All others it must refuse, and these it must not: a rule that it learns to tell is
// struck off here.
var beyondSchema = map[string][]string{
	"a name is used twice": {
		"channels/name-twice", "channels/email-to-twice", "digests/name-twice", "digests/channel-twice", "feeds/name-twice",
		"feeds/address-twice", "feeds/header-twice", "include/twice-across-files", "values/hosts-twice",
		"access/group-twice", "topics/twice", "topics/word-twice", "topics/concept-twice",
		"alerts/alert-name", "channels/telegram-twice",
	},
	"a name leads nowhere": {
		"digests/unknown-channel", "digests/unknown-channel-far", "digests/notices-to-nobody", "digests/unknown-topic", "digests/own-topics-torn",
		"access/group-unknown", "topics/unknown-concept", "topics/unknown-concept-far", "topics/disabled-unknown", "topics/disabled-yet-told",
		"alerts/alert-channel", "alerts/alert-topic", "alerts/alert-actor",
	},
	"one key needs or forbids another": {
		"channels/email-no-password", "channels/email-no-username", "channels/email-plain-login", "channels/email-plain-ca",
		"digests/goes-nowhere", "digests/backup-alone", "digests/digest-called-notices", "feeds/auth-header-alone", "values/hosts-no-pages", "values/url-no-pages", "values/open-pages",
		"access/every-and-at", "access/group-every-and-at", "access/zone-alone", "access/group-zone-alone", "access/username-alone",
		"access/password-alone", "access/two-logins", "access/group-auth-header-alone", "access/proxy-login-alone", "access/ca-insecure",
		"access/cert-alone", "access/key-alone", "topics/nothing-said", "topics/nothing-added", "topics/disabled-and-more",
		"channels/email-auth-alone",
	},
	"a name is taken": {"topics/reserved", "alerts/alert-own-name"},
	"something is missing that may come from an included file, or that a file of feeds has not": {
		"digests/no-digests", "feeds/no-feeds", "feeds/all-disabled", "include/nothing-found",
	},
	"two values are held against each other": {"feeds/every-under-min", "values/min-over-every", "values/max-under-every", "access/group-every-under-min", "access/at-too-often"},
	"a value with a unit is out of bounds": {
		"values/duration-too-short", "values/duration-too-long", "values/duration-absurd", "values/size-too-large",
	},
	"a schedule, and whether it ever fires": {"digests/hour", "digests/never", "digests/cron-and-zone", "access/at-never"},
	"which zones there are": {
		"digests/digest-zone", "values/zone-city", "values/zone-unknown", "values/zone-local", "values/zone-abbreviation",
		"access/at-zone", "alerts/alert-zone",
	},
	"what a pattern cannot tell": {
		"channels/email-to-one-line", "feeds/url-port", "include/bad-pattern", "values/listen-bad-port", "values/cidr-host-bits",
		"access/proxy-port", "access/username-colon", "topics/one-letter", "topics/sentence-as-word", "topics/word-as-example",
		"alerts/alert-keyword", "alerts/alert-hours-nothing",
	},
	"which headers are secret, or samur's own": {"channels/webhook-header", "feeds/header-secret", "feeds/header-own"},
	"what stands in other files, or in the environment": {
		"channels/email-ca-missing", "channels/webhook-secret-url", "channels/secret-file-missing", "channels/secret-file-open",
		"channels/secret-file-empty", "channels/secret-file-directory", "channels/secret-env-unset", "channels/secret-env-empty",
		"channels/secret-credential", "include/missing-file", "include/directory", "include/mistake-inside", "include/more-than-feeds",
		"include/torn-file", "include/list-file", "access/group-in-included-file", "access/ca-missing", "access/ca-broken", "access/cert-broken",
		"topics/lexicon-unread", "access/key-broken", "access/key-locked", "access/key-of-another", "access/key-open",
		"channels/discord-url", "channels/email-dkim-key",
	},
	"anchors and tags, which YAML resolves before": {"syntax/anchor", "syntax/tag"},
}

func TestSchemaAgreesWithLoad(t *testing.T) {
	s := committedSchema(t)
	beyond := map[string]string{}
	for why, names := range beyondSchema {
		for _, name := range names {
			beyond[name] = why
		}
	}
	paths, err := filepath.Glob("testdata/bad/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	held := 0
	for _, path := range paths {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range ar.Files {
			name, base, _ := strings.Cut(f.Name, "/")
			name = strings.TrimSuffix(filepath.Base(path), ".txtar") + "/" + name
			text := unescape(string(f.Data))
			switch base {
			case "samur.yaml":
				text = complete(text)
			case "samur.whole.yaml":
			default:
				continue
			}
			v, err := instance(text)
			if err != nil {
				continue // an editor's YAML reader refuses it before any schema does
			}
			held++
			err = s.Validate(v)
			switch why, listed := beyond[name]; {
			case err == nil && !listed:
				t.Errorf("%s: the schema accepts what Load refuses:\n%s", name, bytes.TrimSpace(f.Data))
			case err != nil && listed:
				t.Errorf("%s: listed as beyond a schema (%s), and yet it is refused: %v", name, why, err)
			}
			delete(beyond, name)
		}
	}
	for name := range beyond {
		t.Errorf("%s is listed as beyond the schema and is no case it is held against", name)
	}
	if held < 60 {
		t.Errorf("%d cases held against the schema, want 60 or more", held)
	}
}

// A pattern that is too strict would underline in an editor what samur takes.
func TestPatternsAcceptWhatLoadAccepts(t *testing.T) {
	loads := map[string]func(string) *problem{
		"duration": func(s string) *problem { _, wrong := parseDuration(s); return wrong },
		"size":     func(s string) *problem { _, wrong := parseSize(s); return wrong },
		"network":  func(s string) *problem { _, wrong := parsePrefix(s); return wrong },
		"cron": func(s string) *problem {
			if err := schedule.Check(s, "UTC"); err != nil {
				return &problem{err.Error(), ""}
			}
			return nil
		},
	}
	for form, check := range forms {
		loads[form] = check
	}
	seeds := []string{
		"5m", "1.5h", ".5d2w", "10MB", "1.5 kib", "512B", "1e3MB", "+1MB", "10.0.0.0/8", "fd00::/8", "0 8 * * 1-5", " @daily ", "@every 6h", "none",
		":80", "[::1]:80", "127.0.0.1:+80", "::1", "::ffff:1.2.3.4", "mail.example.org", "mail:25", "A <a@example.org>", "Asia/Baku", "Etc/GMT+3", "UTC",
		"HTTPS://h/ü?x#y", "http://[fe80::1]:80/", "https://u@h/", "feeds.d/*.yaml", "~/x", "a b", "ə", "X-Key", "energy-gas", "report.az_1",
	}
	for form, check := range loads {
		pattern, ok := patterns[form]
		if !ok {
			t.Errorf("the form %s has no pattern", form)
			continue
		}
		re := regexp.MustCompile(pattern)
		t.Run(form, rapid.MakeCheck(func(t *rapid.T) {
			text := rapid.OneOf(rapid.SampledFrom(seeds), rapid.String(), rapid.StringMatching(pattern)).Draw(t, "text")
			if check(text) == nil && !re.MatchString(text) {
				t.Fatalf("Load accepts %q and the pattern %s does not", text, pattern)
			}
		}))
	}
}

// Every form that a tag names is known to Load and to the schema.
func TestFormsAreKnown(t *testing.T) {
	var walk func(typ reflect.Type)
	walk = func(typ reflect.Type) {
		for _, k := range keysOf(typ) {
			inner := k.typ
			for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			if inner.Kind() == reflect.Struct && inner != secretType && inner != prefixType {
				walk(inner)
			}
			_, checked := forms[k.form]
			if k.form != "" && !checked && k.form != "size" && k.form != "cron" && k.form != "header" {
				t.Errorf("%s.%s: Load knows no form %q", typ.Name(), k.name, k.form)
			}
			if k.form != "" && patterns[k.form] == "" && k.form != "header" {
				t.Errorf("%s.%s: the schema knows no form %q", typ.Name(), k.name, k.form)
			}
		}
	}
	walk(reflect.TypeFor[Config]())
}
