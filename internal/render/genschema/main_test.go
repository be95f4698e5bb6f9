package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const committed = "../../../deploy/digest.schema.json"

func TestCommittedSchemaIsCurrent(t *testing.T) {
	want, err := generate("../json.go")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(committed)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("deploy/digest.schema.json is not what internal/render says; run make schema (-want +got):\n%s", diff)
	}
}

// closed makes a schema refuse what it does not name, which the committed one does not so
// that fields may be added.
func closed(v any) {
	switch v := v.(type) {
	case map[string]any:
		if v["type"] == "object" {
			v["additionalProperties"] = false
		}
		for _, e := range v {
			closed(e)
		}
	case []any:
		for _, e := range v {
			closed(e)
		}
	}
}

// TestOutputIsValid holds the golden JSON of every language, and of every field there is,
// to the schema.
func TestOutputIsValid(t *testing.T) {
	b, err := os.ReadFile(committed)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	closed(doc)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("digest.json", doc); err != nil {
		t.Fatal(err)
	}
	sch, err := c.Compile("digest.json")
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("../testdata/golden/*.json")
	if err != nil || len(names) < 7 {
		t.Fatalf("%d golden files, %v", len(names), err)
	}
	for _, name := range names {
		if base := filepath.Base(name); strings.HasPrefix(base, "notices") || strings.HasPrefix(base, "alert") || strings.HasPrefix(base, "hostile") {
			continue // other schemas; words that no digest has
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if err := sch.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		v.(map[string]any)["ledger"].(map[string]any)["told"] = json.Number("1.5")
		if sch.Validate(v) == nil {
			t.Errorf("%s: one and a half items told are valid", name)
		}
	}
}
