package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCommittedSchemaIsCurrent(t *testing.T) {
	want, err := generate("../config.go", "../channels.go", "../alerts.go")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../../config/samur.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("config/samur.schema.json is not what internal/config says; run make schema (-want +got):\n%s", diff)
	}
}

func TestFieldWithoutCommentIsRefused(t *testing.T) {
	source := t.TempDir() + "/config.go"
	if err := os.WriteFile(source, []byte("package config\n\ntype Config struct {\n\tState string\n}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := generate(source); err == nil || !strings.Contains(err.Error(), "has no comment") {
		t.Errorf("generate without comments = %v, want an error that says so", err)
	}
}
