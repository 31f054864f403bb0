package recording_test

import (
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	. "github.com/onsi/gomega"

	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/recording"
	"github.com/pyparity/pyparity/harness/trace"
)

func sample() *recording.Set {
	set := recording.NewSet("3.13", recording.Provenance{Version: "3.13.5", Image: "img", Platform: map[string]string{"libc": "glibc 2.41"}})
	text := trace.StrValue("<b> & \xed\xb2\x80")
	set.Entries["recv.returns"] = recording.Entry{Hash: "abc", Contract: &contract.Contract{
		Variables: 1,
		Steps: []contract.Expectation{
			{Observation: trace.Observation{Step: 0, Returned: &trace.Value{Kind: trace.Var, ID: 1, Of: trace.Int}}},
			{Observation: trace.Observation{Step: 1, Returned: &text}},
		},
	}}
	return set
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	g.Expect(sample().Write(dir)).To(Succeed())
	got, err := recording.Load(os.DirFS(dir), dir, "3.13")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(got.Provenance).To(Equal(sample().Provenance))
	c, ok := got.Lookup("abc", "recv.new_name", "recv.returns")
	g.Expect(ok).To(BeTrue(), "an alias finds the recording")
	g.Expect(c).To(Equal(sample().Entries["recv.returns"].Contract))
	_, ok = got.Lookup("other", "recv.returns")
	g.Expect(ok).To(BeFalse(), "other steps are not what was recorded")
	g.Expect(recording.Pythons(os.DirFS(dir))).To(Equal([]string{"3.13"}))
}

func TestLoadFilesReadsNoOther(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	g.Expect(sample().Write(dir)).To(Succeed())
	g.Expect(os.WriteFile(filepath.Join(dir, "cpython-3.13", "send.json"), []byte("{"), 0o644)).To(Succeed())
	got, err := recording.LoadFiles(os.DirFS(dir), dir, "3.13", []string{"recv"})
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(got.Entries).To(HaveKey("recv.returns"))
	g.Expect(got.Provenance).To(Equal(sample().Provenance))
	_, err = recording.LoadFiles(os.DirFS(dir), dir, "3.13", []string{"send"})
	g.Expect(err).To(MatchError(ContainSubstring("send.json")))
}

func TestWritingAgainChangesNothing(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	g.Expect(sample().Write(dir)).To(Succeed())
	name := filepath.Join(dir, "cpython-3.13", "recv.json")
	before, err := os.Stat(name)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(sample().Write(dir)).To(Succeed())
	after, err := os.Stat(name)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(os.SameFile(before, after)).To(BeTrue(), "the file was not replaced")

	gone := sample()
	gone.Entries = map[string]recording.Entry{"send.x": gone.Entries["recv.returns"]}
	g.Expect(gone.Write(dir)).To(Succeed())
	g.Expect(name).NotTo(BeAnExistingFile())
	left, err := filepath.Glob(filepath.Join(dir, "*", ".recording-*"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(left).To(BeEmpty())
}

func TestCorruptRecordingsAreNamed(t *testing.T) {
	const provenance = `{"schema":1,"version":"3.13.5"}`
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  string
	}{
		"not JSON": {fstest.MapFS{
			"cpython-3.13/recv.json":       {Data: []byte("{")},
			"cpython-3.13/provenance.json": {Data: []byte(provenance)},
		}, "fixtures/recordings/cpython-3.13/recv.json: corrupt recording"},
		"no contract": {fstest.MapFS{
			"cpython-3.13/recv.json":       {Data: []byte(`{"schema":1,"behaviours":{"a":{"hash":"x"}}}`)},
			"cpython-3.13/provenance.json": {Data: []byte(provenance)},
		}, `behaviour "a" needs a hash and a contract`},
		"another schema": {fstest.MapFS{
			"cpython-3.13/recv.json":       {Data: []byte(`{"schema":2}`)},
			"cpython-3.13/provenance.json": {Data: []byte(provenance)},
		}, "schema is 2"},
		"no provenance": {fstest.MapFS{
			"cpython-3.13/recv.json": {Data: []byte(`{"schema":1,"behaviours":{}}`)},
		}, "provenance.json is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := recording.Load(c.files, "fixtures/recordings", "3.13")
			NewWithT(t).Expect(err).To(MatchError(ContainSubstring(c.want)))
		})
	}
	set, err := recording.Load(fstest.MapFS{}, "x", "3.13")
	g := NewWithT(t)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(set).To(BeNil(), "no recordings is not an error")
	_, ok := set.Lookup("", "a.b")
	g.Expect(ok).To(BeFalse())
}
