package resolve

import (
	"context"
	"sync/atomic"
)

type herrnoKey struct{}

// KeepHErrno is a context whose lookups leave in to what they leave in the thread's h_errno, found or
// not. CPython reports that, so that a lookup which never comes to DNS fails with the code of one before.
func KeepHErrno(ctx context.Context, to *atomic.Int32) context.Context {
	return context.WithValue(ctx, herrnoKey{}, to)
}

// keptHErrno is what lookups before have left.
func keptHErrno(ctx context.Context) int {
	if kept, ok := ctx.Value(herrnoKey{}).(*atomic.Int32); ok {
		return int(kept.Load())
	}
	return NetDBSuccess
}

// leaveHErrno sets the thread's h_errno. The DNS resolver does so, and getaddrinfo, which has the
// sources store their codes there; what gethostbyname_r and gethostbyaddr_r return is their caller's.
func leaveHErrno(ctx context.Context, herrno int) {
	if kept, ok := ctx.Value(herrnoKey{}).(*atomic.Int32); ok && herrno != herrnoKept {
		kept.Store(int32(herrno))
	}
}
