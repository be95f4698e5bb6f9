package cli

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"samur/internal/app"
	"samur/seeds"
)

// shells write the completion script of a shell.
var shells = map[string]func(root *cobra.Command, w io.Writer) error{
	"bash": func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) },
	"fish": func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) },
	"zsh":  func(root *cobra.Command, w io.Writer) error { return root.GenZshCompletion(w) },
}

func newCompletion(*Env) *cobra.Command {
	return &cobra.Command{
		Use: "completion bash|fish|zsh", Short: "print the completion script of a shell", Args: takes(1, 1),
		Long: `Prints a script with which the shell completes commands, flags, names of feeds and topics.

  bash  samur completion bash > /etc/bash_completion.d/samur
  fish  samur completion fish > ~/.config/fish/completions/samur.fish
  zsh   samur completion zsh > "${fpath[1]}/_samur"`,
		Example:   "  samur completion bash",
		ValidArgs: []string{"bash", "fish", "zsh"},
		RunE: func(cmd *cobra.Command, args []string) error {
			write, ok := shells[args[0]]
			if !ok {
				return misusef("no script for shell %q; there is bash, fish and zsh", args[0])
			}
			if err := write(cmd.Root(), cmd.OutOrStdout()); err != nil {
				return fmt.Errorf("write completion: %w", err)
			}
			return nil
		},
	}
}

// completeFeeds offers the names of the config's feeds, and nothing when there is no
// config or a bad one.
func completeFeeds(env *Env) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, start string) ([]cobra.Completion, cobra.ShellCompDirective) {
		given, err := cmd.Flags().GetString("config")
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		cfg, err := theConfig(env, flags{config: given})
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var names []cobra.Completion
		for _, f := range cfg.Feeds {
			if strings.HasPrefix(f.Name, start) && !slices.Contains(args, f.Name) {
				names = append(names, cobra.CompletionWithDesc(f.Name, f.Outlet))
			}
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeTopics offers the slugs of the topics, those of the config's own directory
// with them when there is a config.
func completeTopics(env *Env) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, start string) ([]cobra.Completion, cobra.ShellCompDirective) {
		dir, own := "", []seeds.Topic(nil)
		if given, err := cmd.Flags().GetString("config"); err == nil {
			if cfg, err := theConfig(env, flags{config: given}); err == nil {
				dir, own = cfg.Seeds.Dir, app.OwnTopics(cfg)
			}
		}
		topics, err := app.Topics(dir, own...)
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		var slugs []cobra.Completion
		for _, t := range topics {
			if strings.HasPrefix(t.Slug, start) && !slices.Contains(args, t.Slug) {
				slugs = append(slugs, cobra.CompletionWithDesc(t.Slug, cmp.Or(t.Names["en"], t.Slug)))
			}
		}
		return slugs, cobra.ShellCompDirectiveNoFileComp
	}
}
