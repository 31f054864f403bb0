package pyref

import (
	"context"
	"errors"
	"io"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/api/types/image"
	"github.com/moby/moby/api/types/jsonstream"
	"github.com/moby/moby/client"
)

// fakeDocker has the images of its map, and pulls as it is told.
type fakeDocker struct {
	client.APIClient
	images map[string]string // id by name
	pull   func(ctx context.Context, name string) (client.ImagePullResponse, error)
	pulled []string
}

func (d *fakeDocker) ImageInspect(_ context.Context, name string, _ ...client.ImageInspectOption) (client.ImageInspectResult, error) {
	id, ok := d.images[name]
	if !ok {
		return client.ImageInspectResult{}, errdefs.ErrNotFound.WithMessage("no such image: " + name)
	}
	return client.ImageInspectResult{InspectResponse: image.InspectResponse{ID: id}}, nil
}

func (d *fakeDocker) ImagePull(ctx context.Context, name string, _ client.ImagePullOptions) (client.ImagePullResponse, error) {
	d.pulled = append(d.pulled, name)
	return d.pull(ctx, name)
}

// words is a pull's progress, and the error that it ends with.
type words struct {
	io.ReadCloser
	messages []jsonstream.Message
	err      error
}

func (w words) Close() error { return nil }

func (w words) Wait(context.Context) error { return w.err }

func (w words) JSONMessages(ctx context.Context) iter.Seq2[jsonstream.Message, error] {
	return func(yield func(jsonstream.Message, error) bool) {
		for _, m := range w.messages {
			if !yield(m, nil) {
				return
			}
		}
		if w.err != nil {
			yield(jsonstream.Message{}, w.err)
		}
	}
}

func fakeSession(d *fakeDocker, images map[string]string) *Session {
	return &Session{docker: d, options: Options{Images: images, Progress: func(string) {}}}
}

func TestTheOfficialImageIsPulled(t *testing.T) {
	t.Parallel()
	d := &fakeDocker{images: map[string]string{}}
	d.pull = func(_ context.Context, name string) (client.ImagePullResponse, error) {
		d.images[name] = "sha256:official"
		return words{messages: []jsonstream.Message{{Status: "Pulling"}, {Status: "Done"}}}, nil
	}
	got, err := fakeSession(d, nil).published(recipes[2]).take(t.Context())
	if err != nil || got.Name != "python:3.13-slim" || got.ID != "sha256:official" || !strings.Contains(got.Obtained, "pulled") {
		t.Errorf("got %+v, %v", got, err)
	}
}

// Five Pythons must not wait for one silent registry five times; but that it
// lacks one image says nothing of the next.
func TestASilentRegistryIsAskedOnce(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err   error
		asked int
	}{
		"no such host":     {errors.New("dial tcp: lookup: no such host"), 1},
		"no such image":    {errdefs.ErrNotFound.WithMessage("manifest unknown"), 2},
		"an error in time": {nil, 1},
	}
	for name, test := range tests {
		d := &fakeDocker{pull: func(context.Context, string) (client.ImagePullResponse, error) {
			if test.err != nil {
				return nil, test.err
			}
			return words{messages: []jsonstream.Message{{Error: &jsonstream.Error{Message: "toomanyrequests"}}}}, nil
		}}
		s := fakeSession(d, nil)
		for _, r := range recipes[:2] {
			if _, err := s.published(r).take(t.Context()); err == nil {
				t.Errorf("%s: no error", name)
			}
		}
		if len(d.pulled) != test.asked {
			t.Errorf("%s: the registry was asked for %v, want %d times", name, d.pulled, test.asked)
		}
	}
}

func TestPullGivesUpOnSilence(t *testing.T) {
	t.Parallel()
	silent := func(ctx context.Context, _ string) (client.ImagePullResponse, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	s := fakeSession(&fakeDocker{pull: silent}, nil)
	if err := s.pull(t.Context(), "x", time.Millisecond, time.Hour); err == nil || !strings.Contains(err.Error(), "did not answer") {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.pull(ctx, "x", time.Hour, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("when called off: error %v", err)
	}
}

func TestAnImageGivenByTheUser(t *testing.T) {
	t.Parallel()
	given := map[string]string{"3.13": "my/python"}
	unreachable := func(context.Context, string) (client.ImagePullResponse, error) {
		return nil, errors.New("no such host")
	}

	here := &fakeDocker{images: map[string]string{"my/python": "sha256:mine"}, pull: unreachable}
	got, err := fakeSession(here, given).Obtain(t.Context(), "3.13")
	if err != nil || got.ID != "sha256:mine" || got.Obtained != "given by the user" || len(here.pulled) > 0 {
		t.Errorf("one that is here: %+v, %v", got, err)
	}

	pulling := &fakeDocker{images: map[string]string{}}
	pulling.pull = func(_ context.Context, name string) (client.ImagePullResponse, error) {
		pulling.images[name] = "sha256:pulled"
		return words{}, nil
	}
	if got, err := fakeSession(pulling, given).Obtain(t.Context(), "3.13"); err != nil || got.ID != "sha256:pulled" {
		t.Errorf("one that must be pulled: %+v, %v", got, err)
	}

	// Another image in its place would be a lie.
	lost := &fakeDocker{images: map[string]string{"python:3.13-slim": "sha256:other"}, pull: unreachable}
	got, err = fakeSession(lost, given).Obtain(t.Context(), "3.13")
	none, ok := errors.AsType[*NoImageError](err)
	if !ok || len(none.Tried) != 1 || !strings.Contains(err.Error(), "my/python") || !strings.Contains(err.Error(), "no such host") {
		t.Errorf("one that cannot be had: %+v, %v", got, err)
	}
}

func TestAnImageAlreadyHere(t *testing.T) {
	t.Parallel()
	r := recipes[2]
	d := &fakeDocker{images: map[string]string{r.official(): "sha256:official"}}
	got, err := fakeSession(d, nil).here(r).take(t.Context())
	if err != nil || got.ID != "sha256:official" {
		t.Errorf("the official one: %+v, %v", got, err)
	}
	d.images[r.tag()] = "sha256:stale" // without the recipe's label
	got, err = fakeSession(d, nil).here(r).take(t.Context())
	if err != nil || got.ID != "sha256:official" {
		t.Errorf("beside one of another recipe: %+v, %v", got, err)
	}
	delete(d.images, r.official())
	if _, err := fakeSession(d, nil).here(r).take(t.Context()); !errors.As(err, new(noneError)) || !strings.Contains(err.Error(), "another recipe") {
		t.Errorf("only one of another recipe: error %v", err)
	}
}
