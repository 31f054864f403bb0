package pyref

import (
	"context"

	"github.com/moby/moby/client"
)

// Engine is the Docker engine's version, or empty where it does not say.
func (s *Session) Engine() string {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	version, err := s.docker.ServerVersion(ctx, client.ServerVersionOptions{})
	if err != nil {
		return ""
	}
	return version.Version
}
