// Package trace holds what a subject did when it ran a behaviour: one
// [Observation] per step, made of [Value]s that keep Python's types.
//
// Values travel as JSON. A form without a tag is the value itself; everything
// that JSON cannot tell apart has an object with one key, its tag:
//
//	None, True, "text"    null, true, "text"
//	5                     {"int": "5"}
//	0.5                   {"float": "0.5"}                       as repr() writes it
//	b"a\xff"              {"bytes": "aÿ"}                        a character is a byte (Latin-1)
//	bytearray, memoryview {"bytearray": "…"}, {"memoryview": "…"}
//	"\udc80"              {"surrogates": "edb280"}               text that UTF-8 cannot hold, in hex
//	more than 256 bytes   {"digest": {"kind": "bytes", "len": 300, "sha256": "…"}}
//	(1,), [1], {1}        {"tuple": […]}, {"list": […]}, {"set": […]}, {"frozenset": […]}
//	{"k": 1}              {"dict": [["k", {"int": "1"}]]}        in order of insertion
//	AF_INET               {"enum": {"class": "socket.AddressFamily", "name": "AF_INET", "value": {"int": "2"}}}
//	an object             {"object": {"class": "socket.socket", "id": 0, "state": {"proto": {"int": "0"}, …}}}
//	a class               {"class": "socket.socket"}
//	a function, a method  {"callable": "recv"}
//	a module              {"module": "socket"}
//	an exception          {"exception": {…}}                     see [Exception]
//
// Class names carry their module except for builtins. An object's id is its
// place in the order in which the trace first shows objects, so that identity
// can be compared between subjects; its state is what the class makes public
// without a call: properties, slots and instance attributes whose name has no
// leading underscore. An object inside its own state stands without state.
//
// A contract (see package contract) uses the same forms with two more:
//
//	a number              {"var": 1, "kind": "int"}
//	text or bytes         {"var": 1, "kind": "bytes", "len": 8}              any of that length
//	a part of either      {"pattern": ["<socket.socket fd=", {"var": 1}, ">"], "kind": "str"}
package trace
