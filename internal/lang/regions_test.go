package lang

import (
	"slices"
	"testing"
)

func TestRegionNames(t *testing.T) {
	tests := []struct{ iso2, want string }{
		{"MM", "Birmanie"}, {"MM", "Myanmar"}, {"DE", "Deutschland"}, {"DE", "Allemagne"}, {"PL", "Polska"}, {"TR", "Turquie"}, {"ES", "España"}, {"GR", "Ελλάδα"}, {"NL", "Nederland"},
	}
	for _, tt := range tests {
		if got := RegionNames(tt.iso2); !slices.Contains(got, tt.want) {
			t.Errorf("RegionNames(%q) = %q, want %q among them", tt.iso2, got, tt.want)
		}
	}
	for _, code := range []string{"", "XQ", "POL", "?"} {
		if got := RegionNames(code); got != nil {
			t.Errorf("RegionNames(%q) = %q", code, got)
		}
	}
}
