// Package config holds the config to begin with, which samur init writes: samur.yaml
// with every key explained, feeds.yaml with the feeds of the field, and the schema
// by which editors complete and check both.
//
// The files load as they are. What they may hold is said in internal/config, whose
// tests hold them to it; make schema writes the schema anew.
package config

import "embed"

// FS holds the files by their names.
//
//go:embed samur.yaml feeds.yaml samur.schema.json
var FS embed.FS
