package debian

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A fakePackage has its files in memory.
type fakePackage struct {
	name   string
	tar    []byte
	closed error // what its unpacking tool made of it
}

func (p fakePackage) Name() string { return p.name }

func (p fakePackage) Files(context.Context) (io.ReadCloser, error) {
	return closing{bytes.NewReader(p.tar), p.closed}, nil
}

type closing struct {
	io.Reader
	err error
}

func (c closing) Close() error { return c.err }

func pack(t *testing.T, entries ...tar.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range entries {
		content := ""
		if h.Typeflag == tar.TypeReg {
			content, h.Linkname = h.Linkname, ""
			h.Size = int64(len(content))
		}
		h.Format = tar.FormatGNU
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func dir(name string) tar.Header {
	return tar.Header{Typeflag: tar.TypeDir, Name: name, Mode: 0o755}
}

// file packs its content in Linkname, which a file does not have.
func file(name, content string) tar.Header {
	return tar.Header{Typeflag: tar.TypeReg, Name: name, Linkname: content, Mode: 0o644}
}

// unpacked lists a tar's entries in order: "path/", "path -> target", "path = content".
func unpacked(t *testing.T, data []byte) []string {
	t.Helper()
	var lines []string
	for r := tar.NewReader(bytes.NewReader(data)); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return lines
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		switch h.Typeflag {
		case tar.TypeDir:
			lines = append(lines, fmt.Sprintf("%s %o", h.Name, h.Mode))
		case tar.TypeSymlink:
			lines = append(lines, h.Name+" -> "+h.Linkname)
		case tar.TypeLink:
			lines = append(lines, h.Name+" == "+h.Linkname)
		default:
			lines = append(lines, h.Name+" = "+string(content))
		}
	}
}

func TestMerge(t *testing.T) {
	t.Parallel()
	long := "usr/share/" + strings.Repeat("long/", 40) + "name"
	old := fakePackage{name: "old", tar: pack(t,
		dir("./"), dir("./lib/"), dir("./lib/x86_64-linux-gnu/"),
		file("./lib/x86_64-linux-gnu/libc.so.6", "libc"),
		tar.Header{Typeflag: tar.TypeSymlink, Name: "./lib64/ld.so", Linkname: "../lib/x86_64-linux-gnu/ld.so"},
		tar.Header{Typeflag: tar.TypeLink, Name: "./bin/second", Linkname: "./bin/first"},
		dir("./usr/"), dir("./usr/share/"), dir("./usr/share/doc/"), file("./usr/share/doc/old", "left out"),
		file("./"+long, "deep"), file("./etc/both", "of old"))}
	young := fakePackage{name: "young", tar: pack(t,
		dir("./"), dir("./usr/"), dir("./usr/lib/"), file("./usr/lib/late", "late"), file("./etc/both", "of young"))}
	root := Root{
		Directories: map[string]fs.FileMode{"tmp": 0o777 | fs.ModeSticky, "etc": 0o755},
		Files:       []File{{"etc/passwd", 0o644, "root"}},
		Leave:       func(name string) bool { return strings.HasPrefix(name, "usr/share/doc/") },
	}
	var out bytes.Buffer
	if err := Merge(t.Context(), &out, root, []Package{old, young}); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"usr/bin/ 755", "bin -> usr/bin", "usr/lib/ 755", "lib -> usr/lib", "usr/lib32/ 755", "lib32 -> usr/lib32",
		"usr/lib64/ 755", "lib64 -> usr/lib64", "usr/libx32/ 755", "libx32 -> usr/libx32", "usr/sbin/ 755", "sbin -> usr/sbin",
		"etc/ 755", "tmp/ 1777",
		"usr/lib/x86_64-linux-gnu/ 755", "usr/lib/x86_64-linux-gnu/libc.so.6 = libc",
		"usr/lib64/ld.so -> ../lib/x86_64-linux-gnu/ld.so", "usr/bin/second == usr/bin/first",
		"usr/ 755", "usr/share/ 755", "usr/share/doc/ 755", long + " = deep", "etc/both = of old",
		"usr/lib/late = late", "etc/both = of young",
		"etc/passwd = root",
	}
	if diff := cmp.Diff(want, unpacked(t, out.Bytes())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestMergeFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("dpkg-deb: exit status 2")
	tests := map[string]struct {
		pkg  fakePackage
		out  io.Writer
		want string
	}{
		"where unpacking fails":       {fakePackage{name: "p.deb", closed: broken}, io.Discard, "p.deb: dpkg-deb"},
		"where the stream is cut off": {fakePackage{name: "p.deb", tar: pack(t, file("./a", "content"))[:515]}, io.Discard, "p.deb: "},
		"where nobody reads any more": {fakePackage{name: "p.deb", tar: pack(t, file("./a", "content"))}, refusing{}, "refused"},
	}
	for name, test := range tests {
		err := Merge(t.Context(), test.out, Root{}, []Package{test.pkg})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one with %q", name, err, test.want)
		}
	}
}

type refusing struct{}

func (refusing) Write([]byte) (int, error) { return 0, errors.New("refused") }

func TestVersionOfADeb(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/a/python3.13_3.13.5-2_amd64.deb":    "3.13.5-2",
		"zlib1g_1%3a1.3.dfsg-3_amd64.deb":     "1:1.3.dfsg-3",
		"python3.11_3.11.2-6+deb12u8_all.deb": "3.11.2-6+deb12u8",
		"nonsense.deb":                        "",
	} {
		if got := Deb(path).Version(); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}
