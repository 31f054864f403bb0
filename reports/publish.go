package reports

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// PackedFile is the report.json of a published report, compressed.
const PackedFile = "report.json.gz"

// Publishable says why a report must not be published as what the corpus says of
// a subject: it is not all there, or it stands on less than a live CPython.
func (r Report) Publishable() error {
	p := r.Provenance
	var reasons []string
	if !r.Complete {
		reasons = append(reasons, "it is incomplete: "+r.Incomplete)
	}
	if p.Shard != "" {
		reasons = append(reasons, "it is the shard "+p.Shard+" alone")
	}
	if len(p.Patterns) > 0 || p.Filter != "" || len(r.Behaviours) != p.Corpus.Behaviours {
		reasons = append(reasons, fmt.Sprintf("it has %d of the corpus's %d behaviours", len(r.Behaviours), p.Corpus.Behaviours))
	}
	if p.Mode() != ModeLive {
		reasons = append(reasons, "its reference is no live CPython throughout")
	}
	for _, ref := range p.References {
		if ref.Unavailable != "" {
			reasons = append(reasons, "Python "+ref.Python+" was not available")
		}
	}
	if len(reasons) > 0 {
		return errors.New("the report cannot be published: " + strings.Join(reasons, "; "))
	}
	return nil
}

// Publish writes what is kept of a report beside the code: the page, the model
// (compressed), the summary, the matrix and the badge. It refuses a report that
// is not publishable.
func Publish(dir string, r Report) error {
	if err := r.Publishable(); err != nil {
		return err
	}
	var kept []Format
	for _, f := range outputs() {
		switch f.Name {
		case "junit": // for a machine that asks at once, which needs no copy
			continue
		case "json":
			f.File, f.write = PackedFile, alone(writePacked)
		}
		kept = append(kept, f)
	}
	return writeDir(dir, kept, r, nil)
}

func writePacked(w io.Writer, r Report) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	return errors.Join(WriteJSON(z, r), z.Close())
}

// The marks between which Excerpt's table stands in a text.
const (
	ExcerptBegin = "<!-- published report: begin -->"
	ExcerptEnd   = "<!-- published report: end -->"
)

// Excerpt is the summary of a published report for a text that links to it.
func (r Report) Excerpt() string {
	var b strings.Builder
	p := r.Provenance
	fmt.Fprintf(&b, "%s, %d behaviours, %s:\n\n", p.ReferenceLine(), p.Corpus.Behaviours, p.Started.Format("2 January 2006"))
	r.markdownCounts(&b)
	return strings.TrimRight(b.String(), "\n")
}

// PutExcerpt writes the excerpt between the marks of a text file.
func PutExcerpt(name string, r Report) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	head, rest, begun := strings.Cut(string(data), ExcerptBegin)
	_, tail, ended := strings.Cut(rest, ExcerptEnd)
	if !begun || !ended {
		return fmt.Errorf("%s has no %q and %q", name, ExcerptBegin, ExcerptEnd)
	}
	text := head + ExcerptBegin + "\n" + r.Excerpt() + "\n" + ExcerptEnd + tail
	if text == string(data) {
		return nil
	}
	return replaceFile(name, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}
