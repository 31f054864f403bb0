// Package idna is Python's codecs idna and punycode (encodings/idna.py and
// encodings/punycode.py): IDNA 2003 with Unicode 3.2, and what each version of
// Python says of names that it cannot convert.
package idna
