package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"entente/internal/publish"
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
Nothing is written in the site.`,
		Example: `  entente serve --open
  entente serve handbook --port 9000
  entente serve --editor vscode`,
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
			chosen, err := serve.ParseEditor(editor)
			if err != nil {
				return usage{fmt.Errorf("--editor: %w", err)}
			}
			o := serve.Options{Root: dir, Host: host, Port: port, Hosts: hosts, Out: c.out, Colour: colour(c.out), Poll: poll, Editor: chosen, Start: startProgram}
			if editor == "" {
				o.Guess = serve.GuessEditor(os.Getenv)
			}
			if open {
				o.Open = browse
			}
			if room, err := publish.Room(filepath.Join(os.TempDir(), "entente")); err == nil { // without it a large site takes more memory
				defer room.Close()
				o.Room = room
			}
			return serve.Run(cmd.Context(), o)
		},
	}
	cmd.Flags().IntVar(&port, "port", 0, "port to listen on (default: the first free one from 8383)")
	cmd.Flags().BoolVar(&open, "open", false, "open the browser")
	cmd.Flags().StringVar(&host, "host", "", "address to listen on (default 127.0.0.1)")
	cmd.Flags().StringSliceVar(&hosts, "allowed-host", nil, "further name by which the preview may be asked for")
	cmd.Flags().StringVar(&editor, "editor", os.Getenv("ENTENTE_EDITOR"), "editor that opens a place: a name (vscode, idea, zed), a command or an address with {path}, {line} and {col}")
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

// startProgram starts a program without waiting for it.
func startProgram(words []string) (wait func() error, err error) {
	cmd := exec.Command(words[0], words[1:]...)
	return cmd.Wait, cmd.Start()
}
