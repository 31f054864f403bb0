package pyref

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/moby/moby/client"

	"github.com/pyparity/pyparity/pyref/internal/debian"
)

// packages are what an image holds, with all that they depend on: the interpreter;
// netbase for /etc/services and /etc/protocols; libc-bin for the locale C.UTF-8.
func (r recipe) packages() []string { return append(slices.Clone(r.debs), "netbase", "libc-bin") }

// root is what an image holds beside its packages: what their scripts would have
// made, as far as a resolver and a Python need it.
func root() debian.Root {
	return debian.Root{
		Directories: map[string]fs.FileMode{
			"dev": 0o755, "etc": 0o755, "proc": 0o755, "root": 0o700, "run": 0o755, "sys": 0o755,
			"tmp": 0o777 | fs.ModeSticky, "var": 0o755, "var/tmp": 0o777 | fs.ModeSticky,
		},
		Files: []debian.File{
			{Path: "etc/passwd", Mode: 0o644, Content: "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"},
			{Path: "etc/group", Mode: 0o644, Content: "root:x:0:\nnogroup:x:65534:\n"},
			{Path: "etc/nsswitch.conf", Mode: 0o644, Content: "passwd: files\ngroup: files\nhosts: files dns\nnetworks: files\n" +
				"protocols: files\nservices: files\nethers: files\nrpc: files\n"},
		},
		Leave: leave,
	}
}

// left are the folders whose files nothing reads here: about a fifth of the whole.
var left = []string{"usr/share/doc", "usr/share/info", "usr/share/lintian", "usr/share/locale", "usr/share/man"}

func leave(name string) bool {
	return slices.ContainsFunc(left, func(dir string) bool { return strings.HasPrefix(name, dir+"/") })
}

// warming compiles the modules that every run loads, which a package's script
// would have done: a Python then starts in a third of the time.
const warming = `
import compileall, os, sys
library = os.path.dirname(os.__file__)
done = compileall.compile_dir(library, maxlevels=0, quiet=1)
for name in ("collections", "concurrent", "encodings", "importlib", "json", "re"):
    path = os.path.join(library, name)
    done = done and (not os.path.isdir(path) or compileall.compile_dir(path, maxlevels=0, quiet=1))
sys.exit(0 if done else 1)
`

// hash identifies all that an image is made of but the packages' versions: a
// change of the recipe makes a new image.
func (r recipe) hash() string {
	const version = 1 // of the way of building itself
	form, err := json.Marshal([]any{version, r.python, r.suites, r.packages(), root().Directories, root().Files, left, r.warming[len(r.warming)-1]})
	if err != nil {
		return "" // matches no label: the image is built
	}
	sum := sha256.Sum256(form)
	return hex.EncodeToString(sum[:])
}

// built is an image made from Debian's packages, out of the first suite that
// has them.
func (s *Session) built(r recipe) way {
	return way{fmt.Sprintf("built from Debian packages (%s)", strings.Join(r.suites, ", then ")), func(ctx context.Context) (Image, error) {
		mirrors, err := debian.Mirrors(ctx)
		if err != nil {
			return Image{}, err
		}
		unlock, err := lock(ctx, "image-"+strings.ReplaceAll(r.tag(), "/", "-"))
		if err != nil {
			return Image{}, err
		}
		defer unlock()
		// Another process may have built it in the meantime.
		image, stale, err := s.ours(ctx, r)
		if err == nil {
			return image, nil
		}
		image, err = firstSuite(r, func(suite string) (Image, error) { return s.build(ctx, r, mirrors, suite) })
		if err == nil && stale != "" {
			err = s.removeImage(ctx, stale)
		}
		return image, err
	}}
}

