package pyref

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// An Image is a container image with a Python.
type Image struct {
	Python      string    // "3.13"
	Name        string    // a tag: "pyparity/cpython:3.13"
	ID          string    // "sha256:…"
	Obtained    string    // how: "built from Debian packages (trixie, python3.13 3.13.5-2)"
	Interpreter string    // what its PATH finds the Python by
	Tried       []Attempt // what failed before, in order
}

// An Attempt is a way to an image that was tried and did not lead there.
type Attempt struct {
	Way string // "the official image python:3.13-slim"
	Err error
}

func (a Attempt) String() string { return a.Way + ": " + oneLine(a.Err.Error()) }

// NoImageError means that no way led to an image. It unwraps to what every attempt
// failed with.
type NoImageError struct {
	Interpreter string // "Python 3.13"
	Tried       []Attempt
}

func (e *NoImageError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "no image for %s; tried in this order:", e.Interpreter)
	for i, attempt := range e.Tried {
		fmt.Fprintf(&b, "\n  %d. %s", i+1, attempt)
	}
	return b.String()
}

// Unwrap returns the attempts' errors.
func (e *NoImageError) Unwrap() []error {
	errs := make([]error, len(e.Tried))
	for i, attempt := range e.Tried {
		errs[i] = attempt.Err
	}
	return errs
}

// UnavailableError means that this Python is not to be had here: the archive was
// asked, answered, and does not have it. Errors.As finds it in what Obtain
// returns; any other error is a failure.
type UnavailableError struct {
	Python string
	Err    error
}

func (e *UnavailableError) Error() string { return e.Err.Error() }
func (e *UnavailableError) Unwrap() error { return e.Err }

// noneError means that a way does not apply: nothing was tried, so nothing failed.
type noneError string

func (e noneError) Error() string { return string(e) }

// A way leads to an image, or says why not.
type way struct {
	name string
	take func(ctx context.Context) (Image, error)
}

// Obtain returns an image with a Python, by the first way that leads there: one
// named by the user, one already here, the official one, one built from Debian's
// packages. An image that the user names is used or is an error; none is put in
// its place.
//
// Errors are an *UnknownPythonError, the context's, or a *NoImageError, which says what
// was tried and in which an *UnavailableError may be found.
func (s *Session) Obtain(ctx context.Context, python string) (Image, error) {
	r, err := recipeFor(python)
	if err != nil {
		return Image{}, err
	}
	ways := []way{s.given(r)}
	if s.options.Images[python] == "" {
		ways = append(ways, s.here(r), s.published(r), s.built(r))
	}
	return obtain(ctx, r, ways, s.options.Progress)
}

// ObtainTests returns an image that has CPython's own tests beside the Python:
// one already here, or one built from Debian's packages, which nobody else
// publishes. Its errors are those of Obtain.
func (s *Session) ObtainTests(ctx context.Context, python string) (Image, error) {
	r, err := recipeFor(python)
	if err != nil {
		return Image{}, err
	}
	r = r.withTests()
	return obtain(ctx, r, []way{s.builtBefore(r), s.built(r)}, s.options.Progress)
}

func obtain(ctx context.Context, r recipe, ways []way, progress func(string)) (Image, error) {
	began := time.Now()
	var tried []Attempt
	for _, w := range ways {
		image, err := w.take(ctx)
		if err == nil {
			image.Python, image.Interpreter, image.Tried = r.python, r.program, tried
			if failed := failures(tried); len(failed) > 0 {
				progress(fmt.Sprintf("%s: %s, %s, in %.1f s; tried before, in this order: %s",
					r.title, image.Name, image.Obtained, time.Since(began).Seconds(), strings.Join(failed, "; ")))
			}
			return image, nil
		}
		if ctx.Err() != nil {
			return Image{}, ctx.Err()
		}
		tried = append(tried, Attempt{w.name, err})
	}
	return Image{}, &NoImageError{r.title, tried}
}

// failures writes the attempts down where one of them was more than a look: an
// image that was found at once needs no account.
func failures(tried []Attempt) []string {
	var lines []string
	worth := false
	for _, attempt := range tried {
		lines = append(lines, attempt.String())
		if !errors.As(attempt.Err, new(noneError)) {
			worth = true
		}
	}
	if !worth {
		return nil
	}
	return lines
}

// oneLine joins a tool's lines, for a list with an item on each line.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
}
