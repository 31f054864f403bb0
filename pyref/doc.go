// Package pyref is the reference: a real CPython of a chosen version in a
// confined container, and the same container for what is compared with it.
//
// A [Session] is a connection to Docker and everything that this process starts
// there:
//
//	s, err := pyref.Open(ctx, pyref.Options{})       // *NoDockerError where none answers
//	defer s.Close()                                  // leaves nothing behind
//	image, err := s.Obtain(ctx, "3.13")              // *UnavailableError where nobody has it
//	p, err := s.Reference(ctx, image, "pyparity-0")  // CPython, running agent.py
//	p, err := s.Command(ctx, image, "pyparity-0", binary, "agent")
//
// # Images
//
// Obtain takes the first that works: the image named by the user
// (PYPARITY_IMAGE_3_13); one that is already here; the official python:X.Y-slim,
// where a registry answers; one built from Debian's packages, which needs
// apt-get and the machine's Debian mirror, but no registry and no root.
//
// # Containers
//
// A container has no network but loopback, no capability, a read-only root, and
// limits on memory and processes. Its first process is this project's own static
// binary ([Init]), which serves the fixture's DNS zones on loopback and runs the
// agent as its child. So both sides see one host name, one hosts file, one
// resolver and one C library's data.
//
// Nothing stays behind: a container ends when its standard input does, which is
// also what becomes of it when this process is killed, and Docker removes it as
// it ends. What a killed process could still leave (a container that was never
// started, a temporary directory) bears its owner's identity, and the next Open
// removes it.
package pyref
