package trace

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
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
			switch {
			case item.Kind == Var:
				parts[i] = struct {
					Var int `json:"var"`
				}{item.ID}
			case v.Of == Str:
				parts[i] = item
			default:
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
		return errors.New("an object's state must be a JSON object")
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

// UnmarshalJSON reads any form that MarshalJSON writes and rejects the rest.
func (v *Value) UnmarshalJSON(data []byte) error {
	if nesting(data) > maxNesting {
		return fmt.Errorf("a value nests deeper than %d brackets", maxNesting)
	}
	return v.decode(data)
}

func (v *Value) decode(data []byte) error {
	data = bytes.TrimSpace(data)
	if len(data) == 0 {
		return errors.New("an empty value")
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
		if err := v.decodeTagged(tag, body); err != nil {
			return fmt.Errorf("%s: %w", tag, err)
		}
	}
	return nil
}

var errNoClass = errors.New("needs its class")

func (v *Value) decodeTagged(tag Kind, body json.RawMessage) error {
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
		return d.check()
	case Tuple, List, Set, Frozenset:
		var items []json.RawMessage
		if err := json.Unmarshal(body, &items); err != nil {
			return err
		}
		return v.decodeItems(items)
	case Dict:
		var pairs [][]json.RawMessage
		if err := json.Unmarshal(body, &pairs); err != nil {
			return err
		}
		var items []json.RawMessage
		for _, p := range pairs {
			if len(p) != 2 {
				return errors.New("an entry must be [key, value]")
			}
			items = append(items, p...)
		}
		return v.decodeItems(items)
	case Enum:
		var e struct {
			Class, Name string
			Value       json.RawMessage
		}
		if err := json.Unmarshal(body, &e); err != nil {
			return err
		}
		if e.Class == "" {
			return errNoClass
		}
		v.Class, v.Text = e.Class, e.Name
		return v.decodeItems([]json.RawMessage{e.Value})
	case Object:
		var o objectForm
		if err := json.Unmarshal(body, &o); err != nil {
			return err
		}
		if o.Class == "" {
			return errNoClass
		}
		if o.ID < 0 {
			return fmt.Errorf("an id of %d", o.ID)
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
	return errors.New("unknown tag")
}

func (v *Value) decodeItems(raw []json.RawMessage) error {
	v.Items = make([]Value, len(raw))
	for i, r := range raw {
		if err := v.Items[i].decode(r); err != nil {
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
	switch v.Of {
	case Str, Bytes, Bytearray, Memoryview:
	default:
		return fmt.Errorf("pattern: kind: %q has no parts", v.Of)
	}
	for i := range v.Items {
		part := &v.Items[i]
		switch {
		case part.Kind == Var:
			part.Of = "" // only the whole has a kind
		case part.Kind != Str:
			return fmt.Errorf("pattern: a part is %s, neither text nor a variable", part.Kind)
		case v.Of != Str:
			var err error
			if part.Text, err = fromLatin1(part.Text); err != nil {
				return fmt.Errorf("pattern: %w", err)
			}
		}
	}
	return nil
}
