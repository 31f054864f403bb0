package trace

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"time"
	"unicode/utf8"
)

// MarshalJSON writes the form that the package comment describes.
func (v Value) MarshalJSON() ([]byte, error) {
	form, err := v.form()
	if err != nil {
		return nil, err
	}
	return marshal(form)
}

// marshal is json.Marshal without the escapes for HTML, which would make
// recordings hard to read.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

type digestForm struct {
	Kind   Kind   `json:"kind"`
	Len    int    `json:"len"`
	SHA256 string `json:"sha256"`
}

type enumForm struct {
	Class string `json:"class"`
	Name  string `json:"name"`
	Value Value  `json:"value"`
}

type objectForm struct {
	Class string     `json:"class"`
	ID    int        `json:"id"`
	State *stateForm `json:"state,omitempty"`
}

// stateForm keeps the order of names, which a map would lose.
type stateForm []Field

type varForm struct {
	Var  int  `json:"var"`
	Kind Kind `json:"kind"`
	Len  int  `json:"len,omitempty"`
}

type patternForm struct {
	Pattern []any `json:"pattern"`
	Kind    Kind  `json:"kind"`
}

func tagged(tag Kind, v any) map[Kind]any { return map[Kind]any{tag: v} }

func (v Value) form() (any, error) {
	switch v.Kind {
	case None:
		return nil, nil
	case Bool:
		return v.Text == "True", nil
	case Str:
		if utf8.ValidString(v.Text) {
			return v.Text, nil
		}
		return tagged("surrogates", hex.EncodeToString([]byte(v.Text))), nil
	case Int, Float, Class, Callable, Module:
		return tagged(v.Kind, v.Text), nil
	case Bytes, Bytearray, Memoryview:
		return tagged(v.Kind, latin1(v.Text)), nil
	case Digest:
		return tagged(v.Kind, digestForm{v.Of, v.Len, v.Text}), nil
	case Tuple, List, Set, Frozenset:
		return tagged(v.Kind, nonNil(v.Items)), nil
	case Dict:
		pairs := make([][2]Value, len(v.Items)/2)
		for i := range pairs {
			pairs[i] = [2]Value{v.Items[2*i], v.Items[2*i+1]}
		}
		return tagged(v.Kind, pairs), nil
	case Enum:
		return tagged(v.Kind, enumForm{v.Class, v.Text, v.Items[0]}), nil
	case Object:
		o := objectForm{Class: v.Class, ID: v.ID}
		if v.State != nil {
			o.State = (*stateForm)(&v.State)
		}
		return tagged(v.Kind, o), nil
	case Raised:
		return tagged(v.Kind, v.Exception), nil
	case Var:
		return varForm{v.ID, v.Of, v.Len}, nil
	case Pattern:
		parts := make([]any, len(v.Items))
		for i, item := range v.Items {
			if item.Kind == Var {
				parts[i] = struct {
					Var int `json:"var"`
				}{item.ID}
			} else if v.Of == Str {
				parts[i] = item
			} else {
				parts[i] = latin1(item.Text)
			}
		}
		return patternForm{parts, v.Of}, nil
	}
	return nil, fmt.Errorf("trace: a value of unknown kind %q", v.Kind)
}

func nonNil(items []Value) []Value {
	if items == nil {
		return []Value{}
	}
	return items
}

func latin1(s string) string {
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return string(runes)
}

func fromLatin1(s string) (string, error) {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r > 0xff {
			return "", fmt.Errorf("character %q is not a byte", r)
		}
		b = append(b, byte(r))
	}
	return string(b), nil
}

func (s stateForm) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range s {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := marshal(f.Name)
		if err != nil {
			return nil, err
		}
		value, err := marshal(f.Value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (s *stateForm) UnmarshalJSON(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return fmt.Errorf("an object's state must be a JSON object")
	}
	*s = stateForm{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return err
		}
		var f Field
		f.Name, _ = name.(string)
		if err := dec.Decode(&f.Value); err != nil {
			return fmt.Errorf("state %q: %w", f.Name, err)
		}
		*s = append(*s, f)
	}
	return nil
}

// maxDepth bounds how deep values nest, so that a hostile subject cannot
// exhaust the stack.
const maxDepth = 64

// UnmarshalJSON reads any form that MarshalJSON writes and rejects the rest.
func (v *Value) UnmarshalJSON(data []byte) error { return v.decode(data, 0) }

