package pyref

import (
	"context"
	"errors"
	"fmt"

	"github.com/moby/moby/api/pkg/stdcopy"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"

	"github.com/pyparity/pyparity/harness/subject"
)

// warm compiles modules within a base image and keeps the result under the
// recipe's tag. It returns the new image's id.
func (s *Session) warm(ctx context.Context, r recipe, base, obtained string) (id string, err error) {
	// Neither making the container nor keeping it is interrupted in its middle:
	// Docker would go on, and nobody would know of the result.
	whole := context.WithoutCancel(ctx)
	created, err := s.docker.ContainerCreate(whole, client.ContainerCreateOptions{
		Config: &container.Config{
			Image:  base,
			Cmd:    append([]string{r.program}, r.warming...),
			Labels: map[string]string{ownerLabel: s.owner.String()},
		},
		HostConfig: &container.HostConfig{NetworkMode: "none", CapDrop: []string{"ALL"}},
	})
	if err != nil {
		return "", fmt.Errorf("compile modules: %w", err)
	}
	defer func() {
		cleanup, cancel := cleaning(ctx)
		defer cancel()
		err = errors.Join(err, s.removeContainer(cleanup, created.ID))
	}()
	ended := s.docker.ContainerWait(ctx, created.ID, client.ContainerWaitOptions{Condition: container.WaitConditionNextExit})
	if _, err := s.docker.ContainerStart(ctx, created.ID, client.ContainerStartOptions{}); err != nil {
		return "", fmt.Errorf("compile modules: %w", err)
	}
	select {
	case end := <-ended.Result:
		if end.StatusCode != 0 {
			return "", fmt.Errorf("compile modules: %s ended with status %d: %s", r.program, end.StatusCode, s.logs(ctx, created.ID))
		}
	case err := <-ended.Error:
		return "", fmt.Errorf("compile modules: %w", err)
	}
	committed, err := s.docker.ContainerCommit(whole, created.ID, client.ContainerCommitOptions{
		Reference: r.tag(),
		Comment:   "pyparity: with compiled modules",
		NoPause:   true,
		Changes: []string{
			fmt.Sprintf(`CMD [%q]`, r.program),
			// It belongs to nobody from here on.
			fmt.Sprintf("LABEL %s=%q %s=%q %s=%q", ownerLabel, "", recipeLabel, r.hash(), obtainedLabel, obtained),
		},
	})
	if err != nil {
		return "", fmt.Errorf("keep the image: %w", err)
	}
	return committed.ID, nil
}

// logs returns what a container printed, as far as it can be had.
func (s *Session) logs(ctx context.Context, id string) string {
	stream, err := s.docker.ContainerLogs(ctx, id, client.ContainerLogsOptions{ShowStderr: true, Tail: "5"})
	if err != nil {
		return err.Error()
	}
	defer stream.Close()
	var text subject.Tail
	if _, err := stdcopy.StdCopy(&text, &text, stream); err != nil {
		return err.Error()
	}
	return text.String()
}
