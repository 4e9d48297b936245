package record

import (
	"go.yaml.in/yaml/v3"

	"entente/internal/yamltext"
)

// parse reads one document and gives its root; nil when there is none, or
// when it breaks the rules of YAML.
func (d *decoder) parse(outer int) *yaml.Node {
	root, faults := yamltext.Parse(d.places.yaml, outer)
	for _, f := range faults {
		d.place(f.Line, f.Col, faultCode(f.Kind), f.Message, f.Hint)
	}
	return root
}

func faultCode(k yamltext.Kind) string {
	switch k {
	case yamltext.Second:
		return "DT003"
	case yamltext.Tagged:
		return "DT007"
	case yamltext.Bomb:
		return "DT050"
	case yamltext.Depth:
		return "DT051"
	}
	return "DT001"
}
