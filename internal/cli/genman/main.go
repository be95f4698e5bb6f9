// Command genman writes the manual pages: one for each command, from its help, and
// samur.yaml(5), from the annotated config.
//
//	genman config/samur.yaml dist/man
//
// What a page says is what "samur COMMAND --help" says: there is no second text that
// could fall behind. "make man" runs it.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/cpuguy83/go-md2man/v2/md2man"
	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"samur/internal/cli"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: genman CONFIG DIR")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "genman:", err)
		os.Exit(1)
	}
}

// write makes dir/man1 and dir/man5 anew.
func write(config, dir string) error {
	pages, err := commandPages()
	if err != nil {
		return err
	}
	text, err := os.ReadFile(config)
	if err != nil {
		return fmt.Errorf("read annotated config: %w", err)
	}
	pages["man5/samur.yaml.5"] = configPage(string(text))
	for _, section := range []string{"man1", "man5"} {
		if err := os.RemoveAll(filepath.Join(dir, section)); err != nil {
			return fmt.Errorf("remove old pages: %w", err)
		}
		if err := os.MkdirAll(filepath.Join(dir, section), 0o755); err != nil { //nolint:gosec // pages are for everybody
			return fmt.Errorf("make directory of pages: %w", err)
		}
	}
	for name, page := range pages {
		if err := os.WriteFile(filepath.Join(dir, name), page, 0o644); err != nil { //nolint:gosec // likewise
			return fmt.Errorf("write page: %w", err)
		}
	}
	return nil
}

// commandPages returns the page of every command under its file's name.
func commandPages() (map[string][]byte, error) {
	pages := map[string][]byte{}
	var add func(cmd *cobra.Command) error
	add = func(cmd *cobra.Command) error {
		cmd.DisableAutoGenTag = true // the page of one program is the same every day
		cmd.Long = markdown(cmd.Long)
		cmd.InitDefaultHelpFlag()
		name := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
		var b bytes.Buffer
		header := doc.GenManHeader{Title: strings.ToUpper(name), Section: "1", Source: "samur", Manual: "samur"}
		if err := doc.GenMan(cmd, &header, &b); err != nil {
			return fmt.Errorf("write page of %q: %w", cmd.CommandPath(), err)
		}
		pages["man1/"+name+".1"] = b.Bytes()
		for _, sub := range cmd.Commands() {
			if err := add(sub); err != nil {
				return err
			}
		}
		return nil
	}
	root := cli.Commands()
	root.Long += "\n\nThe config is described in samur.yaml(5)."
	return pages, add(root)
}

// special are the signs that Markdown would take for its own.
var special = regexp.MustCompile("[\\\\`*_<>\\[\\]#|]")

// markdown writes a help text, which is plain, as Markdown: lines that are indented
// stand as they are, in the others no sign means anything.
func markdown(help string) string {
	var b strings.Builder
	wasCode := false
	for line := range strings.Lines(help) {
		code := strings.HasPrefix(line, " ")
		if code != wasCode {
			b.WriteString("\n")
		}
		if code {
			b.WriteString("    " + strings.TrimPrefix(line, "  "))
		} else {
			b.WriteString(special.ReplaceAllString(line, `\$0`))
		}
		wasCode = code
	}
	return b.String()
}

// configPage is samur.yaml(5): the annotated config, whole.
func configPage(annotated string) []byte {
	var b strings.Builder
	b.WriteString(`% "SAMUR.YAML" "5" "" "samur" "samur"

# NAME

samur.yaml - what samur reads, when it makes digests and where they go

# SYNOPSIS

**/etc/samur/samur.yaml**, **$SAMUR_CONFIG**, **./samur.yaml**, **./config/samur.yaml**

# DESCRIPTION

This is the file as it is installed, with every key that there is.
"samur check" tells every mistake in yours, with its line and the fix.

`)
	for line := range strings.Lines(annotated) {
		b.WriteString("    " + line)
	}
	b.WriteString("\n# SEE ALSO\n\n**samur(1)**, **samur-check(1)**, **samur-init(1)**\n")
	return md2man.Render([]byte(b.String()))
}
