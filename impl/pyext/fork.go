package main

import "C"

import (
	"runtime"
	"runtime/debug"
)

// A process that is forked without exec has only the thread that forked, and a
// scheduler that believes in all the others. So that it can go on calling:
//
//   - At the moment of the fork no other thread is at work in Go: all but one of
//     the scheduler's processors are taken away, and that one is this thread's.
//   - Each thread of the child that calls has a processor to itself, as nobody is
//     there who would take one from a thread that waits in the kernel.
//   - Calls do not use Go's poller, nor the locks of what waits there.
//   - The child's memory is not collected, which would wait for threads that are not
//     there; and none of the parent's collections is under way.

// processors is how many threads of a forked process may be in calls at a time.
const processors = 32

func init() { runtime.GOMAXPROCS(processors) }

// collecting is what SetGCPercent was before the fork.
var collecting int

//export portBeforeFork
func portBeforeFork() {
	collecting = debug.SetGCPercent(-1)
	runtime.GC() // which also waits for one that is under way
	runtime.GOMAXPROCS(1)
}

//export portAfterFork
func portAfterFork(inChild C.int) {
	runtime.GOMAXPROCS(processors)
	if inChild != 0 {
		ext.forked()
		return
	}
	debug.SetGCPercent(collecting)
}
