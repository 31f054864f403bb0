package pyref

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"
)

// How long a registry may be silent: before its first word, since a machine
// without one must not wait, and between words, since a pull is long.
const (
	firstWord = 8 * time.Second
	nextWord  = time.Minute
)

// published is the official image, from its registry.
func (s *Session) published(r recipe) way {
	return way{"the official image " + r.official(), func(ctx context.Context) (Image, error) {
		s.mu.Lock()
		silent := s.registry
		s.mu.Unlock()
		if silent != nil {
			return Image{}, fmt.Errorf("not asked for, since the registry did not answer before: %w", silent)
		}
		if err := s.pull(ctx, r.official(), firstWord, nextWord); err != nil {
			if ctx.Err() == nil && !errdefs.IsNotFound(err) {
				s.mu.Lock()
				s.registry = err
				s.mu.Unlock()
			}
			return Image{}, err
		}
		image, err := s.inspect(ctx, r.official())
		image.Obtained = "the official image, pulled"
		return image, err
	}}
}

// pull pulls an image, and gives up when nothing is heard of it for so long,
// before the first word and between two.
func (s *Session) pull(ctx context.Context, name string, first, next time.Duration) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	silence := time.AfterFunc(first, func() { cancel(errors.New("the registry did not answer in time")) })
	defer silence.Stop()
	err := s.pullWhile(ctx, name, func() { silence.Reset(next) })
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

func (s *Session) pullWhile(ctx context.Context, name string, heard func()) error {
	progress, err := s.docker.ImagePull(ctx, name, client.ImagePullOptions{})
	if err != nil {
		return err
	}
	defer progress.Close()
	announced := false
	for message, err := range progress.JSONMessages(ctx) {
		if err != nil {
			return err
		}
		if message.Error != nil {
			return errors.New(message.Error.Message)
		}
		heard()
		if !announced {
			announced = true
			s.options.Progress("pulling " + name + " …")
		}
	}
	return nil
}
