package pyref

import (
	"fmt"
	"slices"
	"strings"
)

// A recipe is how the image of an interpreter is built from Debian's packages.
type recipe struct {
	title      string   // what a person calls it: "Python 3.13"
	python     string   // the language version; empty where it is none of CPython's
	suites     []string // in the order in which they are tried
	repository string   // of the image: its name without the tag
	program    string   // by which an image's PATH finds the interpreter, be it Debian's or the official image's
	debs       []string // the packages that hold it, the one that is named for its version first
	warming    []string // the arguments with which the program readies a new image
}

// Where our own images of CPython are kept: those with a Python alone, and those
// with its tests as well.
const (
	repository      = "pyparity/cpython"
	testsRepository = "pyparity/cpython-tests"
)

func cpython(python string, suites ...string) recipe {
	program := "python" + python
	return recipe{
		title: "Python " + python, python: python, suites: suites, repository: repository,
		program: program, debs: []string{program}, warming: []string{"-I", "-c", warming},
	}
}

// recipes are those of the references, oldest first.
var recipes = []recipe{
	cpython("3.9", "bullseye"),
	cpython("3.11", "bookworm"),
	cpython("3.13", "trixie"),
	cpython("3.14", "forky", "sid"),
	cpython("3.15", "forky", "sid"),
}

// Pythons lists the versions that there is a reference for, oldest first.
func Pythons() []string {
	pythons := make([]string, len(recipes))
	for i, r := range recipes {
		pythons[i] = r.python
	}
	return pythons
}

// UnknownPythonError means that a version was asked for that there is no reference of.
type UnknownPythonError struct{ Python string }

func (e *UnknownPythonError) Error() string {
	return fmt.Sprintf("there is no reference for Python %q (there is for %s)", e.Python, strings.Join(Pythons(), ", "))
}

func recipeFor(python string) (recipe, error) {
	i := slices.IndexFunc(recipes, func(r recipe) bool { return r.python == python })
	if i < 0 {
		return recipe{}, &UnknownPythonError{python}
	}
	return recipes[i], nil
}

// tag is the name under which our own image is kept.
func (r recipe) tag() string {
	if r.python == "" {
		return r.repository + ":" + r.suites[0]
	}
	return r.repository + ":" + r.python
}

// official is the image that Python's maintainers publish.
func (r recipe) official() string { return "python:" + r.python + "-slim" }

// withTests is the recipe of an image that has CPython's own tests too.
func (r recipe) withTests() recipe {
	r.title += " with its own tests"
	r.repository = testsRepository
	r.debs = append(slices.Clone(r.debs), "libpython"+r.python+"-testsuite")
	return r
}
