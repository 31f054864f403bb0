package resolve

import (
	"fmt"
	"syscall"
)

// Codes of getaddrinfo and getnameinfo, with Linux's values (glibc, <netdb.h>).
const (
	EAIBadFlags   = -1
	EAINoName     = -2
	EAIAgain      = -3
	EAIFail       = -4
	EAINoData     = -5
	EAIFamily     = -6
	EAISockType   = -7
	EAIService    = -8
	EAIAddrFamily = -9
	EAIMemory     = -10
	EAISystem     = -11
	EAIOverflow   = -12
	EAIIDNEncode  = -105
)

// gaiTexts are the texts of glibc's gai_strerror, C locale (sysdeps/posix/gai_strerror-strs.h).
var gaiTexts = map[int]string{
	0:             "Success",
	EAIBadFlags:   "Bad value for ai_flags",
	EAINoName:     "Name or service not known",
	EAIAgain:      "Temporary failure in name resolution",
	EAIFail:       "Non-recoverable failure in name resolution",
	EAINoData:     "No address associated with hostname",
	EAIFamily:     "ai_family not supported",
	EAISockType:   "ai_socktype not supported",
	EAIService:    "Servname not supported for ai_socktype",
	EAIAddrFamily: "Address family for hostname not supported",
	EAIMemory:     "Memory allocation failure",
	EAISystem:     "System error",
	-100:          "Processing request in progress",
	-101:          "Request canceled",
	-102:          "Request not canceled",
	-103:          "All requests done",
	-104:          "Interrupted by a signal",
	EAIIDNEncode:  "Parameter string not correctly encoded",
	EAIOverflow:   "Result too large for supplied buffer",
}

// GAIText is gai_strerror(code).
func GAIText(code int) string {
	if text, ok := gaiTexts[code]; ok {
		return text
	}
	return "Unknown error"
}

// Error is a failure of getaddrinfo or getnameinfo: what CPython raises as socket.gaierror, or, for
// EAI_SYSTEM, as the OSError of Errno.
type Error struct {
	Code  int           // one of the EAI constants
	Errno syscall.Errno // only for EAI_SYSTEM, otherwise 0
}

// Text is gai_strerror's text for the code.
func (e *Error) Text() string { return GAIText(e.Code) }

func (e *Error) Error() string {
	if e.Code == EAISystem {
		return fmt.Sprintf("getaddrinfo: %s (%d): %v", e.Text(), e.Code, e.Errno)
	}
	return fmt.Sprintf("getaddrinfo: %s (%d)", e.Text(), e.Code)
}

// Unwrap gives the errno behind EAI_SYSTEM, so that errors.Is(err, syscall.EMFILE) works.
func (e *Error) Unwrap() error {
	if e.Code == EAISystem && e.Errno != 0 {
		return e.Errno
	}
	return nil
}

// Codes of gethostbyname and gethostbyaddr (h_errno in <netdb.h>).
const (
	NetDBInternal = -1
	NetDBSuccess  = 0
	HostNotFound  = 1
	TryAgain      = 2
	NoRecovery    = 3
	NoData        = 4
)

// HostText is hstrerror(code) (resolv/herror.c).
func HostText(code int) string {
	switch {
	case code < 0:
		return "Resolver internal error"
	case code == NetDBSuccess:
		return "Resolver Error 0 (no error)"
	case code == HostNotFound:
		return "Unknown host"
	case code == TryAgain:
		return "Host name lookup failure"
	case code == NoRecovery:
		return "Unknown server error"
	case code == NoData:
		return "No address associated with name"
	}
	return "Unknown resolver error"
}

// HostError is a failure of gethostbyname_r or gethostbyaddr_r.
type HostError struct {
	// Code is what the function stores through its h_errnop argument.
	Code int
	// Thread is what the call leaves in the thread's h_errno, 0 if it leaves that alone. CPython
	// calls the _r functions but reports h_errno, so this is the code of its socket.herror: a
	// lookup that never reached DNS shows as 0, "Resolver Error 0 (no error)".
	Thread int
	// Errno is the function's return value: EAGAIN, or the errno behind NetDBInternal, or 0.
	Errno syscall.Errno
}

// Text is hstrerror's text for what CPython reports, Thread.
func (e *HostError) Text() string { return HostText(e.Thread) }

func (e *HostError) Error() string {
	return fmt.Sprintf("host lookup: %s (h_errno %d)", HostText(e.Code), e.Code)
}

// Unwrap gives the errno behind NetDBInternal.
func (e *HostError) Unwrap() error {
	if e.Code == NetDBInternal && e.Errno != 0 {
		return e.Errno
	}
	return nil
}
