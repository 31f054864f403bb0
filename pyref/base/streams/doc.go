// Package streams is the layers of Python's io module without Python's values:
// buffered readers and writers, their pair, and text, over a raw stream. Which
// bytes are asked of the raw stream and when, what is kept back, and what is
// raised in which order is CPython's (Modules/_io).
//
// It stands between two users that do not know each other: impl/socket gives it
// Go's types, harness/starlark/pyio gives it Python's. So it names exceptions and
// leaves their making to a [Host].
//
//	raw stream      Raw, by the user: bytes that may be fewer than asked for
//	buffered        Buffered, Pair
//	text            Text
//
// Conventions: bytes that are nil are Python's None, which a stream returns that
// would have to wait; bytes that are empty and not nil are the end of the stream.
// A count that is [WouldBlock] is None too. Text is a Go string in which lone
// surrogates take three bytes, see pyref/base/codecs; its length is in code points.
//
// # Goroutines
//
// Every layer may be used by several goroutines. As under CPython's lock, what a
// layer keeps is protected except while it calls the layer below, which may take
// long: a buffered stream has one such call at a time, and others wait for it.
package streams
