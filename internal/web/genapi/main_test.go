package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCommittedDocumentIsCurrent(t *testing.T) {
	sources, err := filepath.Glob("../../records/*.go")
	if err != nil {
		t.Fatal(err)
	}
	want, err := generate(append([]string{"../api/api.go"}, sources...)...)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../assets/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("internal/web/assets/openapi.json is not what the types say; run make schema (-want +got):\n%s", diff)
	}
}
