package gen

import "errors"

// hugo writes the same texts for Hugo.
func (s *site) hugo() error { return errors.New("no texts for Hugo yet") }
