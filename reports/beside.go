package reports

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// BesideFiles are the files of what a report shows beside its own verdicts.
// An empty name means that there is none.
type BesideFiles struct {
	Upstream, Audit, Surface string
}

// The names under which BesideIn looks for them.
const (
	UpstreamFile = "upstream.json"
	AuditFile    = "audit.json"
	SurfaceFile  = "surface.json"
)

// BesideIn fills the names that are empty with the files that a folder has.
func (f BesideFiles) BesideIn(dir string) BesideFiles {
	for _, file := range []struct {
		name *string
		base string
	}{{&f.Upstream, UpstreamFile}, {&f.Audit, AuditFile}, {&f.Surface, SurfaceFile}} {
		if *file.name != "" {
			continue
		}
		if info, err := os.Stat(filepath.Join(dir, file.base)); err == nil && info.Mode().IsRegular() {
			*file.name = filepath.Join(dir, file.base)
		}
	}
	return f
}

// Read reads the files. Where there is none, what is already there stays.
func (f BesideFiles) Read(already Beside) (Beside, error) {
	out := already
	var errs []error
	for _, file := range []struct {
		name string
		to   *json.RawMessage
	}{{f.Upstream, &out.Upstream}, {f.Audit, &out.Audit}, {f.Surface, &out.Surface}} {
		if file.name == "" {
			continue
		}
		data, err := readBeside(file.name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		*file.to = data
	}
	return out, errors.Join(errs...)
}

func readBeside(name string) (json.RawMessage, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, openError(name, err)
	}
	// A command that did its work for several Pythons printed an object for each.
	var values []json.RawMessage
	for dec := json.NewDecoder(bytes.NewReader(data)); ; {
		var value json.RawMessage
		if err := dec.Decode(&value); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("%s: not JSON: %w", name, err)
		}
		values = append(values, value)
	}
	var all any = values
	if len(values) == 1 {
		all = values[0]
	}
	compact, err := encode(all)
	if err != nil || len(values) == 0 || !bytes.ContainsAny(compact[:1], "{[") {
		return nil, fmt.Errorf("%s: it has to be what the command prints with --json: an object or a list", name)
	}
	return compact, nil
}
