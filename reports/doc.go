// Package reports turns what a run found out into something to read.
//
// There is one model, [Report]. [FromRun] makes it from a harness.Run, [ReadFile]
// and [Decode] read one back, [Merge] joins several, and every shape is a
// rendering of it, by the name that [FormatNamed] knows:
//
//	json         report.json  [WriteJSON]         the model itself; its JSON Schema is [SchemaJSON]
//	html         index.html   [WriteHTML]         a single page that needs no network
//	markdown     report.md    [WriteMarkdown]     the counts, and what differs
//	                          [WriteMarkdownChanges] only what changed since an older report
//	junit        junit.xml    [WriteJUnit]        for CI
//	badge        badge.svg    [WriteBadge]        the parity
//	csv          matrix.csv   [WriteCSV]          areas, subjects and Pythons
//	annotations               [WriteAnnotations]  GitHub's workflow commands
//	table                     [WriteTable]        the counts, for a terminal
//	                          [WriteSideBySide]   one behaviour in a terminal, both sides
//
// [WriteDir] writes the files, all of them or none; [CheckDir] tells before a run
// whether it will be able to. [Publish] keeps a report beside the code, and refuses
// one that is not all there.
//
// [Compare] says what changed between two reports, and [Report.Contradicted]
// whether a replay bears a report out.
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
//
// # The page
//
// page/ has its template, its style and its scripts, each of one concern, which
// are joined into the file. The scripts read two pieces of compressed JSON that
// stand in it: the types in pagedata.go and pagedetail.go are what they expect.
package reports
