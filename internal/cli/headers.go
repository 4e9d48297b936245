package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"entente/internal/build"
)

func headersCommand(c console) *cobra.Command {
	var under string
	cmd := &cobra.Command{
		Use:   "headers HOST",
		Short: "Print the response headers of a site as a host wants them",
		Long: `Headers prints what a host should send with a published site: a policy that
lets pages use nothing but their own files, and how long copies may be kept.
HOST is nginx, caddy or netlify. The last is the file _headers, which is part of
every published site and which several hosts read.`,
		Example: `  entente headers nginx                a part of the settings of nginx
  entente headers caddy --under /ref/  for a site below a path`,
		Args:      cobra.ExactArgs(1),
		ValidArgs: build.Hosts(),
		RunE: func(_ *cobra.Command, args []string) error {
			if !slices.Contains(build.Hosts(), args[0]) {
				return usage{fmt.Errorf("no host %q%s; one of %s", args[0], meant(args[0], build.Hosts()), strings.Join(build.Hosts(), ", "))}
			}
			if strings.ContainsAny(under, " \t\r\n\"'\\;{}$*") {
				return usage{fmt.Errorf("%q is not a path", under)}
			}
			root := "/" + strings.Trim(under, "/")
			if root != "/" {
				root += "/"
			}
			_, err := io.WriteString(c.out, build.Headers(args[0], root))
			return err
		},
	}
	cmd.Flags().StringVar(&under, "under", "/", "path of the site on its host")
	return cmd
}
