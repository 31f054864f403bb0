// Command pyparity checks implementations of Python's socket module against
// CPython, behaviour by behaviour. 'pyparity help' lists its subcommands.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	// The first signal ends what is running in good order, a second one at once.
	context.AfterFunc(ctx, stop)
	code := Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
