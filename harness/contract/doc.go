// Package contract says what a reference keeps stable, and how a trace differs
// from that.
//
// [Generalise] compares several runs of one behaviour that were perturbed in
// what must not matter: descriptor numbers, ports, paths, process ids. Leaves
// on which the runs agree are the contract. Leaves on which they differ become
// variables, and two leaves that take the same values over the runs are the same
// variable: a port that is seen as an int in one step and inside a text in
// another is one thing. What varies and how:
//
//	int, float      the whole value
//	str             token by token: a token is a run of letters, digits and
//	                underscores, or any other single character; only tokens of
//	                the first kind vary
//	bytes and its   likewise where all runs are printable ASCII, or where the words
//	like            that differ have four bytes or more; otherwise the whole value,
//	                with its length
//	long text       the digest, with the length
//
// Everything else is shape: outcomes, exception classes and errnos, types,
// lengths, names, bools, enum members, identity numbers, keys, which warnings
// are issued. Runs that differ in shape make the reference unstable.
//
// [Contract.Match] holds a trace to a contract. A variable takes its value where
// the trace first shows it and has to keep it to the end.
//
// ResourceWarnings fall when an object is collected, which is no part of a
// contract: both functions move them to the next step that collects, where they
// count in any order, and drop those after the last such step.
package contract
