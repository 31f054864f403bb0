// Package debian makes the file system of an image from a Debian suite's
// packages, on a machine that has apt-get and dpkg-deb and nothing else: no
// container, no registry, no root.
//
// It asks the machine's own apt configuration where Debian is ([Mirrors]), keeps
// a private apt root in a temporary directory ([Download]) and merges the
// packages' files into one tar stream ([Merge]). No maintainer script runs: the
// result holds what the packages ship, laid out with a merged /usr, and the
// files that the caller adds.
package debian