// firstSuite builds from the first suite that can be built from. That every one
// lacks the Python makes it unavailable; that one of them could not be asked, or
// what it gave not be built, is a failure.
func firstSuite(r recipe, build func(suite string) (Image, error)) (Image, error) {
	var errs []error
	missing := true
	for _, suite := range r.suites {
		image, err := build(suite)
		if err == nil {
			return image, nil
		}
		errs = append(errs, err)
		missing = missing && errors.As(err, new(*debian.MissingError))
	}
	err := errors.Join(errs...)
	if missing {
		err = &UnavailableError{r.python, err}
	}
	return Image{}, err
}

func (s *Session) build(ctx context.Context, r recipe, mirrors []debian.Source, suite string) (image Image, err error) {
	if err := ctx.Err(); err != nil {
		return Image{}, err
	}
	s.options.Progress(fmt.Sprintf("building %s from Debian packages (%s) …", r.title, suite))
	dir, err := s.owner.temporary("apt")
	if err != nil {
		return Image{}, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	debs, err := debian.Download(ctx, dir, mirrors, suite, r.packages()...)
	if err != nil {
		return Image{}, err
	}
	base, err := s.importImage(ctx, debs)
	if err != nil {
		return Image{}, err
	}
	obtained := fmt.Sprintf("built from Debian packages (%s, %s)", suite, pythonPackage(r, debs))
	id, err := s.warm(ctx, r, base, obtained)
	if err != nil {
		cleanup, cancel := cleaning(ctx)
		defer cancel()
		return Image{}, errors.Join(err, s.removeImage(cleanup, base))
	}
	return Image{Name: r.tag(), ID: id, Obtained: obtained}, nil
}

// pythonPackage names the interpreter's package and its version.
func pythonPackage(r recipe, debs []string) string {
	name := r.debs[0]
	for _, deb := range debs {
		if strings.HasPrefix(path.Base(deb), name+"_") {
			return name + " " + debian.Deb(deb).Version()
		}
	}
	return name
}

// importImage makes an untagged image of packages, and returns its id.
func (s *Session) importImage(ctx context.Context, debs []string) (string, error) {
	reader, writer := io.Pipe()
	merged := make(chan error, 1)
	go func() {
		err := debian.Merge(ctx, writer, root(), debian.Debs(debs))
		writer.CloseWithError(err)
		merged <- err
	}()
	// A build that is called off ends the stream, and thereby the import. Docker
	// finishes an import that it has all of, so its answer is waited for: it holds
	// the id of what must be removed.
	id, err := s.importTar(context.WithoutCancel(ctx), reader)
	// Ends the merging where Docker did not read all of it.
	reader.CloseWithError(errImport)
	if mergeErr := <-merged; mergeErr != nil && !errors.Is(mergeErr, errImport) {
		err = mergeErr
	}
	if err == nil && ctx.Err() != nil {
		cleanup, cancel := cleaning(ctx)
		defer cancel()
		err = errors.Join(ctx.Err(), s.removeImage(cleanup, id))
	}
	return id, err
}

var errImport = errors.New("the import was ended by Docker")

func (s *Session) importTar(ctx context.Context, tar io.Reader) (string, error) {
	answer, err := s.docker.ImageImport(ctx, client.ImageImportSource{Source: tar, SourceName: "-"}, "", client.ImageImportOptions{
		Message: "pyparity: from Debian packages",
		Changes: []string{
			"ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
			"ENV LANG=C.UTF-8",
			fmt.Sprintf("LABEL %s=%q", ownerLabel, s.owner),
		},
	})
	if err != nil {
		return "", fmt.Errorf("import into Docker: %w", err)
	}
	defer answer.Close()
	id := ""
	for decoder := json.NewDecoder(answer); ; {
		var line struct{ Status, Error string }
		if err := decoder.Decode(&line); err == io.EOF {
			break
		} else if err != nil {
			return "", fmt.Errorf("import into Docker: %w", err)
		}
		if line.Error != "" {
			return "", fmt.Errorf("import into Docker: %s", line.Error)
		}
		if strings.HasPrefix(line.Status, "sha256:") {
			id = line.Status
		}
	}
	if id == "" {
		return "", errors.New("import into Docker: it did not say which image it made")
	}
	return id, nil
}
