//go:build linux

package socket_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The names that the manual sets apart for programs that embed Python are there.
func TestNamesForEmbeddersAreExported(t *testing.T) {
	all := map[string]bool{}
	for _, names := range exportedByFile(t) {
		for name := range names {
			all[name] = true
		}
	}
	_, section, _ := strings.Cut(string(must(os.ReadFile("doc.go"))), "a ported program needs: ")
	section, _, _ = strings.Cut(section, "// #")
	names := regexp.MustCompile(`\b[A-Z]\w+[.,;]`).FindAllString(section, -1)
	for _, name := range names {
		if name = strings.TrimRight(name, ".,;"); !all[name] && !fieldsForEmbedders[name] {
			t.Errorf("%s is not exported", name)
		}
	}
	if len(names) < 20 {
		t.Errorf("only %d names were found", len(names))
	}
}

// fieldsForEmbedders are the names in that section that are fields.
var fieldsForEmbedders = map[string]bool{"Waiting": true, "Glibc": true, "ExactHErrno": true, "EncodedHosts": true, "Value": true}

// The manual's index names Python's names, the Go names and the files, in
// columns; each Go name has to be exported by one of the line's files.
func TestIndexIsTrue(t *testing.T) {
	exported := exportedByFile(t)
	_, index, ok := strings.Cut(string(must(os.ReadFile("doc.go"))), "// # Index\n")
	if !ok {
		t.Fatal("doc.go has no index")
	}
	lines, names := 0, 0
	columns := regexp.MustCompile(`\s{2,}`)
	for line := range strings.Lines(index) {
		line, isEntry := strings.CutPrefix(strings.TrimRight(line, "\n"), "//\t")
		if !isEntry {
			continue
		}
		lines++
		files := regexp.MustCompile(`[a-z0-9_]+\.go`).FindAllString(line, -1)
		if len(files) == 0 {
			t.Errorf("no file: %s", line)
			continue
		}
		there := map[string]bool{}
		for _, file := range files {
			if exported[file] == nil {
				t.Errorf("%s: there is no such file", file)
			}
			for name := range exported[file] {
				there[name] = true
			}
		}
		python := columns.Split(line, 2)[0]
		middle := strings.TrimPrefix(line, python)
		middle, _, _ = strings.Cut(middle, files[0])
		for _, name := range strings.FieldsFunc(middle, func(c rune) bool { return c == ',' || c == ' ' || c == '…' }) {
			names++
			if !there[strings.TrimPrefix(name, "Socket.")] {
				t.Errorf("%s is not in %s: %s", name, strings.Join(files, " or "), line)
			}
		}
	}
	if lines < 40 || names < 60 {
		t.Errorf("only %d lines and %d names were found", lines, names)
	}
}

// exportedByFile are the exported functions, methods, types, variables and
// constants of each file of the package.
func exportedByFile(t *testing.T) map[string]map[string]bool {
	t.Helper()
	found := map[string]map[string]bool{}
	for _, path := range must(filepath.Glob("*.go")) {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		names := map[string]bool{}
		found[path] = names
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		check(t, err)
		for _, decl := range file.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				names[decl.Name.Name] = true
			case *ast.GenDecl:
				for _, spec := range decl.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						names[spec.Name.Name] = true
					case *ast.ValueSpec:
						for _, name := range spec.Names {
							names[name.Name] = true
						}
					}
				}
			}
		}
	}
	return found
}
