package pyref

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/containerd/errdefs"
)

// imageVariable is the environment variable by which a user names an image:
// PYPARITY_IMAGE_3_13.
func imageVariable(python string) string {
	return "PYPARITY_IMAGE_" + strings.ReplaceAll(python, ".", "_")
}

func imagesFromEnvironment() map[string]string {
	images := map[string]string{}
	for _, python := range Pythons() {
		if name := os.Getenv(imageVariable(python)); name != "" {
			images[python] = name
		}
	}
	return images
}

// given is the image that the user named, pulled where it is not here.
func (s *Session) given(r recipe) way {
	name := s.options.Images[r.python]
	if name == "" {
		return way{"an image given by the user", func(context.Context) (Image, error) {
			return Image{}, noneError(fmt.Sprintf("none (%s is not set)", imageVariable(r.python)))
		}}
	}
	return way{fmt.Sprintf("the image given by the user (%s)", name), func(ctx context.Context) (Image, error) {
		image, err := s.inspect(ctx, name)
		if !errdefs.IsNotFound(err) {
			image.Obtained = "given by the user"
			return image, err
		}
		s.options.Progress(fmt.Sprintf("pulling %s, which was given for Python %s …", name, r.python))
		if err := s.pull(ctx, name, firstWord, nextWord); err != nil {
			return Image{}, fmt.Errorf("it is not here, and pulling it failed: %w", err)
		}
		image, err = s.inspect(ctx, name)
		image.Obtained = "given by the user, pulled"
		return image, err
	}}
}

// Labels of the images that are built here.
const (
	recipeLabel   = "pyparity.recipe"   // the recipe's hash
	obtainedLabel = "pyparity.obtained" // in words, for reports
)

// here is an image that is present already: one built by this very recipe, or
// the official one.
func (s *Session) here(r recipe) way {
	return way{"an image already here", func(ctx context.Context) (Image, error) {
		image, stale, err := s.ours(ctx, r)
		if !errdefs.IsNotFound(err) {
			return image, err
		}
		image, err = s.inspect(ctx, r.official())
		if errdefs.IsNotFound(err) {
			what := "neither " + r.tag()
			if stale != "" {
				what += " as it is built now (another recipe made the one that is here)"
			}
			return Image{}, noneError(what + " nor " + r.official())
		}
		image.Obtained = "the official image, already here"
		return image, err
	}}
}

// builtBefore is an image that was built by this very recipe.
func (s *Session) builtBefore(r recipe) way {
	return way{"an image already here", func(ctx context.Context) (Image, error) {
		image, _, err := s.ours(ctx, r)
		if errdefs.IsNotFound(err) {
			return Image{}, noneError("no " + r.tag() + " as it is built now")
		}
		return image, err
	}}
}

// ours returns the image that this very recipe built. Where there is one of
// another recipe, its id is returned as stale with the error.
func (s *Session) ours(ctx context.Context, r recipe) (image Image, stale string, err error) {
	inspected, err := s.docker.ImageInspect(ctx, r.tag())
	if err != nil {
		return Image{}, "", err
	}
	var labels map[string]string
	if inspected.Config != nil {
		labels = inspected.Config.Labels
	}
	if labels[recipeLabel] != r.hash() {
		return Image{}, inspected.ID, errdefs.ErrNotFound.WithMessage("built by another recipe")
	}
	return Image{Name: r.tag(), ID: inspected.ID, Obtained: labels[obtainedLabel]}, "", nil
}

// inspect returns an image that is here.
func (s *Session) inspect(ctx context.Context, name string) (Image, error) {
	inspected, err := s.docker.ImageInspect(ctx, name)
	if err != nil {
		return Image{}, err
	}
	return Image{Name: name, ID: inspected.ID}, nil
}
