// Package cli is the command line of entente: commands, flags, exit codes,
// and what is printed. The work is done by the engines.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"entente/internal/diag"
)

// Exit codes.
const (
	exitGood    = 0
	exitInput   = 1 // errors in the input; nothing was published
	exitUsage   = 2 // a command that cannot be carried out as given
	exitMachine = 3 // disk, network, or a fault of entente
)

// exit is an error that has been reported, with the code to leave with.
type exit struct{ code int }

func (e exit) Error() string { return fmt.Sprintf("exit %d", e.code) }

// usage is an error of the command line.
type usage struct{ err error }

func (u usage) Error() string { return u.err.Error() }

// console is where a command speaks.
type console struct {
	in       io.Reader
	out, err io.Writer
}

// Main runs the command line and gives the exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	root := newRoot(console{stdin, stdout, stderr})
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var left exit
	var coded interface{ ExitCode() int }
	var use usage
	switch {
	case err == nil:
		return exitGood
	case errors.As(err, &left):
		return left.code
	case errors.As(err, &coded):
		fmt.Fprintf(stderr, "entente: %v\n", err)
		return coded.ExitCode()
	case errors.As(err, &use):
		fmt.Fprintf(stderr, "entente: %v\n", err)
		fmt.Fprintf(stderr, "See 'entente --help'.\n")
		return exitUsage
	}
	fmt.Fprintf(stderr, "entente: %v\n", err)
	return exitMachine
}

func newRoot(c console) *cobra.Command {
	root := &cobra.Command{
		Use:   "entente",
		Short: "Turn Markdown pages and records about alliances into a reference site",
		Long: `entente turns Markdown topic pages and structured records about alliances
into a cross-linked static reference site: glossary, timelines, maps, see also,
and sentences that follow the data.

Exit codes: 0 good, 1 errors in the input, 2 usage, 3 machine failure.`,
		Example: `  entente new site demo       a small site to begin with
  entente serve demo --open   write, and see each sentence as you save it
  entente build demo          publish it into demo/public`,
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetVersionTemplate("entente {{.Version}}\n")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage{err} })
	for _, command := range commands(c) {
		if command.Args != nil {
			command.Args = usageArgs(command.Args)
		}
		root.AddCommand(command)
	}
	root.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			var names []string
			for _, command := range cmd.Commands() {
				names = append(names, command.Name())
			}
			if near := diag.Nearest(args[0], names); near != "" {
				return usage{fmt.Errorf("no command %q; did you mean %q?", args[0], near)}
			}
			return usage{fmt.Errorf("no command %q", args[0])}
		}
		return cmd.Help()
	}
	root.Args = cobra.ArbitraryArgs
	return root
}

// usageArgs makes complaints about arguments errors of usage that say how the
// command is written.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usage{fmt.Errorf("the command is written %q", cmd.UseLine())}
		}
		return nil
	}
}

// commands lists all commands.
func commands(c console) []*cobra.Command {
	return []*cobra.Command{buildCommand(c), deployCommand(c), serveCommand(c), checkCommand(c), editionCommand(c), explainCommand(c), headersCommand(c), importCommand(c), newCommand(c), versionCommand(c)}
}

// siteArgument is the folder of the site: the first argument, else ".".
func siteArgument(args []string) (string, error) {
	dir := "."
	if len(args) > 0 {
		dir = args[0]
	}
	info, err := os.Stat(dir)
	switch {
	case err != nil:
		return "", usage{fmt.Errorf("no folder %q", dir)}
	case !info.IsDir():
		return "", usage{fmt.Errorf("%q is a file; name the folder that holds content/", dir)}
	}
	if info, err = os.Stat(dir + "/content"); err != nil || !info.IsDir() {
		return "", usage{fmt.Errorf("%q holds no content/ folder; \"entente new site %s\" makes a small site", dir, dir)}
	}
	return dir, nil
}
