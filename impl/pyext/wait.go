package main

/*
#include <stdlib.h>
#include "module.h"
*/
import "C"

import (
	"fmt"
	"sync/atomic"
	"unsafe"

	"github.com/pyparity/pyparity/impl/socket"
)

// errHandler ends a call whose wait a handler of a signal has ended by raising.
var errHandler = fmt.Errorf("a signal handler raised: %w", socket.ErrInterrupted)

// waiting is how a call waits (PEP 475): the port's wait goes on in a goroutine,
// and this thread, which signals have to reach, waits for that. Handlers run as
// the signals come; the wait ends early only if one of them raises.
func waiting(wait func() error, interrupt func()) error {
	done := (*C.sem_t)(C.malloc(C.sizeof_sem_t))
	defer C.free(unsafe.Pointer(done))
	C.sem_init(done, 0, 0)
	defer C.sem_destroy(done)
	var result atomic.Pointer[error]
	go func() {
		err := wait()
		result.Store(&err)
		C.sem_post(done)
	}()
	raised := false
	for C.wait_interrupted(done) != 0 {
		if !raised && C.run_handlers() != 0 {
			raised = true
			interrupt()
		}
	}
	if raised {
		return errHandler
	}
	return *result.Load()
}
