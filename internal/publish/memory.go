package publish

import (
	"bytes"
	"fmt"
	"sync"
)

// Memory is a sink that keeps files in memory; tests use it.
type Memory struct {
	mu    sync.Mutex
	Files map[string][]byte // guarded by mu while files are put
}

// Put takes one file.
func (m *Memory) Put(p string, content []byte) error {
	if err := cleanPath(p); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.Files == nil {
		m.Files = map[string][]byte{}
	}
	if _, taken := m.Files[p]; taken {
		return &Error{Code: "ID010", Text: fmt.Sprintf("two files at %q", p), exit: 1}
	}
	m.Files[p] = bytes.Clone(content)
	return nil
}
