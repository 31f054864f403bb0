package pyref

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pyparity/pyparity/pyref/internal/debian"
)

func failing(name string, err error) way {
	return way{name, func(context.Context) (Image, error) { return Image{}, err }}
}

func leading(name string, image Image) way {
	return way{name, func(context.Context) (Image, error) { return image, nil }}
}

func TestWhatWasTriedIsSaidInOrder(t *testing.T) {
	t.Parallel()
	refused := errors.New("connection\nrefused")
	ways := []way{
		failing("an image given by the user", noneError("none (PYPARITY_IMAGE_3_13 is not set)")),
		failing("an image already here", noneError("neither a nor b")),
		failing("the official image", refused),
		failing("built from Debian packages (trixie)", debian.ErrNoApt),
	}
	_, err := obtain(t.Context(), recipes[2], ways, func(string) {})
	want := `no image for Python 3.13; tried in this order:
  1. an image given by the user: none (PYPARITY_IMAGE_3_13 is not set)
  2. an image already here: neither a nor b
  3. the official image: connection; refused
  4. built from Debian packages (trixie): ` + debian.ErrNoApt.Error()
	if err == nil || err.Error() != want {
		t.Errorf("error:\n%v\nwant:\n%s", err, want)
	}
	for _, cause := range []error{refused, debian.ErrNoApt} {
		if !errors.Is(err, cause) {
			t.Errorf("the error does not unwrap to %v", cause)
		}
	}
	if errors.As(err, new(*UnavailableError)) {
		t.Error("a failure was taken for an unavailable Python")
	}
}

func TestTheFirstWayThatWorksIsTaken(t *testing.T) {
	t.Parallel()
	var lines []string
	ways := []way{
		failing("an image already here", noneError("none")),
		failing("the official image", errors.New("no such host")),
		leading("built", Image{Name: "ours", Obtained: "built"}),
		failing("never", errors.New("was tried")),
	}
	image, err := obtain(t.Context(), recipes[0], ways, func(line string) { lines = append(lines, line) })
	if err != nil {
		t.Fatal(err)
	}
	if image.Name != "ours" || image.Python != "3.9" || image.Interpreter != "python3.9" || len(image.Tried) != 2 {
		t.Errorf("got %+v", image)
	}
	account := strings.Join(lines, "\n")
	first, second := strings.Index(account, "an image already here: none"), strings.Index(account, "the official image: no such host")
	if first < 0 || second < first {
		t.Errorf("the account of what was tried is %q", account)
	}
}

// An image that is simply there needs no words.
func TestALookIsNotAnnounced(t *testing.T) {
	t.Parallel()
	ways := []way{failing("an image given by the user", noneError("none")), leading("here", Image{Name: "ours"})}
	_, err := obtain(t.Context(), recipes[0], ways, func(line string) { t.Errorf("announced: %s", line) })
	if err != nil {
		t.Fatal(err)
	}
}

func TestObtainEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	ways := []way{
		{"first", func(context.Context) (Image, error) { cancel(); return Image{}, errors.New("cut off") }},
		failing("second", errors.New("was tried")),
	}
	if _, err := obtain(ctx, recipes[0], ways, func(string) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestAMissingPythonIsUnavailableAndAFailureIsNot(t *testing.T) {
	t.Parallel()
	noSuite, noPackage, broken := &debian.MissingError{Suite: "forky"}, &debian.MissingError{Suite: "sid", Package: "python3.15"}, errors.New("timed out")
	tests := map[string]struct {
		answers     map[string]error
		unavailable bool
	}{
		"no suite has it":        {map[string]error{"forky": noSuite, "sid": noPackage}, true},
		"one could not be asked": {map[string]error{"forky": broken, "sid": noPackage}, false},
		"none could be asked":    {map[string]error{"forky": broken, "sid": broken}, false},
	}
	for name, test := range tests {
		_, err := firstSuite(recipes[4], func(suite string) (Image, error) { return Image{}, test.answers[suite] })
		_, err = obtain(t.Context(), recipes[4], []way{failing("the official image", broken), failing("built", err)}, func(string) {})
		if errors.As(err, new(*UnavailableError)) != test.unavailable {
			t.Errorf("%s: unavailable is not %v: %v", name, test.unavailable, err)
		}
	}
	var asked []string
	image, err := firstSuite(recipes[4], func(suite string) (Image, error) {
		asked = append(asked, suite)
		if suite == "forky" {
			return Image{}, noSuite
		}
		return Image{Name: suite}, nil
	})
	if err != nil || image.Name != "sid" {
		t.Errorf("after a suite without it: %v, %v", image, err)
	}
	if diff := cmp.Diff([]string{"forky", "sid"}, asked); diff != "" {
		t.Errorf("suites (-want +got):\n%s", diff)
	}
}

func TestUnknownPython(t *testing.T) {
	t.Parallel()
	_, err := (&Session{}).Obtain(t.Context(), "2.7")
	if !errors.As(err, new(*UnknownPythonError)) || !strings.Contains(err.Error(), "3.13") {
		t.Errorf("error %v, want one that lists the known Pythons", err)
	}
}

func TestHash(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, r := range recipes {
		if again, err := recipeFor(r.python); err != nil || again.hash() != r.hash() || r.hash() == "" {
			t.Errorf("%s: the hash is not stable", r.python)
		}
		if other, ok := seen[r.hash()]; ok {
			t.Errorf("%s and %s have one hash", r.python, other)
		}
		seen[r.hash()] = r.python
	}
	changed := recipes[0]
	changed.suites = []string{"another"}
	if changed.hash() == recipes[0].hash() {
		t.Error("another suite makes the same image")
	}
}

func TestImagesFromTheEnvironment(t *testing.T) {
	t.Setenv("PYPARITY_IMAGE_3_13", "my/python:3.13")
	t.Setenv("PYPARITY_IMAGE_3_9", "")
	if diff := cmp.Diff(map[string]string{"3.13": "my/python:3.13"}, imagesFromEnvironment()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
