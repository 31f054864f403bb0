package subject

import (
	"bytes"
	_ "embed" // for the schema
	"fmt"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// ProtocolSchema is the JSON Schema of every line of the protocol.
//
//go:embed protocol.schema.json
var ProtocolSchema []byte

// A Validator checks lines of the protocol against ProtocolSchema. It is for
// those who write a subject, and for tests; a run checks only what it decodes.
type Validator struct{ request, event *jsonschema.Schema }

// NewValidator compiles the schema.
func NewValidator() (*Validator, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(ProtocolSchema))
	if err != nil {
		return nil, fmt.Errorf("protocol.schema.json: %w", err)
	}
	const name = "protocol.schema.json"
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, doc); err != nil {
		return nil, err
	}
	v := new(Validator)
	if v.request, err = c.Compile(name + "#/$defs/request"); err != nil {
		return nil, err
	}
	v.event, err = c.Compile(name + "#/$defs/event")
	return v, err
}

// Request checks a line that the harness writes.
func (v *Validator) Request(line []byte) error { return validate(v.request, line) }

// Event checks a line that a subject writes.
func (v *Validator) Event(line []byte) error { return validate(v.event, line) }

func validate(schema *jsonschema.Schema, line []byte) error {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
	if err != nil {
		return err
	}
	return schema.Validate(doc)
}
