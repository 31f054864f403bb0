package pyval_test

import (
	"errors"
	"fmt"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/pyparity/pyparity/pyref/base/unix"
	"go.starlark.net/starlark"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

func names(classes []*pyval.Class) []string {
	var names []string
	for _, c := range classes {
		names = append(names, c.Qualified())
	}
	return names
}

func TestMROIsLinear(t *testing.T) {
	g := NewWithT(t)
	g.Expect(names(pyval.ConnectionRefusedError.MRO())).To(Equal(
		[]string{"ConnectionRefusedError", "ConnectionError", "OSError", "Exception", "BaseException"}))
	unsupported := &pyval.Class{Module: "io", Short: "UnsupportedOperation", Bases: []*pyval.Class{pyval.OSError, pyval.ValueError}}
	g.Expect(names(unsupported.MRO())).To(Equal(
		[]string{"io.UnsupportedOperation", "OSError", "ValueError", "Exception", "BaseException"}))
	g.Expect(names(pyval.IntFlagType.MRO())).To(Equal(
		[]string{"enum.IntFlag", "int", "enum.ReprEnum", "enum.Flag", "enum.Enum"}))
	g.Expect(unsupported.Subclass(pyval.ObjectType)).To(BeTrue())
	g.Expect(unsupported.Subclass(pyval.KeyError)).To(BeFalse())
}

func TestBuiltinFindsEveryException(t *testing.T) {
	g := NewWithT(t)
	g.Expect(pyval.Builtin("TimeoutError")).To(BeIdenticalTo(pyval.TimeoutError))
	g.Expect(pyval.Builtin("IOError")).To(BeIdenticalTo(pyval.OSError))
	g.Expect(pyval.Builtin("ResourceWarning")).To(BeIdenticalTo(pyval.ResourceWarning))
	g.Expect(pyval.Builtin("int")).To(BeNil())
}

func TestExceptionIsFoundInChains(t *testing.T) {
	g := NewWithT(t)
	raised := pyval.TypeError.Errorf("no %s", "way")
	found, ok := pyval.AsException(fmt.Errorf("step 1: %w", raised))
	g.Expect(ok).To(BeTrue())
	g.Expect(found).To(BeIdenticalTo(raised))
	_, ok = pyval.AsException(errors.New("plain"))
	g.Expect(ok).To(BeFalse())
}

func TestErrnoOfAnOSErrorIsKept(t *testing.T) {
	g := NewWithT(t)
	e := pyval.NewOSError(unix.ENOENT, starlark.String("x"))
	g.Expect(e.Class).To(BeIdenticalTo(pyval.FileNotFoundError))
	g.Expect(e.Args).To(HaveLen(2))
	g.Expect(e.Error()).To(Equal("FileNotFoundError: [Errno 2] No such file or directory: 'x'"))
	g.Expect(pyval.Strerror(9999)).To(Equal("Unknown error 9999"))
}

func TestExportsKeepABytearrayInPlace(t *testing.T) {
	g := NewWithT(t)
	b := pyval.NewBytearray([]byte("abc"))
	data, readonly, release, err := pyval.GetBuffer(b)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(readonly).To(BeFalse())
	data[0] = 'X'
	g.Expect(string(b.Bytes())).To(Equal("Xbc"))
	grow := func(data []byte) ([]byte, error) { return append(data, '!'), nil }
	g.Expect(b.Update(grow)).To(MatchError("BufferError: Existing exports of data: object cannot be re-sized"))
	release()
	release()
	g.Expect(b.Update(grow)).To(Succeed())
	g.Expect(string(b.Bytes())).To(Equal("Xbc!"))
}

func TestViewsHoldTheirExporter(t *testing.T) {
	g := NewWithT(t)
	b := pyval.NewBytearray([]byte("abcdef"))
	m, err := pyval.NewMemoryview(b)
	g.Expect(err).NotTo(HaveOccurred())
	part, err := pyval.GetItem(nil, m, &pyval.SliceValue{Lo: starlark.MakeInt(1), Hi: starlark.MakeInt(3), Step: starlark.None})
	g.Expect(err).NotTo(HaveOccurred())
	_, _, release, err := pyval.GetBuffer(part)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(part.(*pyval.Memoryview).Release()).To(MatchError("BufferError: memoryview has 1 exported buffer"))
	release()
	g.Expect(part.(*pyval.Memoryview).Release()).To(Succeed())
	empty := func([]byte) ([]byte, error) { return nil, nil }
	g.Expect(b.Update(empty)).NotTo(Succeed(), "the first view still holds it")
	g.Expect(m.Release()).To(Succeed())
	g.Expect(b.Update(empty)).To(Succeed())
}

func TestGetBufferWantsBytes(t *testing.T) {
	_, _, _, err := pyval.GetBuffer(starlark.String("text"))
	NewWithT(t).Expect(err).To(MatchError("TypeError: a bytes-like object is required, not 'str'"))
}

func TestWarningsGoToTheThreadsWarner(t *testing.T) {
	g := NewWithT(t)
	var got []string
	thread := new(starlark.Thread)
	g.Expect(pyval.Warn(thread, pyval.UserWarning, "nobody listens")).To(Succeed())
	refused := errors.New("refused")
	pyval.SetWarner(thread, func(c *pyval.Class, text string) error {
		got = append(got, c.Short+": "+text)
		return refused
	})
	g.Expect(pyval.Warn(thread, pyval.UserWarning, "one")).To(MatchError(refused))
	g.Expect(pyval.Warner(thread)(pyval.ResourceWarning, "two")).To(MatchError(refused))
	g.Expect(got).To(Equal([]string{"UserWarning: one", "ResourceWarning: two"}))
	g.Expect(pyval.Warner(nil)).To(BeNil())
}

func TestVersionsAreCompared(t *testing.T) {
	g := NewWithT(t)
	v, err := pyval.ParseVersion("3.13.5")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(v).To(Equal(pyval.Version{Major: 3, Minor: 13}))
	g.Expect(v.AtLeast(3, 9)).To(BeTrue())
	g.Expect(v.AtLeast(3, 14)).To(BeFalse())
	for _, bad := range []string{"", "3", "3.x", "three.one", "-1.2"} {
		_, err := pyval.ParseVersion(bad)
		g.Expect(err).To(HaveOccurred(), bad)
	}
	g.Expect(pyval.Python(new(starlark.Thread))).To(Equal(pyval.DefaultVersion))
}

func TestTextKeepsBytesThatAreNoUTF8(t *testing.T) {
	g := NewWithT(t)
	name := pyval.NewStr("a\xff")
	g.Expect(pyval.Repr(name)).To(Equal(`'a\udcff'`))
	data, err := pyval.Encode(nil, string(name), "utf-8", "surrogateescape")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(data)).To(Equal("a\xff"))
	_, err = pyval.Encode(nil, string(name), "utf-8", "strict")
	g.Expect(err).To(MatchError(`UnicodeEncodeError: 'utf-8' codec can't encode character '\udcff' in position 1: surrogates not allowed`))
}
