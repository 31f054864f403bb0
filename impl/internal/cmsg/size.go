package cmsg

import (
	"math"
	"unsafe"
)

const (
	word   = int(unsafe.Sizeof(uintptr(0)))
	header = word + 8 // sizeof(struct cmsghdr)

	// Limit is the size of the largest buffer of ancillary data
	// (SOCKLEN_T_LIMIT).
	Limit = math.MaxInt32
)

// Len is the length of an item with n bytes of data, without its padding
// (get_CMSG_LEN). It reports false if n is negative or the result more than
// [Limit].
func Len(n int) (length int, ok bool) {
	if n < 0 || n > Limit-header {
		return 0, false
	}
	return header + n, true
}

// Space is the room that an item with n bytes of data takes with its padding
// (get_CMSG_SPACE). It reports false if n is negative or the result could be more
// than [Limit], which is some bytes before it is.
func Space(n int) (size int, ok bool) {
	if n < 0 || n > Limit-header-word {
		return 0, false
	}
	return header + align(n), true
}

// align is n with the padding that follows it.
func align(n int) int { return (n + word - 1) &^ (word - 1) }