func (v *Value) decode(data []byte, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("a value nests deeper than %d", maxDepth)
	}
	data = bytes.TrimSpace(data)
	if len(data) == 0 {
		return fmt.Errorf("an empty value")
	}
	switch data[0] {
	case 'n':
		*v = NoneValue()
		return nil
	case 't', 'f':
		*v = BoolValue(data[0] == 't')
		return nil
	case '"':
		*v = Value{Kind: Str}
		return json.Unmarshal(data, &v.Text)
	case '{':
	default:
		return fmt.Errorf("a value cannot be written as %.40s", data)
	}
	var form map[Kind]json.RawMessage
	if err := json.Unmarshal(data, &form); err != nil {
		return err
	}
	if _, ok := form[Var]; ok {
		return v.decodeVar(form)
	}
	if _, ok := form[Pattern]; ok {
		return v.decodePattern(form)
	}
	if len(form) != 1 {
		return fmt.Errorf("a tagged value needs exactly one tag, not %d: %.60s", len(form), data)
	}
	for tag, body := range form {
		if err := v.decodeTagged(tag, body, depth); err != nil {
			return fmt.Errorf("%s: %w", tag, err)
		}
	}
	return nil
}

func (v *Value) decodeTagged(tag Kind, body json.RawMessage, depth int) error {
	*v = Value{Kind: tag}
	switch tag {
	case Int, Float, Class, Callable, Module, Bytes, Bytearray, Memoryview, "surrogates":
		if err := json.Unmarshal(body, &v.Text); err != nil {
			return err
		}
		return v.checkText()
	case Digest:
		var d digestForm
		if err := json.Unmarshal(body, &d); err != nil {
			return err
		}
		v.Of, v.Len, v.Text = d.Kind, d.Len, d.SHA256
		return nil
	case Tuple, List, Set, Frozenset:
		var items []json.RawMessage
		if err := json.Unmarshal(body, &items); err != nil {
			return err
		}
		return v.decodeItems(items, depth)
	case Dict:
		var pairs [][]json.RawMessage
		if err := json.Unmarshal(body, &pairs); err != nil {
			return err
		}
		var items []json.RawMessage
		for _, p := range pairs {
			if len(p) != 2 {
				return fmt.Errorf("an entry must be [key, value]")
			}
			items = append(items, p...)
		}
		return v.decodeItems(items, depth)
	case Enum:
		var e struct {
			Class, Name string
			Value       json.RawMessage
		}
		if err := json.Unmarshal(body, &e); err != nil {
			return err
		}
		v.Class, v.Text = e.Class, e.Name
		return v.decodeItems([]json.RawMessage{e.Value}, depth)
	case Object:
		var o objectForm
		if err := json.Unmarshal(body, &o); err != nil {
			return err
		}
		v.Class, v.ID = o.Class, o.ID
		if o.State != nil {
			v.State = *o.State
		}
		return nil
	case Raised:
		v.Exception = new(Exception)
		return json.Unmarshal(body, v.Exception)
	}
	return fmt.Errorf("unknown tag")
}

func (v *Value) checkText() error {
	var err error
	switch v.Kind {
	case Int:
		if _, ok := new(big.Int).SetString(v.Text, 10); !ok {
			return fmt.Errorf("%q is not a decimal number", v.Text)
		}
	case Float:
		f, perr := strconv.ParseFloat(v.Text, 64)
		if perr != nil {
			return fmt.Errorf("%q is not a float", v.Text)
		}
		v.Text = FloatRepr(f)
	case Bytes, Bytearray, Memoryview:
		v.Text, err = fromLatin1(v.Text)
	case "surrogates":
		var raw []byte
		raw, err = hex.DecodeString(v.Text)
		v.Kind, v.Text = Str, string(raw)
	}
	return err
}

