package reports

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// A Format is a shape that a report can have.
type Format struct {
	Name string
	File string // what WriteDir calls it; empty where it writes none
	Help string
	// write gets the base to compare with, which may be nil.
	write func(w io.Writer, r Report, base *Report) error
}

// Write writes a report in this shape. The base, which may be nil, is an older
// report: markdown and annotations then tell only what changed.
func (f Format) Write(w io.Writer, r Report, base *Report) error { return f.write(w, r, base) }

func alone(write func(io.Writer, Report) error) func(io.Writer, Report, *Report) error {
	return func(w io.Writer, r Report, _ *Report) error { return write(w, r) }
}

// Formats are all shapes. The JSON is the last one with a file, so that whoever
// finds it in a folder finds the rest.
func Formats() []Format {
	return []Format{
		{"table", "", "the counts, for a terminal", alone(WriteTable)},
		{"annotations", "", "GitHub's workflow commands", WriteAnnotations},
		{"markdown", MarkdownFile, "for a pull request", func(w io.Writer, r Report, base *Report) error {
			if base != nil {
				return WriteMarkdownChanges(w, r, *base)
			}
			return WriteMarkdown(w, r)
		}},
		{"junit", JUnitFile, "JUnit XML", alone(WriteJUnit)},
		{"html", HTMLFile, "the page", alone(WriteHTML)},
		{"badge", BadgeFile, "an SVG with the parity", alone(WriteBadge)},
		{"csv", CSVFile, "areas, subjects and Pythons", alone(WriteCSV)},
		{"json", JSONFile, "the model", alone(WriteJSON)},
	}
}

// FormatNamed returns a format by its name.
func FormatNamed(name string) (Format, error) {
	var names []string
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return Format{}, fmt.Errorf("unknown format %q; there are %s", name, strings.Join(names, ", "))
}

// WriteFile writes a report in one shape into a file, which appears when it is
// complete.
func WriteFile(name string, f Format, r Report, base *Report) error {
	return replaceFile(name, func(w io.Writer) error { return f.write(w, r, base) })
}

func replaceFile(name string, write func(io.Writer) error) error {
	tmp, err := writeTemp(filepath.Dir(name), filepath.Base(name), write)
	if err == nil {
		err = os.Rename(tmp, name)
	}
	if err != nil {
		if tmp != "" {
			os.Remove(tmp)
		}
		return fmt.Errorf("%s cannot be written: %w", name, err)
	}
	return nil
}
