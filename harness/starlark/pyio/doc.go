// Package pyio is the classes of Python's io module for Starlark: what C code
// defines, for one version of Python. The layers themselves are pyref/base/streams;
// here are their objects, with attributes, arguments, texts and representations.
//
// [For] has the classes. A port lays them over its own raw files, which are
// [Raw] objects; [IO.Open] is Python's open, on files of the system.
package pyio
