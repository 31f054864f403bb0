// Package sockaddr encodes and decodes the kernel's struct sockaddr, one
// family a file, and converts numeric addresses as glibc does.
//
// An address is its bytes, exactly as a system call takes or returns them:
// golang.org/x/sys/unix would rewrite abstract AF_UNIX names.
package sockaddr
