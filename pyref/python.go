package pyref

import (
	"fmt"
	"slices"
	"strings"
)

// A recipe is how a Python's image is built from Debian's packages.
type recipe struct {
	python     string
	suites     []string // in the order in which they are tried
	repository string   // of the image: its name without the tag
	more       []string // packages beside the Python
}

// Where our own images are kept: those with a Python alone, and those with its
// tests as well.
const (
	repository      = "pyparity/cpython"
	testsRepository = "pyparity/cpython-tests"
)

var recipes = []recipe{
	{"3.9", []string{"bullseye"}, repository, nil},
	{"3.11", []string{"bookworm"}, repository, nil},
	{"3.13", []string{"trixie"}, repository, nil},
	{"3.14", []string{"forky", "sid"}, repository, nil},
	{"3.15", []string{"forky", "sid"}, repository, nil},
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

// tag is the name under which our own image of a Python is kept.
func (r recipe) tag() string { return r.repository + ":" + r.python }

// official is the image that Python's maintainers publish.
func (r recipe) official() string { return "python:" + r.python + "-slim" }

// interpreter is the name by which an image's PATH finds the Python, be it
// Debian's or the official image's.
func (r recipe) interpreter() string { return "python" + r.python }

// withTests is the recipe of an image that has CPython's own tests too.
func (r recipe) withTests() recipe {
	r.repository = testsRepository
	r.more = []string{"libpython" + r.python + "-testsuite"}
	return r
}
