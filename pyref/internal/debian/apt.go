package debian

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A MissingError says that the archive does not have what was asked for, as
// opposed to not having answered: no such suite, or no such package in it.
type MissingError struct {
	Suite   string
	Package string // empty: the suite itself
}

func (e *MissingError) Error() string {
	if e.Package == "" {
		return "this machine's Debian mirror has no suite " + e.Suite
	}
	return fmt.Sprintf("Debian's suite %s has no package %s", e.Suite, e.Package)
}

// Download fetches the packages and all that they depend on from a suite, and
// returns the paths of the .deb files, sorted. Everything is kept below dir, which
// must be empty and is the caller's to remove; the machine's own apt state is
// neither read nor changed, and nothing is installed. Downloads of several
// suites may run at once, each in a directory of its own.
//
// The mirrors are tried in turn until one has the suite. A suite or a package
// that none has is a *MissingError.
func Download(ctx context.Context, dir string, mirrors []Source, suite string, packages ...string) ([]string, error) {
	err := ErrNoMirror
	for i, mirror := range mirrors {
		root := filepath.Join(dir, strconv.Itoa(i))
		var debs []string
		if debs, err = download(ctx, root, mirror.For(suite).trusting(exists), suite, packages); err == nil {
			return debs, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return nil, err
}

func download(ctx context.Context, root string, source Source, suite string, packages []string) ([]string, error) {
	env, err := aptRoot(ctx, root, source)
	if err != nil {
		return nil, err
	}
	// Without Error-Mode, update succeeds when a mirror does not answer and leaves
	// old or no lists; every package would then look like a missing one.
	_, err = output(ctx, env, "apt-get", "-q", "-o", "APT::Update::Error-Mode=any", "update")
	if err != nil {
		// The mirror answered, and said that the suite is not there.
		if says(err, "have a Release file", "has a Release file") && says(err, "404 ", "File not found") {
			return nil, &MissingError{Suite: suite}
		}
		return nil, err
	}
	for _, name := range packages {
		if known, err := output(ctx, env, "apt-cache", "pkgnames", name); err != nil {
			return nil, err
		} else if !slices.Contains(strings.Fields(known), name) {
			return nil, &MissingError{Suite: suite, Package: name}
		}
	}
	args := append([]string{"-q", "-y", "--no-install-recommends", "--download-only", "install"}, packages...)
	if _, err := output(ctx, env, "apt-get", args...); err != nil {
		for _, name := range packages {
			if says(err, "Package '"+name+"' has no installation candidate") {
				return nil, &MissingError{Suite: suite, Package: name}
			}
		}
		return nil, err
	}
	debs, err := filepath.Glob(filepath.Join(root, "cache/archives/*.deb"))
	if err == nil && len(debs) == 0 {
		err = fmt.Errorf("apt-get downloaded nothing for %s", strings.Join(packages, ", "))
	}
	return debs, err
}

// says reports whether the tool printed one of the phrases.
func says(err error, phrases ...string) bool {
	var tool *toolError
	return errors.As(err, &tool) && slices.ContainsFunc(phrases, func(p string) bool {
		return strings.Contains(tool.printed, p) || strings.Contains(tool.progress, p)
	})
}

// aptRoot makes a private apt root with a single source and an empty package
// database, and returns the environment in which apt uses it.
func aptRoot(ctx context.Context, root string, source Source) ([]string, error) {
	for _, dir := range []string{"lists/partial", "cache/archives/partial", "sources", "empty", "tmp"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			return nil, err
		}
	}
	acquire, err := output(ctx, nil, "apt-config", "dump")
	if err != nil {
		return nil, fmt.Errorf("ask apt for its configuration: %w", err)
	}
	arch, err := output(ctx, nil, "dpkg", "--print-architecture")
	if err != nil {
		return nil, fmt.Errorf("ask dpkg for the architecture: %w", err)
	}
	files := map[string]string{
		"status":                 "",
		"sources/mirror.sources": source.stanza(),
		"apt.conf":               aptConf(root, strings.TrimSpace(arch), acquire),
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	return []string{
		"APT_CONFIG=" + filepath.Join(root, "apt.conf"),
		"DEBIAN_FRONTEND=noninteractive",
		// What apt leaves there when it is killed goes with the root.
		"TMPDIR=" + filepath.Join(root, "tmp"),
	}, nil
}

// aptConf is the configuration of a private apt root. It stands instead of the
// machine's (whose hooks, preferences and default release must not play), but
// for how the machine reaches its mirrors: proxies, timeouts, certificates and
// what it checks, which are the lines below Acquire of dump.
func aptConf(root, arch, dump string) string {
	var b strings.Builder
	set := func(name, value string) { fmt.Fprintf(&b, "%s %q;\n", name, value) }
	set("Dir::Etc::main", "/dev/null")
	set("Dir::Etc::parts", filepath.Join(root, "empty"))
	set("Dir::Etc::sourcelist", "/dev/null")
	set("Dir::Etc::sourceparts", filepath.Join(root, "sources"))
	set("Dir::Etc::preferences", "/dev/null")
	set("Dir::Etc::preferencesparts", filepath.Join(root, "empty"))
	set("Dir::State", root)
	set("Dir::State::lists", filepath.Join(root, "lists"))
	set("Dir::State::status", filepath.Join(root, "status"))
	set("Dir::State::extended_states", filepath.Join(root, "extended_states"))
	set("Dir::Cache", filepath.Join(root, "cache"))
	set("Dir::Log", root)
	set("APT::Architecture", arch)
	set("APT::Architectures::", arch)
	set("APT::Install-Recommends", "false")
	// As root, apt would hand the download to a user who cannot write here.
	set("APT::Sandbox::User", "")
	// A mirror that does not answer must not hold a run up for long; the
	// machine's own values, which follow, win.
	set("Acquire::Retries", "1")
	set("Acquire::http::Timeout", "15")
	set("Acquire::https::Timeout", "15")
	for line := range strings.Lines(dump) {
		if reaches(line) {
			b.WriteString(line)
		}
	}
	set("Acquire::Languages", "none")
	return b.String()
}

// reaches reports whether a line of "apt-config dump" is about reaching a
// mirror, not about which indexes to fetch and how to keep them.
func reaches(line string) bool {
	name, ok := strings.CutPrefix(line, "Acquire::")
	if !ok {
		return false
	}
	for _, other := range []string{"IndexTargets", "Languages", "GzipIndexes", "CompressionTypes", "Changelogs"} {
		if strings.HasPrefix(name, other) {
			return false
		}
	}
	return true
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
