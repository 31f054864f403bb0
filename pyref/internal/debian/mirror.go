package debian

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// ErrNoApt means that this machine has no apt-get or no dpkg-deb.
var ErrNoApt = errors.New("apt-get and dpkg-deb are not both installed here (they come with Debian and Ubuntu)")

// ErrNoMirror means that apt is here but no source of it serves Debian itself.
var ErrNoMirror = errors.New("none of this machine's apt sources serves Debian itself (a \"deb\" entry for a Debian suite with the component main)")

// Available returns nil where the packages of Debian can be fetched and
// unpacked: the tools are here.
func Available() error {
	for _, tool := range []string{"apt-get", "apt-config", "dpkg-deb"} {
		if _, err := exec.LookPath(tool); err != nil {
			return ErrNoApt
		}
	}
	return nil
}

// Mirrors returns the entries of this machine's apt configuration that serve
// Debian itself, or ErrNoApt or ErrNoMirror.
func Mirrors(ctx context.Context) ([]Source, error) {
	if err := Available(); err != nil {
		return nil, err
	}
	list, parts, err := sourceFiles(ctx)
	if err != nil {
		return nil, err
	}
	sources, err := readSources(list, parts)
	if err != nil {
		return nil, err
	}
	mirrors := Debian(sources)
	if len(mirrors) == 0 {
		return nil, ErrNoMirror
	}
	return mirrors, nil
}

// sourceFiles asks apt where its source list and its directory of lists are.
func sourceFiles(ctx context.Context) (list, parts string, err error) {
	out, err := output(ctx, nil, "apt-config", "shell", "LIST", "Dir::Etc::sourcelist/f", "PARTS", "Dir::Etc::sourceparts/d")
	if err != nil {
		return "", "", fmt.Errorf("ask apt for its source lists: %w", err)
	}
	for line := range strings.Lines(out) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		value = strings.Trim(value, "'")
		switch name {
		case "LIST":
			list = value
		case "PARTS":
			parts = value
		}
	}
	return list, parts, nil
}

// readSources reads a source list and the .list and .sources files of a
// directory. What does not exist holds nothing; apt, too, skips files of other
// names.
func readSources(list, parts string) ([]Source, error) {
	files := []string{}
	if list != "" {
		files = append(files, list)
	}
	entries, err := os.ReadDir(parts)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, entry := range entries {
		if ext := filepath.Ext(entry.Name()); ext == ".list" || ext == ".sources" {
			files = append(files, filepath.Join(parts, entry.Name()))
		}
	}
	var all []Source
	for _, file := range files {
		text, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		parse := ParseList
		if filepath.Ext(file) == ".sources" {
			parse = ParseStanzas
		}
		sources, err := parse(string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, sources...)
	}
	return all, nil
}

// keyrings are where Debian's package debian-archive-keyring puts the keys of
// every release that it knows.
var keyrings = []string{
	"/usr/share/keyrings/debian-archive-keyring.pgp",
	"/usr/share/keyrings/debian-archive-keyring.gpg",
}

// trusting returns the entry with Debian's whole archive keyring added to the
// keyring files that it names: an entry may be signed by one release's keys
// only, and other suites are signed by others. An entry that names none is left
// alone, since apt then trusts what the machine trusts, and so is one that names
// keys by fingerprint or holds the key itself.
func (s Source) trusting(exists func(string) bool) Source {
	signed := strings.Fields(s.Options["Signed-By"])
	if len(signed) == 0 || slices.ContainsFunc(signed, func(w string) bool { return !strings.HasPrefix(w, "/") }) {
		return s
	}
	for _, keyring := range keyrings {
		if exists(keyring) {
			if !slices.Contains(signed, keyring) {
				signed = append(signed, keyring)
			}
			break
		}
	}
	options := maps.Clone(s.Options)
	options["Signed-By"] = strings.Join(signed, " ")
	s.Options = options
	return s
}