func (v *Value) decodeItems(raw []json.RawMessage, depth int) error {
	v.Items = make([]Value, len(raw))
	for i, r := range raw {
		if err := v.Items[i].decode(r, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func (v *Value) decodeVar(form map[Kind]json.RawMessage) error {
	*v = Value{Kind: Var}
	if err := json.Unmarshal(form[Var], &v.ID); err != nil {
		return fmt.Errorf("var: %w", err)
	}
	if kind, ok := form["kind"]; ok {
		if err := json.Unmarshal(kind, &v.Of); err != nil {
			return fmt.Errorf("var: kind: %w", err)
		}
	}
	if length, ok := form["len"]; ok {
		if err := json.Unmarshal(length, &v.Len); err != nil {
			return fmt.Errorf("var: len: %w", err)
		}
	}
	return nil
}

func (v *Value) decodePattern(form map[Kind]json.RawMessage) error {
	*v = Value{Kind: Pattern}
	if err := json.Unmarshal(form["kind"], &v.Of); err != nil {
		return fmt.Errorf("pattern: kind: %w", err)
	}
	if err := json.Unmarshal(form[Pattern], &v.Items); err != nil {
		return fmt.Errorf("pattern: %w", err)
	}
	if v.Of == Str {
		return nil
	}
	var err error
	for i := range v.Items {
		if v.Items[i].Kind == Str {
			if v.Items[i].Text, err = fromLatin1(v.Items[i].Text); err != nil {
				return fmt.Errorf("pattern: %w", err)
			}
		}
	}
	return nil
}

type exceptionForm struct {
	Class    string   `json:"class"`
	Bases    []string `json:"bases"`
	Args     []Value  `json:"args"`
	Errno    *Value   `json:"errno,omitempty"`
	Strerror *Value   `json:"strerror,omitempty"`
	Text     Value    `json:"text"`
}

// MarshalJSON writes {"class", "bases", "args", "errno", "strerror", "text"}.
func (e Exception) MarshalJSON() ([]byte, error) {
	f := exceptionForm(e)
	f.Args = nonNil(f.Args)
	if f.Bases == nil {
		f.Bases = []string{}
	}
	return marshal(f)
}

// UnmarshalJSON reads what MarshalJSON writes. JSON's null for errno or
// strerror is Python's None: an attribute that is there and empty.
func (e *Exception) UnmarshalJSON(data []byte) error {
	var f struct {
		Class    string
		Bases    []string
		Args     []Value
		Errno    json.RawMessage
		Strerror json.RawMessage
		Text     Value
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return err
	}
	if f.Class == "" {
		return fmt.Errorf("an exception needs its class")
	}
	*e = Exception{Class: f.Class, Bases: f.Bases, Args: f.Args, Text: f.Text}
	for _, a := range []struct {
		raw json.RawMessage
		to  **Value
	}{{f.Errno, &e.Errno}, {f.Strerror, &e.Strerror}} {
		if a.raw == nil {
			continue
		}
		*a.to = new(Value)
		if err := (*a.to).UnmarshalJSON(a.raw); err != nil {
			return err
		}
	}
	return nil
}

type warningForm struct {
	Class string `json:"class"`
	Text  Value  `json:"text"`
}

// MarshalJSON writes {"class", "text"}.
func (w Warning) MarshalJSON() ([]byte, error) { return marshal(warningForm(w)) }

// UnmarshalJSON reads what MarshalJSON writes.
func (w *Warning) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, (*warningForm)(w))
}

// MarshalJSON writes {"step", one of "returned", "raised" and "not_run",
// "warnings" where there are any, and "seconds"}.
func (o Observation) MarshalJSON() ([]byte, error) {
	f := map[string]any{"step": o.Step, "seconds": o.Took.Seconds()}
	switch o.Outcome() {
	case OutcomeRaised:
		f["raised"] = o.Raised
	case OutcomeNotRun:
		f["not_run"] = o.NotRun
	case OutcomeReturned:
		f["returned"] = o.Returned
	}
	if len(o.Warnings) > 0 {
		f["warnings"] = o.Warnings
	}
	return marshal(f)
}

// UnmarshalJSON reads what MarshalJSON writes and requires exactly one outcome.
func (o *Observation) UnmarshalJSON(data []byte) error {
	var f struct {
		Step     *int            `json:"step"`
		Returned json.RawMessage `json:"returned"`
		Raised   *Exception      `json:"raised"`
		NotRun   string          `json:"not_run"`
		Warnings []Warning       `json:"warnings"`
		Seconds  float64         `json:"seconds"`
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return err
	}
	if f.Step == nil {
		return fmt.Errorf("an observation needs its step")
	}
	*o = Observation{
		Step: *f.Step, Raised: f.Raised, NotRun: f.NotRun, Warnings: f.Warnings,
		Took: time.Duration(f.Seconds * float64(time.Second)),
	}
	outcomes := 0
	for _, is := range []bool{f.Returned != nil, f.Raised != nil, f.NotRun != ""} {
		if is {
			outcomes++
		}
	}
	if outcomes != 1 {
		return fmt.Errorf("an observation needs exactly one of returned, raised and not_run; step %d has %d", *f.Step, outcomes)
	}
	if f.Returned != nil {
		o.Returned = new(Value)
		return o.Returned.UnmarshalJSON(f.Returned)
	}
	return nil
}
