// Package codecs is Python's text encodings: which names they have, what they
// make of text and bytes, whole or piece by piece, and what they say of what they
// cannot encode or decode, with Python's error handlers.
//
// UTF-7, UTF-8, UTF-16, UTF-32, ASCII and Latin-1 are here; the encodings of
// one byte a character and those of East Asia come from tables that live CPythons
// wrote (go generate); those of Python's literals are here, too, and those of host
// names are in package idna.
//
// Python's text may hold lone surrogates, which UTF-8 cannot. They are kept in the
// three bytes that UTF-8 would use if it could (U+DC80 is ed b2 80), so that byte
// order is still code point order.
package codecs
