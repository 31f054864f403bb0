package recording

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// writeFile replaces a file in one step, and leaves one with the same content
// alone.
func writeFile(name string, content any) error {
	data, err := encode(content)
	if err != nil {
		return err
	}
	if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, data) {
		return nil
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), ".recording-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails once renamed, as it should
	if _, err := tmp.Write(data); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Chmod(0o644); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}

// encode lays a file out with a line for each step, so that a diff of two
// recordings shows which steps changed.
func encode(content any) ([]byte, error) {
	f, ok := content.(file)
	if !ok {
		data, err := json.MarshalIndent(content, "", " ")
		return append(data, '\n'), err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"schema\": %d, \"behaviours\": {", f.Schema)
	for i, name := range slices.Sorted(maps.Keys(f.Behaviours)) {
		if err := encodeEntry(&b, i, name, f.Behaviours[name]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	b.WriteString("\n}}\n")
	return b.Bytes(), nil
}

func encodeEntry(b *bytes.Buffer, i int, name string, e Entry) error {
	data, err := json.Marshal(e.Contract)
	if err != nil {
		return err
	}
	var c struct {
		Steps     []json.RawMessage `json:"steps"`
		Variables int               `json:"variables"`
	}
	if err := json.Unmarshal(data, &c); err != nil {
		return err
	}
	fmt.Fprintf(b, "%s\n%q: {\"hash\": %q, \"contract\": {\"variables\": %d, \"steps\": [", comma(i), name, e.Hash, c.Variables)
	for j, step := range c.Steps {
		fmt.Fprintf(b, "%s\n ", comma(j))
		// Marshal escapes <, > and & for HTML; a person reads these files.
		var plain any
		dec := json.NewDecoder(bytes.NewReader(step))
		dec.UseNumber()
		if err := dec.Decode(&plain); err != nil {
			return err
		}
		enc := json.NewEncoder(b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(plain); err != nil {
			return err
		}
		b.Truncate(b.Len() - 1)
	}
	b.WriteString("]}}")
	return nil
}

func comma(i int) string {
	if i == 0 {
		return ""
	}
	return ","
}
