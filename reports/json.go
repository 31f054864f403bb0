package reports

import (
	"bytes"
	_ "embed" // for the schema
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// SchemaJSON is the JSON Schema (draft 2020-12) of report.json.
//
//go:embed schema/report-1.schema.json
var SchemaJSON []byte

const schemaName = "report-1.schema.json"

// ErrSchema is wrapped by the errors for what is not a report of this version.
var ErrSchema = errors.New("not a " + Schema)

var compiled = sync.OnceValues(func() (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(SchemaJSON))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(schemaName, doc); err != nil {
		return nil, err
	}
	return c.Compile(schemaName)
})

// WriteJSON writes the model, a behaviour a line, so that a large report can be
// read by line and compared.
func WriteJSON(w io.Writer, r Report) error {
	behaviours := r.Behaviours
	r.Behaviours = []Behaviour{}
	head, err := encode(r)
	if err != nil {
		return err
	}
	const empty = `"behaviours":[]}`
	if !bytes.HasSuffix(head, []byte(empty)) {
		return errors.New("the model's last field must be its behaviours")
	}
	var b bytes.Buffer
	b.Write(bytes.TrimSuffix(head, []byte("]}")))
	for i, behaviour := range behaviours {
		if i > 0 {
			b.WriteByte(',')
		}
		line, err := encode(behaviour)
		if err != nil {
			return fmt.Errorf("behaviour %s: %w", behaviour.ID, err)
		}
		b.WriteByte('\n')
		b.Write(line)
	}
	b.WriteString("\n]}\n")
	_, err = b.WriteTo(w)
	return err
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// Decode reads a report.json. It accepts only reports of this version that meet
// its schema, and says what is wrong with any other; errors wrap [ErrSchema]
// where the JSON itself is sound.
func Decode(r io.Reader) (Report, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return Report{}, err
	}
	var version struct {
		Schema *string `json:"schema"`
	}
	if err := json.Unmarshal(data, &version); err != nil {
		return Report{}, fmt.Errorf("a report must be a JSON object: %w", err)
	}
	if version.Schema == nil {
		return Report{}, fmt.Errorf(`%w: it has no "schema"`, ErrSchema)
	}
	if *version.Schema != Schema {
		return Report{}, fmt.Errorf("%w: its schema is %.60q; make the report anew, or read it with the pyparity that wrote it",
			ErrSchema, *version.Schema)
	}
	if err := Validate(data); err != nil {
		return Report{}, err
	}
	var report Report
	if err := json.Unmarshal(data, &report); err != nil {
		return Report{}, fmt.Errorf("%w: %w", ErrSchema, err)
	}
	return report, nil
}

// Validate checks a report.json against [SchemaJSON]. The error names the first
// places that are wrong.
func Validate(data []byte) error {
	schema, err := compiled()
	if err != nil {
		return fmt.Errorf("%s: %w", schemaName, err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	err = schema.Validate(doc)
	if invalid, ok := errors.AsType[*jsonschema.ValidationError](err); ok {
		return fmt.Errorf("%w: %s", ErrSchema, strings.Join(leaves(invalid, nil), "; "))
	}
	return err
}

// maxProblems bounds how many problems an error lists.
const maxProblems = 3

// leaves are the messages of the innermost errors, which name the place.
func leaves(e *jsonschema.ValidationError, found []string) []string {
	if len(found) == maxProblems {
		return found
	}
	if _, wraps := e.ErrorKind.(*kind.Schema); len(e.Causes) == 0 && !wraps {
		at := "/" + strings.Join(e.InstanceLocation, "/")
		return append(found, at+": "+e.ErrorKind.LocalizedString(message.NewPrinter(language.English)))
	}
	for _, cause := range e.Causes {
		found = leaves(cause, found)
	}
	return found
}
