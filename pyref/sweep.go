package pyref

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
)

// ownerLabel marks containers, and images that are being built, with the
// process that they belong to.
const ownerLabel = "pyparity.owner"

// forgotten is the age from which what has no known owner belongs to nobody: a
// container that was never started, since one is started as soon as it is made,
// and an image without a name.
const forgotten = time.Hour

// Sweep removes what processes left that were killed before they could clean
// up: containers, half-built images and temporary directories. Open does it.
func (s *Session) Sweep(ctx context.Context) error {
	return errors.Join(s.sweepContainers(ctx), s.sweepImages(ctx), s.sweepDirectories(os.TempDir()))
}

func (s *Session) sweepContainers(ctx context.Context) error {
	list, err := s.docker.ContainerList(ctx, client.ContainerListOptions{
		All: true, Filters: make(client.Filters).Add("label", ownerLabel)})
	if err != nil {
		return fmt.Errorf("list containers: %w", err)
	}
	var errs []error
	for _, c := range list.Items {
		if s.abandoned(c, time.Now()) {
			errs = append(errs, s.removeContainer(ctx, c.ID))
		}
	}
	return errors.Join(errs...)
}

func (s *Session) abandoned(c container.Summary, now time.Time) bool {
	of, ok := parseOwner(c.Labels[ownerLabel])
	if !ok {
		return false
	}
	switch s.owner.fateOf(of) {
	case gone:
		return true
	case unknown:
		return c.State == container.StateCreated && now.Sub(time.Unix(c.Created, 0)) > forgotten
	}
	return false
}

// removeContainer kills and removes a container. One that is gone, or that
// Docker is removing already, is no error.
func (s *Session) removeContainer(ctx context.Context, id string) error {
	_, err := s.docker.ContainerRemove(ctx, id, client.ContainerRemoveOptions{Force: true, RemoveVolumes: true})
	if err == nil || errdefs.IsNotFound(err) || errdefs.IsConflict(err) {
		return nil
	}
	return fmt.Errorf("remove container %.12s: %w", id, err)
}

// sweepImages removes images without a name: half-built ones whose builder is
// gone, and ones that were replaced while a container used them.
func (s *Session) sweepImages(ctx context.Context) error {
	var errs []error
	for _, label := range []string{ownerLabel, recipeLabel} {
		list, err := s.docker.ImageList(ctx, client.ImageListOptions{
			Filters: make(client.Filters).Add("label", label).Add("dangling", "true")})
		if err != nil {
			return errors.Join(append(errs, fmt.Errorf("list images: %w", err))...)
		}
		for _, image := range list.Items {
			// Docker names an image a moment after it made it: a young one without a
			// name and an owner may be about to get one.
			of, owned := parseOwner(image.Labels[ownerLabel])
			if owned && s.owner.fateOf(of) == gone || !owned && time.Since(time.Unix(image.Created, 0)) > forgotten {
				errs = append(errs, s.removeImage(ctx, image.ID))
			}
		}
	}
	return errors.Join(errs...)
}

// removeImage removes an image and its untagged parents. One that is gone is no
// error, nor is one that a container or another tag still uses.
func (s *Session) removeImage(ctx context.Context, id string) error {
	_, err := s.docker.ImageRemove(ctx, id, client.ImageRemoveOptions{PruneChildren: true})
	if err == nil || errdefs.IsNotFound(err) || errdefs.IsConflict(err) {
		return nil
	}
	return fmt.Errorf("remove image %.19s: %w", id, err)
}

func (s *Session) sweepDirectories(parent string) error {
	paths, err := filepath.Glob(filepath.Join(parent, temporaryPrefix+"*_*_*_*-*"))
	if err != nil {
		return err
	}
	var errs []error
	for _, path := range paths {
		// A boot's id holds dashes too: the purpose and the number are the last two.
		name := strings.TrimPrefix(filepath.Base(path), temporaryPrefix)
		parts := strings.Split(name, "-")
		if len(parts) < 3 {
			continue
		}
		of, ok := parseOwner(strings.Join(parts[:len(parts)-2], "-"))
		if ok && s.owner.fateOf(of) == gone {
			errs = append(errs, os.RemoveAll(path))
		}
	}
	return errors.Join(errs...)
}
