// Package unix is what of golang.org/x/sys/unix the project uses, for every
// system: on Linux the same constants, types and functions, elsewhere Linux's
// values, and functions that fail with ENOSYS. So a package that speaks to Linux
// compiles, and says what is missing when it is run, without two versions of
// everything.
//
// Syscall and its like are not here, as they cannot be wrapped without losing
// what keeps their pointers alive: files that use them are for Linux only, and
// have one beside them for the rest.
package unix

//go:generate go run ./gen
