package reports

import (
	"bytes"
	_ "embed" // for the schema
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// SchemaJSON is the JSON Schema (draft 2020-12) of report.json.
//
//go:embed schema/report-2.schema.json
var SchemaJSON []byte

// SchemaName is what the schema's file is called.
const SchemaName = "report-2.schema.json"

// ErrSchema is wrapped by the errors for what is not a report of this version.
var ErrSchema = errors.New("not a " + Schema)

// schemas are that of a report, and that of one behaviour inside it.
type schemas struct{ report, behaviour *jsonschema.Schema }

var compiled = sync.OnceValues(func() (schemas, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(SchemaJSON))
	if err != nil {
		return schemas{}, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(SchemaName, doc); err != nil {
		return schemas{}, err
	}
	report, err := c.Compile(SchemaName)
	if err != nil {
		return schemas{}, err
	}
	behaviour, err := c.Compile(SchemaName + "#/$defs/behaviour")
	return schemas{report, behaviour}, err
})

// WriteJSON writes the model, a behaviour a line, so that a large report can be
// read by line and compared.
func WriteJSON(w io.Writer, r Report) error {
	lines := make([][]byte, len(r.Behaviours))
	err := inParallel(len(lines), func(i int) (err error) {
		if lines[i], err = r.Behaviours[i].MarshalJSON(); err != nil {
			return fmt.Errorf("behaviour %s: %w", r.Behaviours[i].ID, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
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
	for i, line := range lines {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(line)
	}
	b.WriteString("\n]}\n")
	_, err = b.WriteTo(w)
	return err
}

// inParallel calls do for every number below n, on all processors, and returns
// the error for the smallest number of those that failed.
func inParallel(n int, do func(int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
				errs[i] = do(int(i))
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
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
	return decode(data)
}

// parts is a report of which the behaviours are still to be read.
type parts struct {
	head       []byte
	behaviours []json.RawMessage
}

// split takes the behaviours out of a report, and leaves an empty list in their
// place.
func split(data []byte) (parts, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return parts{}, fmt.Errorf("not JSON: %w", err)
	}
	var p parts
	// What is no list is left for the schema to tell.
	if json.Unmarshal(fields["behaviours"], &p.behaviours) == nil && p.behaviours != nil {
		fields["behaviours"] = json.RawMessage("[]")
	}
	var err error
	p.head, err = json.Marshal(fields)
	return p, err
}

func decode(data []byte) (Report, error) {
	p, err := split(data)
	if err != nil {
		return Report{}, err
	}
	if err := p.validateHead(); err != nil {
		return Report{}, err
	}
	var report Report
	if err := json.Unmarshal(p.head, &report); err != nil {
		return Report{}, fmt.Errorf("%w: %w", ErrSchema, err)
	}
	report.Behaviours = make([]Behaviour, len(p.behaviours))
	err = inParallel(len(p.behaviours), func(i int) error {
		if err := p.validateBehaviour(i); err != nil {
			return err
		}
		if err := report.Behaviours[i].UnmarshalJSON(p.behaviours[i]); err != nil {
			return fmt.Errorf("%w: /behaviours/%d: %w", ErrSchema, i, err)
		}
		return nil
	})
	if err != nil {
		return Report{}, err
	}
	return report, nil
}

// Validate checks a report.json against [SchemaJSON]. The error names the first
// places that are wrong.
func Validate(data []byte) error {
	p, err := split(data)
	if err != nil {
		return err
	}
	if err := p.validateHead(); err != nil {
		return err
	}
	return inParallel(len(p.behaviours), p.validateBehaviour)
}

func (p parts) validateHead() error {
	s, err := compiled()
	if err != nil {
		return fmt.Errorf("%s: %w", SchemaName, err)
	}
	return validate(s.report, p.head, "")
}

func (p parts) validateBehaviour(i int) error {
	s, err := compiled()
	if err != nil {
		return fmt.Errorf("%s: %w", SchemaName, err)
	}
	return validate(s.behaviour, p.behaviours[i], fmt.Sprintf("/behaviours/%d", i))
}

func validate(schema *jsonschema.Schema, data []byte, at string) error {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	err = schema.Validate(doc)
	if invalid, ok := errors.AsType[*jsonschema.ValidationError](err); ok {
		return fmt.Errorf("%w: %s", ErrSchema, strings.Join(leaves(invalid, at, nil), "; "))
	}
	return err
}

// maxProblems bounds how many problems an error lists.
const maxProblems = 3

// leaves are the messages of the innermost errors, which name the place below
// the one that was validated.
func leaves(e *jsonschema.ValidationError, place string, found []string) []string {
	if len(found) == maxProblems {
		return found
	}
	if _, wraps := e.ErrorKind.(*kind.Schema); len(e.Causes) == 0 && !wraps {
		at := strings.TrimSuffix(place+"/"+strings.Join(e.InstanceLocation, "/"), "/")
		return append(found, at+": "+e.ErrorKind.LocalizedString(message.NewPrinter(language.English)))
	}
	for _, cause := range e.Causes {
		found = leaves(cause, place, found)
	}
	return found
}
