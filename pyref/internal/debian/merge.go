package debian

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// A File is one that the caller adds to the packages' own.
type File struct {
	Path    string // without a leading slash
	Mode    fs.FileMode
	Content string
}

// A Root says what a file system holds beside the packages' files.
type Root struct {
	// Directories are made before anything else, with these modes.
	Directories map[string]fs.FileMode
	// Files are written last, and replace the packages'.
	Files []File
	// Leave reports which of the packages' paths to leave out.
	Leave func(path string) bool
}

// merged are the directories that a merged /usr replaces by links into it.
var merged = []string{"bin", "lib", "lib32", "lib64", "libx32", "sbin"}

// Merge writes the file system that the packages make up, as one tar stream,
// laid out with a merged /usr: /bin, /sbin and /lib* are links, and what older
// suites still ship there is put below /usr. Entries are streamed as they are
// read: nothing is unpacked on disk, so no owner, device or link of the packages
// needs a privilege here. Where two packages hold the same path, the reader of
// the stream keeps the later.
func Merge(ctx context.Context, out io.Writer, root Root, packages []Package) error {
	w := tar.NewWriter(out)
	made := map[string]bool{}
	directory := func(name string, mode fs.FileMode) error {
		made[name] = true
		return w.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: name + "/", Mode: tarMode(mode), ModTime: time.Unix(0, 0)})
	}
	link := func(name, target string) error {
		made[name] = true
		return w.WriteHeader(&tar.Header{Typeflag: tar.TypeSymlink, Name: name, Linkname: target, Mode: 0o777, ModTime: time.Unix(0, 0)})
	}
	for _, name := range merged {
		if err := errors.Join(directory("usr/"+name, 0o755), link(name, "usr/"+name)); err != nil {
			return err
		}
	}
	for _, name := range sortedKeys(root.Directories) {
		if err := directory(name, root.Directories[name]); err != nil {
			return err
		}
	}
	for _, p := range packages {
		if err := mergePackage(ctx, w, made, root, p); err != nil {
			return fmt.Errorf("%s: %w", p.Name(), err)
		}
	}
	for _, f := range root.Files {
		h := &tar.Header{Typeflag: tar.TypeReg, Name: f.Path, Mode: tarMode(f.Mode), Size: int64(len(f.Content)), ModTime: time.Unix(0, 0)}
		if err := w.WriteHeader(h); err != nil {
			return err
		}
		if _, err := io.WriteString(w, f.Content); err != nil {
			return err
		}
	}
	return w.Close()
}

// tarMode gives a mode's bits as tar has them: Go keeps the sticky bit elsewhere.
func tarMode(mode fs.FileMode) int64 {
	bits := int64(mode.Perm())
	if mode&fs.ModeSticky != 0 {
		bits |= 0o1000
	}
	return bits
}

// A Package is a Debian package whose files can be read.
type Package interface {
	Name() string
	// Files opens the tar stream of the package's files.
	Files(ctx context.Context) (io.ReadCloser, error)
}

func mergePackage(ctx context.Context, w *tar.Writer, made map[string]bool, root Root, p Package) (err error) {
	files, err := p.Files(ctx)
	if err != nil {
		return err
	}
	// Closing waits for the unpacking tool, whose failure is the better message.
	defer func() { err = errors.Join(err, files.Close()) }()
	r := tar.NewReader(files)
	for {
		h, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read its files: %w", err)
		}
		name := place(h.Name)
		switch {
		case name == ".", root.Leave != nil && root.Leave(name):
			continue
		case h.Typeflag == tar.TypeDir:
			if made[name] {
				continue
			}
			made[name] = true
			h.Name = name + "/"
		default:
			h.Name = name
		}
		if h.Typeflag == tar.TypeLink {
			h.Linkname = place(h.Linkname)
		}
		// Packages are written in GNU's format; PAX holds what they say and any
		// name, so the choice is left to the writer.
		h.Format = tar.FormatUnknown
		if err := w.WriteHeader(h); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if _, err := io.Copy(w, r); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
}

// place returns where a package's path goes under a merged /usr, without the
// "./" and "/" around it: "./lib/ld.so" is "usr/lib/ld.so".
func place(name string) string {
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	if name == "" {
		return "."
	}
	if first, _, _ := strings.Cut(name, "/"); slices.Contains(merged, first) {
		return "usr/" + name
	}
	return name
}
