package main

import "C"

import (
	"runtime"
	"runtime/debug"
)

// A process that is forked without exec has only the thread that forked, and a
// scheduler that believes in all the others. So that it can go on calling:
//
//   - There are processors of the scheduler's to spare: what the other threads had is
//     lost, and nobody is there who would take one from a thread that waits.
//   - Calls do not use Go's poller, nor the locks of what waits there.
//   - Memory is not collected, which would wait for threads that are not there; and
//     none of the parent's collections is under way.

// processors is how many threads may have one at a time, before and after the fork.
const processors = 32

func init() { runtime.GOMAXPROCS(processors) }

// collecting is what SetGCPercent was before the fork.
var collecting int

//export portBeforeFork
func portBeforeFork() {
	collecting = debug.SetGCPercent(-1)
	runtime.GC() // which also waits for one that is under way
}

//export portAfterFork
func portAfterFork(inChild C.int) {
	if inChild != 0 {
		ext.port.Forked()
		return
	}
	debug.SetGCPercent(collecting)
}
