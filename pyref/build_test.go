package pyref

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"

	"github.com/pyparity/pyparity/pyref/internal/debian"
)

// throwaway is a recipe for an image that only this test process has.
func throwaway(t *testing.T, b bed, python string) (recipe, []debian.Source) {
	t.Helper()
	if testing.Short() {
		t.Skip("builds an image from Debian packages")
	}
	mirrors, err := debian.Mirrors(t.Context())
	if err != nil {
		t.Skip(err)
	}
	t.Setenv("TMPDIR", t.TempDir())
	r, err := recipeFor(python)
	if err != nil {
		t.Fatal(err)
	}
	r.repository = "pyparity/test-" + b.owner.start
	return r, mirrors
}

func TestBuild(t *testing.T) {
	b := openBed(t)
	r, _ := throwaway(t, b, "3.13")
	if _, _, err := b.ours(t.Context(), r); !errdefs.IsNotFound(err) {
		t.Fatalf("before: error %v", err)
	}
	t.Cleanup(func() {
		if err := b.removeImage(context.Background(), r.tag()); err != nil {
			t.Error(err)
		}
	})
	// Two at once: the second waits for the first, and takes what it made.
	type result struct {
		image Image
		err   error
	}
	results := make(chan result)
	for range 2 {
		go func() {
			image, err := b.built(r).take(t.Context())
			results <- result{image, err}
		}()
	}
	first, second := <-results, <-results
	image, err := first.image, errors.Join(first.err, second.err)
	if errors.As(err, new(*UnavailableError)) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if image.ID != second.image.ID {
		t.Errorf("two images were built: %s and %s", image.ID, second.image.ID)
	}
	if !strings.Contains(image.Obtained, "Debian packages (trixie, python3.13 3.13.") {
		t.Errorf("obtained: %s", image.Obtained)
	}
	again, stale, err := b.ours(t.Context(), r)
	if err != nil || stale != "" || again.ID != image.ID || again.Obtained != image.Obtained {
		t.Errorf("looked for again: %+v, %q, %v; want %+v", again, stale, err, image)
	}
	image.Interpreter = r.program
	program := "import json, os, socket; print(all(os.path.exists(m.__spec__.cached) for m in (json, socket)))"
	if out := b.python(t, image, "pyparity-0", program); out != "True\n" {
		t.Errorf("its modules are not compiled: %s", out)
	}
	// Another recipe does not take it for its own.
	r.suites = []string{"another"}
	if _, stale, err := b.ours(t.Context(), r); !errdefs.IsNotFound(err) || stale != image.ID {
		t.Errorf("of another recipe: stale %q, error %v", stale, err)
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("left in the temporary directory: %v, %v", left, err)
	}
}

func TestBuildWithoutItsSuite(t *testing.T) {
	b := openBed(t)
	r, mirrors := throwaway(t, b, "3.13")
	_, err := b.build(t.Context(), r, mirrors, "no-such-suite")
	if missing, ok := errors.AsType[*debian.MissingError](err); !ok || missing.Suite != "no-such-suite" {
		t.Errorf("error %v", err)
	}
}

// Whenever a build is called off, nothing of it stays.
func TestBuildIsCancelled(t *testing.T) {
	b := openBed(t)
	r, mirrors := throwaway(t, b, "3.13")
	for _, after := range []time.Duration{0, 500 * time.Millisecond, 1500 * time.Millisecond, 3 * time.Second, 4500 * time.Millisecond} {
		ctx, cancel := context.WithTimeout(t.Context(), after)
		_, err := b.build(ctx, r, mirrors, "trixie")
		cancel()
		if err == nil { // it was faster
			if err := b.removeImage(t.Context(), r.tag()); err != nil {
				t.Error(err)
			}
		}
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("left in the temporary directory: %v, %v", left, err)
	}
	mine := make(client.Filters).Add("label", ownerLabel+"="+b.owner.String())
	containers, err := b.docker.ContainerList(t.Context(), client.ContainerListOptions{All: true, Filters: mine})
	if err != nil || len(containers.Items) > 0 {
		t.Errorf("containers left: %v, %v", containers.Items, err)
	}
	images, err := b.docker.ImageList(t.Context(), client.ImageListOptions{Filters: mine})
	if err != nil || len(images.Items) > 0 {
		t.Errorf("images left: %v, %v", images.Items, err)
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	name := "test-" + me(t).String()
	unlock, err := lock(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	waiting := make(chan error)
	go func() {
		_, err := lock(ctx, name)
		waiting <- err
	}()
	cancel()
	if err := <-waiting; !errors.Is(err, context.Canceled) {
		t.Errorf("while it is held: error %v", err)
	}
	unlock()
	unlock, err = lock(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	unlock()
}
