// Package pyval gives Starlark Python's values: classes, exceptions, enum
// members, mutable buffers and objects, and the operations on them (type name,
// repr, str, attribute, item, arithmetic) as Python defines them.
//
// A port that binds a module as a Starlark module returns these values and
// raises [Exception]s; harness/starlark runs behaviours against it and turns
// what they return into observations.
//
// Python's str is a Starlark string whose lone surrogates are encoded as if
// they were characters; None, bool, int, float, bytes, tuple, list and dict are
// Starlark's own.
package pyval
