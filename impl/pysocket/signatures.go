package pysocket

import "github.com/pyparity/pyparity/harness/starlark/pycall"

// signature adds to a function of C code the signature that Argument Clinic wrote for
// it, if any.
func (m *module) signature(method pycall.Method) pycall.Method {
	if !m.python.AtLeast(3, 13) {
		return method
	}
	owner, parameter := "$self", ""
	if m.python.AtLeast(3, 14) {
		owner = "$module"
	}
	switch method.Name {
	case "htonl", "ntohl":
		if m.python.AtLeast(3, 14) {
			parameter = "integer"
		}
	case "htons", "ntohs":
		parameter = "x"
		if m.python.AtLeast(3, 14) {
			parameter = "integer"
		}
	case "if_indextoname":
		if m.python.AtLeast(3, 14) {
			parameter = "if_index"
		}
	case "if_nametoindex":
		parameter = "oname"
	case "inet_aton":
		parameter = "ip_addr"
	case "inet_ntoa":
		parameter = "packed_ip"
	case "send", "sendall":
		if m.python.AtLeast(3, 15) {
			owner, parameter = "$self", "data, flags=0"
		}
	case "sendmsg":
		if m.python.AtLeast(3, 15) {
			owner = "$self"
			parameter = "buffers, ancdata=<unrepresentable>, flags=0,\n        address=<unrepresentable>"
		}
	}
	if parameter != "" {
		method.Signature = "(" + owner + ", " + parameter + ", /)"
	}
	return method
}
