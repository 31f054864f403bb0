package pyref

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"
	"time"
)

// lock waits until no other process of this machine holds the name. An abstract
// address of a Unix socket serves: it needs no file, and is free again when its
// holder ends, however it does.
func lock(ctx context.Context, name string) (unlock func(), err error) {
	const interval = 100 * time.Millisecond
	for {
		listener, err := net.Listen("unix", "@pyparity-"+name)
		if err == nil {
			return func() { _ = listener.Close() }, nil // it has no file to leave behind
		}
		if !errors.Is(err, syscall.EADDRINUSE) {
			return nil, fmt.Errorf("lock %s: %w", name, err)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(interval):
		}
	}
}
