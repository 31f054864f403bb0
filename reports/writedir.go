package reports

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// The files that WriteDir writes.
const (
	JSONFile     = "report.json"
	MarkdownFile = "report.md"
	HTMLFile     = "index.html"
	JUnitFile    = "junit.xml"
	BadgeFile    = "badge.svg"
	CSVFile      = "matrix.csv"
)

// outputs are the formats that have a file, in the order in which they appear.
func outputs() []Format {
	var all []Format
	for _, f := range Formats() {
		if f.File != "" {
			all = append(all, f)
		}
	}
	return all
}

// CheckDir tells whether WriteDir will be able to write into a folder, and
// leaves everything as it was. It is for asking before a long run.
func CheckDir(dir string) error {
	at := filepath.Clean(dir)
	for {
		info, err := os.Stat(at)
		if errors.Is(err, fs.ErrNotExist) && filepath.Dir(at) != at {
			at = filepath.Dir(at)
			continue
		}
		if err != nil {
			return dirError(dir, err)
		}
		if !info.IsDir() {
			return dirError(dir, fmt.Errorf("%s is not a folder", at))
		}
		break
	}
	probe, err := os.MkdirTemp(at, ".pyparity-*")
	if err != nil {
		return dirError(dir, err)
	}
	if err := os.Remove(probe); err != nil {
		return dirError(dir, err)
	}
	for _, out := range outputs() {
		if info, err := os.Stat(filepath.Join(dir, out.File)); err == nil && info.IsDir() {
			return dirError(dir, fmt.Errorf("%s in it is a folder", out.File))
		}
	}
	return nil
}

func dirError(dir string, err error) error {
	return fmt.Errorf("reports cannot be written to %s: %w", dir, err)
}

// WriteDir writes report.json, report.md, index.html, junit.xml, badge.svg and
// matrix.csv into a folder, which is created if there is none. Every file is
// written in full beside its place before the first one takes it, so that an
// error leaves what was there. The base is as in [Format.Write].
func WriteDir(dir string, r Report, base *Report) error {
	return writeDir(dir, outputs(), r, base)
}

func writeDir(dir string, formats []Format, r Report, base *Report) (err error) {
	if err := CheckDir(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return dirError(dir, err)
	}
	var written []string
	defer func() {
		for _, name := range written {
			err = errors.Join(err, os.Remove(name))
		}
	}()
	for _, out := range formats {
		name, err := writeTemp(dir, out.File, func(w io.Writer) error { return out.write(w, r, base) })
		if name != "" {
			written = append(written, name)
		}
		if err != nil {
			return dirError(dir, fmt.Errorf("%s: %w", out.File, err))
		}
	}
	for _, out := range formats {
		if err := os.Rename(written[0], filepath.Join(dir, out.File)); err != nil {
			return dirError(dir, err)
		}
		written = written[1:]
	}
	return nil
}

// writeTemp writes a file beside its later place and returns its name, which is
// empty if there is no file.
func writeTemp(dir, name string, write func(io.Writer) error) (string, error) {
	f, err := os.CreateTemp(dir, "."+name+".*")
	if err != nil {
		return "", err
	}
	buffered := bufio.NewWriterSize(f, 1<<16)
	err = write(buffered)
	if err == nil {
		err = buffered.Flush()
	}
	if err == nil {
		err = f.Chmod(0o644)
	}
	return f.Name(), errors.Join(err, f.Close())
}
