package pyerr

import "strconv"

// Strerror is glibc's text for an errno (Python's os.strerror).
func Strerror(errno int) string {
	if errno >= 0 && errno < len(strerrors) && strerrors[errno] != "" {
		return strerrors[errno]
	}
	return "Unknown error " + strconv.Itoa(errno)
}
