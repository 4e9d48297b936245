package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"entente/internal/deploy"
	"entente/internal/publish"
)

func deployCommand(c console) *cobra.Command {
	var from, to, endpoint, region string
	var dry bool
	cmd := &cobra.Command{
		Use:   "deploy [SITE] --to TARGET",
		Short: "Copy the published site to a folder or a bucket, never breaking what is live",
		Long: `Deploy copies the published site of folder SITE (default ".") to TARGET: a folder,
or a bucket of a store that speaks the S3 protocol.

Files go in an order that leaves every page with all it needs, whenever it
fails: first what pages are made with, then pages, then the lists that lead to
them, at last the removal of what is gone. Running it again goes on. Only what
deploy itself brought to the target is ever removed there.

Keys for a bucket come from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, if
set, AWS_SESSION_TOKEN.`,
		Example: `  entente deploy --to /srv/www/handbook
  entente deploy handbook --to s3://bucket/handbook --endpoint https://s3.example.org
  entente deploy --to s3://bucket --dry-run`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := siteArgument(args)
			if err != nil {
				return err
			}
			if from == "" {
				from = filepath.Join(dir, "public")
			}
			store, err := storeOf(to, endpoint, region)
			if err != nil {
				return err
			}
			return c.deploy(cmd, from, store, dry)
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "folder, or s3://BUCKET/PREFIX (required)")
	cmd.Flags().StringVar(&from, "from", "", "published folder (default SITE/public)")
	cmd.Flags().StringVar(&endpoint, "endpoint", "https://s3.amazonaws.com", "address of the store of a bucket")
	cmd.Flags().StringVar(&region, "region", "us-east-1", "region of a bucket")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would be done, and do nothing")
	return cmd
}

// storeOf makes the store that a target names.
func storeOf(to, endpoint, region string) (deploy.Store, error) {
	if to == "" {
		return nil, usage{fmt.Errorf("deploy needs --to: a folder, or s3://BUCKET/PREFIX")}
	}
	if !strings.Contains(to, "://") {
		return deploy.Folder(to), nil
	}
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "s3" || u.Host == "" {
		return nil, usage{fmt.Errorf("%q is neither a folder nor s3://BUCKET/PREFIX", to)}
	}
	b := &deploy.Bucket{Endpoint: endpoint, Name: u.Host, Prefix: strings.Trim(u.Path, "/"), Region: region,
		Key: os.Getenv("AWS_ACCESS_KEY_ID"), Secret: os.Getenv("AWS_SECRET_ACCESS_KEY"), Token: os.Getenv("AWS_SESSION_TOKEN"), Now: time.Now}
	if b.Prefix != "" {
		b.Prefix += "/"
	}
	if b.Key == "" || b.Secret == "" {
		return nil, usage{fmt.Errorf("a bucket needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment")}
	}
	return b, nil
}

func (c console) deploy(cmd *cobra.Command, from string, store deploy.Store, dry bool) error {
	sums, err := publish.Manifest(from)
	if err != nil {
		return err
	}
	if sums == nil {
		return usage{fmt.Errorf("%q holds no published site; run \"entente build\" first, or name another folder with --from", from)}
	}
	site := deploy.Site{Sums: sums, Read: func(name string) ([]byte, error) {
		b, err := os.ReadFile(filepath.Join(from, filepath.FromSlash(name)))
		if sum := sha256.Sum256(b); err == nil && hex.EncodeToString(sum[:]) != sums[name] {
			err = fmt.Errorf("%s was changed since it was published; build again", name)
		}
		return b, err
	}}
	steps, err := deploy.Plan(cmd.Context(), store, site)
	if err != nil {
		return err
	}
	puts := 0
	for _, s := range steps {
		verb := "put"
		if s.Delete {
			verb = "delete"
		} else {
			puts++
		}
		if dry {
			fmt.Fprintf(c.out, "%s %s\n", verb, s.Name)
		}
	}
	if !dry {
		if err := deploy.Run(cmd.Context(), store, site, steps, nil); err != nil {
			return fmt.Errorf("%w; what is live still works: run deploy again to go on", err)
		}
	}
	fmt.Fprintf(c.out, "%s put, %s deleted, %d unchanged\n", count(puts, "file"), count(len(steps)-puts, "file"), len(sums)-puts)
	return nil
}
