package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"entente/internal/serve"
)

func serveCommand(c console) *cobra.Command {
	var port int
	var open, poll bool
	var host, editor string
	var hosts []string
	cmd := &cobra.Command{
		Use:   "serve [SITE]",
		Short: "Show the site in a browser and follow every save",
		Long: `Serve reads the site, keeps it in memory and shows it on this machine only.
Each save is shown in the open page; mistakes are shown over the last good page.
Nothing is written.`,
		Example: `  entente serve --open
  entente serve handbook --port 9000
  entente serve --editor 'code -g {file}:{line}:{col}'`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := siteArgument(args)
			if err != nil {
				return err
			}
			if host != "" && host != "127.0.0.1" && host != "localhost" && host != "::1" {
				if len(hosts) == 0 {
					return usage{fmt.Errorf("--host %s opens the preview to others; name the hosts that may ask with --allowed-host", host)}
				}
				fmt.Fprintf(c.err, "warning: the preview can be reached from other machines at %s\n", host)
			}
			o := serve.Options{Root: dir, Host: host, Port: port, Hosts: hosts, Out: c.out, Poll: poll, Edit: editorCommand(dir, editor)}
			if open {
				o.Open = browse
			}
			return serve.Run(cmd.Context(), o)
		},
	}
	cmd.Flags().IntVar(&port, "port", 0, "port to listen on (default: the first free one from 8383)")
	cmd.Flags().BoolVar(&open, "open", false, "open the browser")
	cmd.Flags().StringVar(&host, "host", "", "address to listen on (default 127.0.0.1)")
	cmd.Flags().StringSliceVar(&hosts, "allowed-host", nil, "further name by which the preview may be asked for")
	cmd.Flags().StringVar(&editor, "editor", os.Getenv("ENTENTE_EDITOR"), "command that opens a place: {file}, {line} and {col} are filled in")
	cmd.Flags().BoolVar(&poll, "poll", false, "look at the files at intervals instead of waiting for events")
	return cmd
}

// browse opens the browser; a machine without one is no failure.
func browse(url string) {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	_ = exec.Command(name, args...).Start()
}

// editorCommand opens a place in the author's editor. The command is split at
// blanks and started without a shell.
func editorCommand(dir, template string) func(string, int, int) error {
	if template == "" {
		return nil
	}
	return func(file string, line, col int) error {
		fill := strings.NewReplacer("{file}", filepath.Join(dir, filepath.FromSlash(file)), "{line}", fmt.Sprint(line), "{col}", fmt.Sprint(col))
		words := strings.Fields(template)
		for i := range words {
			words[i] = fill.Replace(words[i])
		}
		return exec.Command(words[0], words[1:]...).Start()
	}
}
