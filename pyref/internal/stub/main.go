// Command stub stands for the pyparity command in this package's tests: it has
// the subcommand that is a container's first process, and a few commands to run
// under it.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/pyparity/pyparity/pyref"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		status := 1
		if ended, ok := errors.AsType[*pyref.ExitError](err); ok {
			status = ended.Status
		}
		fmt.Fprintln(os.Stderr, "stub:", err)
		os.Exit(status)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return errors.New("no command")
	}
	switch args[0] {
	case "init":
		return pyref.Init(context.Background(), args[1:])
	case "echo": // every line back, until the end of the input
		lines := bufio.NewScanner(os.Stdin)
		for lines.Scan() {
			fmt.Println(lines.Text())
		}
		return lines.Err()
	case "resolve":
		addresses, err := net.LookupHost(args[1])
		fmt.Println(strings.Join(addresses, " "))
		return err
	case "hang": // without ever reading
		for {
			time.Sleep(time.Hour)
		}
	case "hold": // a container of an image, with a command in it, until killed
		return hold(args[1], args[2])
	}
	return fmt.Errorf("no command %q", args[0])
}

func hold(python, command string) error {
	ctx := context.Background()
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	session, err := pyref.Open(ctx, pyref.Options{Binary: binary})
	if err != nil {
		return err
	}
	image, err := session.Obtain(ctx, python)
	if err != nil {
		return errors.Join(err, session.Close())
	}
	process, err := session.Command(ctx, image, "held", binary, command)
	if err != nil {
		return errors.Join(err, session.Close())
	}
	fmt.Println(process.ID())
	time.Sleep(time.Hour)
	return session.Close()
}
