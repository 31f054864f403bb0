package main

/*
#include "module.h"
*/
import "C"

import (
	"runtime"
	"runtime/debug"
	"sync"
)

// What a process that was forked without exec is left with: the thread that
// forked, and a scheduler that believes in all the others. Two things keep that
// from stopping it. Each thread that calls has a processor of the scheduler's to
// itself, as nobody would take one from a thread that waits in the kernel; and
// memory is not collected, which would wait for threads that are not there.

// processors is how many threads of a forked process may be in calls at a time.
const processors = 32

func init() { runtime.GOMAXPROCS(processors) }

var orphaned sync.Once

// inChild prepares the scheduler for the first call of a forked process.
func inChild() {
	if C.forked != 0 {
		orphaned.Do(func() { debug.SetGCPercent(-1) })
	}
}
