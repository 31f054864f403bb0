// Package recording keeps contracts on disk: what CPython did with a behaviour
// when it was recorded, where it came from, and which steps it belongs to.
//
// A folder holds one folder per Python, cpython-X.Y, with a file per behaviour
// file and provenance.json. Only a live CPython writes there.
package recording

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/pyparity/pyparity/harness/contract"
)

// Schema is the version of the files' format.
const Schema = 1

const (
	folderPrefix   = "cpython-"
	provenanceFile = "provenance.json"
)

// Provenance says which CPython a recording comes from.
type Provenance struct {
	Schema   int               `json:"schema"`
	Version  string            `json:"version"`  // "3.13.5"
	Image    string            `json:"image"`    // its name
	ImageID  string            `json:"image_id"` // its digest
	Obtained string            `json:"obtained"` // how the image was had
	Platform map[string]string `json:"platform"` // what the agent's hello said
}

// An Entry is one behaviour's recording.
type Entry struct {
	Hash     string             `json:"hash"` // behaviour.Hash of the recorded steps
	Contract *contract.Contract `json:"contract"`
}

// A Set is the recordings of one Python.
type Set struct {
	Python     string
	Provenance Provenance
	Entries    map[string]Entry // by behaviour id
}

// NewSet returns an empty set.
func NewSet(python string, p Provenance) *Set {
	p.Schema = Schema
	return &Set{Python: python, Provenance: p, Entries: map[string]Entry{}}
}

// Lookup returns the contract recorded for an id under any of its names, if it
// was recorded from steps with this hash.
func (s *Set) Lookup(hash, id string, aliases ...string) (*contract.Contract, bool) {
	if s == nil {
		return nil, false
	}
	for _, name := range append([]string{id}, aliases...) {
		if e, ok := s.Entries[name]; ok && e.Hash == hash {
			return e.Contract, true
		}
	}
	return nil, false
}

// file is a behaviour file's recordings, in the order of names.
type file struct {
	Schema     int              `json:"schema"`
	Behaviours map[string]Entry `json:"behaviours"` // by the name inside the file
}

// Pythons lists the versions that fsys has recordings of, oldest first.
func Pythons(fsys fs.FS) ([]string, error) {
	dirs, err := fs.ReadDir(fsys, ".")
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, err
	}
	var versions []string
	for _, d := range dirs {
		if v, ok := strings.CutPrefix(d.Name(), folderPrefix); ok && d.IsDir() {
			versions = append(versions, v)
		}
	}
	slices.SortFunc(versions, compareVersions)
	return versions, nil
}

func compareVersions(a, b string) int {
	var a1, a2, b1, b2 int
	// A folder that is no version sorts as 0.0; Load of it fails by its content.
	_, _ = fmt.Sscanf(a, "%d.%d", &a1, &a2)
	_, _ = fmt.Sscanf(b, "%d.%d", &b1, &b2)
	if a1 != b1 {
		return a1 - b1
	}
	return a2 - b2
}

// Load reads the recordings of one Python. Where there are none it returns nil.
// Display names the folder in errors.
func Load(fsys fs.FS, display, python string) (*Set, error) {
	return load(fsys, display, python, func(string) bool { return true })
}

// LoadFiles is Load for the behaviours of some files only, which are named
// without ".py". Those of the others are not in the set.
func LoadFiles(fsys fs.FS, display, python string, files []string) (*Set, error) {
	return load(fsys, display, python, func(stem string) bool { return slices.Contains(files, stem) })
}

func load(fsys fs.FS, display, python string, wanted func(stem string) bool) (*Set, error) {
	dir := folderPrefix + python
	all, err := fs.Glob(fsys, dir+"/*.json")
	if err != nil || len(all) == 0 {
		return nil, err
	}
	var names []string
	for _, name := range all {
		if base := path.Base(name); base == provenanceFile || wanted(strings.TrimSuffix(base, ".json")) {
			names = append(names, name)
		}
	}
	set := NewSet(python, Provenance{})
	set.Provenance.Schema = 0
	var errs []error
	for _, name := range names {
		if err := set.read(fsys, name); err != nil {
			errs = append(errs, fmt.Errorf("%s: corrupt recording: %w; restore it or run 'pyparity record'",
				filepath.Join(display, name), err))
		}
	}
	if len(errs) == 0 && set.Provenance.Schema != Schema {
		errs = append(errs, fmt.Errorf("%s: %s is missing; run 'pyparity record'", filepath.Join(display, dir), provenanceFile))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return set, nil
}

func (s *Set) read(fsys fs.FS, name string) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	if path.Base(name) == provenanceFile {
		if err := json.Unmarshal(data, &s.Provenance); err != nil {
			return err
		}
		return checkSchema(s.Provenance.Schema)
	}
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return err
	}
	if err := checkSchema(f.Schema); err != nil {
		return err
	}
	stem := strings.TrimSuffix(path.Base(name), ".json")
	for fn, e := range f.Behaviours {
		if e.Hash == "" || e.Contract == nil {
			return fmt.Errorf("behaviour %q needs a hash and a contract", fn)
		}
		s.Entries[stem+"."+fn] = e
	}
	return nil
}

func checkSchema(got int) error {
	if got != Schema {
		return fmt.Errorf("schema is %d, this program reads %d", got, Schema)
	}
	return nil
}

// Write writes the set below dir, each file at once, and removes the files of
// behaviour files that are gone. What did not change is not touched.
func (s *Set) Write(dir string) error {
	dir = filepath.Join(dir, folderPrefix+s.Python)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	files := map[string]any{provenanceFile: s.Provenance}
	for id, e := range s.Entries {
		stem, fn, ok := strings.Cut(id, ".")
		if !ok {
			return fmt.Errorf("recording %q: an id is file.function", id)
		}
		f, ok := files[stem+".json"].(file)
		if !ok {
			f = file{Schema: Schema, Behaviours: map[string]Entry{}}
			files[stem+".json"] = f
		}
		f.Behaviours[fn] = e
	}
	for name, content := range files {
		if err := writeFile(filepath.Join(dir, name), content); err != nil {
			return err
		}
	}
	return removeOthers(dir, files)
}

func removeOthers(dir string, keep map[string]any) error {
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil {
		return err
	}
	sort.Strings(names)
	for _, name := range names {
		if _, ok := keep[filepath.Base(name)]; !ok {
			if err := os.Remove(name); err != nil {
				return err
			}
		}
	}
	return nil
}
