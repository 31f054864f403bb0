// Package index reads from the sources of impl/socket where each Python name is.
package index

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
)

// A Place is where something is in Go.
type Place struct {
	Go   string `json:"go"`
	File string `json:"file"`
}

// Read returns the places of a folder's exported declarations by the Python names
// that their comments give. Of several the one with the shortest name counts: a
// function of the package before the method of a Module that it calls.
func Read(folder string) (map[string]Place, error) {
	places := map[string]Place{}
	err := declarations(folder, func(d declaration) {
		for _, name := range d.python() {
			place := Place{Go: "socket." + d.name, File: "impl/socket/" + d.file}
			known, ok := places[name]
			if !ok || len(place.Go) < len(known.Go) {
				places[name] = place
			}
		}
	})
	return places, err
}

// Constants returns the names of the folder's constants, but for those of one
// file.
func Constants(folder, but string) (map[string]bool, error) {
	names := map[string]bool{}
	err := declarations(folder, func(d declaration) {
		if d.constant && d.file != but {
			names[d.name] = true
		}
	})
	return names, err
}

// A declaration is an exported one.
type declaration struct {
	name     string // "Socket.Recv", "CreateServer", "AF_INET"
	receiver string // "Socket", "Module", …
	file     string
	doc      string
	constant bool
}

// original is how a comment names the Python original.
var original = regexp.MustCompile(`\bPython's (socket|SocketIO)\.([A-Za-z_]\w*)(?:\.(\w+))?( function| method)?`)

// python lists the Python names, with their owners.
func (d declaration) python() []string {
	match := original.FindStringSubmatch(strings.Join(strings.Fields(d.doc), " "))
	switch {
	case match == nil && d.constant:
		return []string{"socket." + d.name}
	case match == nil:
		return nil
	case match[1] == "SocketIO":
		return []string{"socket.SocketIO." + match[2]}
	case d.receiver == "Socket" && match[2] != "socket":
		return []string{"socket.socket." + match[2]}
	}
	return []string{"socket." + match[2]}
}

// declarations calls f for each, file by file.
func declarations(folder string, f func(declaration)) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		for _, decl := range parsed.Decls {
			for _, d := range of(decl) {
				if !ast.IsExported(d.name) {
					continue
				}
				if d.receiver != "" {
					// The methods of an unexported type are those of the exported one that
					// embeds it and has its name.
					d.receiver = strings.ToUpper(d.receiver[:1]) + d.receiver[1:]
					d.name = d.receiver + "." + d.name
				}
				d.file = filepath.Base(file)
				f(d)
			}
		}
	}
	return nil
}

func of(decl ast.Decl) []declaration {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		return []declaration{{name: decl.Name.Name, receiver: receiver(decl), doc: decl.Doc.Text()}}
	case *ast.GenDecl:
		var all []declaration
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				doc := spec.Doc
				if doc == nil {
					doc = decl.Doc
				}
				all = append(all, declaration{name: spec.Name.Name, doc: doc.Text()})
			case *ast.ValueSpec:
				if decl.Tok != token.CONST {
					continue
				}
				for _, name := range spec.Names {
					all = append(all, declaration{name: name.Name, doc: spec.Doc.Text() + decl.Doc.Text(), constant: true})
				}
			}
		}
		return all
	}
	return nil
}

func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return ""
	}
	t := f.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if name, ok := t.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}
