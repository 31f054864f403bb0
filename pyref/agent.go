package pyref

import _ "embed"

// agent is the program that runs behaviours on CPython.
//
//go:embed agent.py
var agent []byte

// microAgent is the program that runs a behaviour on MicroPython.
//
//go:embed micropython.py
var microAgent []byte
