package deploy

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
	"time"
)

// Bucket is a store that speaks the S3 protocol. Requests are signed by
// version 4 of Amazon's scheme (AWS General Reference, "Signature Version 4").
type Bucket struct {
	Endpoint    string // "https://s3.eu-central-1.amazonaws.com"
	Name        string
	Prefix      string // put before every name; "" or ends in "/"
	Region      string
	Key, Secret string
	Token       string       // of a session; may be empty
	Client      *http.Client // nil: one that waits a minute for each answer
	Now         func() time.Time
}

// Get reads an object.
func (b *Bucket) Get(ctx context.Context, name string) ([]byte, error) {
	return b.do(ctx, http.MethodGet, name, nil)
}

// Put writes an object with its type and how long it may be kept.
func (b *Bucket) Put(ctx context.Context, name string, content []byte) error {
	_, err := b.do(ctx, http.MethodPut, name, content)
	return err
}

// Delete removes an object.
func (b *Bucket) Delete(ctx context.Context, name string) error {
	_, err := b.do(ctx, http.MethodDelete, name, nil)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func (b *Bucket) do(ctx context.Context, method, name string, content []byte) ([]byte, error) {
	address := strings.TrimSuffix(b.Endpoint, "/") + escape("/"+b.Name+"/"+b.Prefix+name)
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	if method == http.MethodPut {
		r.Header.Set("Content-Type", typeOf(name))
		r.Header.Set("Cache-Control", cacheOf(name))
	}
	b.sign(r, content)
	client := b.Client
	if client == nil {
		client = &http.Client{Timeout: time.Minute}
	}
	answer, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 64<<20))
	switch {
	case err != nil:
		return nil, err
	case answer.StatusCode == http.StatusNotFound:
		return nil, fs.ErrNotExist
	case answer.StatusCode/100 != 2:
		return nil, fmt.Errorf("the store answers %s: %.200s", answer.Status, body)
	}
	return body, nil
}

// sign adds the headers of the signature.
func (b *Bucket) sign(r *http.Request, content []byte) {
	now := b.Now().UTC()
	day, moment := now.Format("20060102"), now.Format("20060102T150405Z")
	sum := sha256.Sum256(content)
	hash := hex.EncodeToString(sum[:])
	r.Header.Set("X-Amz-Date", moment)
	r.Header.Set("X-Amz-Content-Sha256", hash)
	names, values := "host;x-amz-content-sha256;x-amz-date", "host:"+r.URL.Host+"\nx-amz-content-sha256:"+hash+"\nx-amz-date:"+moment+"\n"
	if b.Token != "" {
		r.Header.Set("X-Amz-Security-Token", b.Token)
		names, values = names+";x-amz-security-token", values+"x-amz-security-token:"+b.Token+"\n"
	}
	request := strings.Join([]string{r.Method, r.URL.EscapedPath(), r.URL.RawQuery, values, names, hash}, "\n")
	requestSum := sha256.Sum256([]byte(request))
	scope := day + "/" + b.Region + "/s3/aws4_request"
	key := []byte("AWS4" + b.Secret)
	for _, part := range []string{day, b.Region, "s3", "aws4_request"} {
		key = mac(key, part)
	}
	signature := hex.EncodeToString(mac(key, strings.Join([]string{"AWS4-HMAC-SHA256", moment, scope, hex.EncodeToString(requestSum[:])}, "\n")))
	r.Header.Set("Authorization", fmt.Sprintf("AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s", b.Key, scope, names, signature))
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

// escape escapes a path as the signature demands: all but unreserved
// characters and slashes.
func escape(p string) string {
	return strings.NewReplacer("+", "%20", "%2F", "/", "%7E", "~").Replace(url.QueryEscape(p))
}

func typeOf(name string) string {
	switch ext := path.Ext(name); ext {
	case ".md":
		return "text/markdown; charset=utf-8"
	case ".woff2":
		return "font/woff2"
	case ".ics":
		return "text/calendar; charset=utf-8"
	default:
		if t := mime.TypeByExtension(ext); t != "" {
			return t
		}
	}
	return "application/octet-stream"
}

var hashed = regexp.MustCompile(`\.[0-9a-f]{8,}\.[a-z0-9]+$`)

// cacheOf lets files whose name changes with their content be kept for ever.
func cacheOf(name string) string {
	if hashed.MatchString(name) {
		return "public, max-age=31536000, immutable"
	}
	return "public, max-age=300"
}
