package socket

// unsupported is nil: this is the system that the package is for.
var unsupported error
