// Package process is what of starting and ending processes depends on the
// system.
package process
