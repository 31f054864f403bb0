// Package reports turns what a run found out into something to read.
//
// There is one model, [Report]. [FromRun] makes it from a harness.Run, [Decode]
// reads one back, and every shape is a rendering of it:
//
//	report.json   [WriteJSON]       the model itself; its JSON Schema is [SchemaJSON]
//	index.html    [WriteHTML]       a single page that needs no network
//	report.md     [WriteMarkdown]   the counts, and what differs
//	junit.xml     [WriteJUnit]      for CI
//	a terminal    [WriteTable]      the counts
//	              [WriteSideBySide] one behaviour, step by step, both sides
//
// [WriteDir] writes the four files, all of them or none; [CheckDir] tells
// before a run whether it will be able to.
//
// Every human format starts by saying what the reference was, since a run
// against recordings proves less than one against a live CPython.
//
// # How a side is shown
//
// A step of a contract holds what CPython keeps stable; what varies from run to
// run stands as a variable: ⟨1⟩. Human formats show that, not the numbers of
// this run, and collapse a step in which both sides agree into one line. The
// JSON has both.
package reports
