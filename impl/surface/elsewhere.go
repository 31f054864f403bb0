package surface

const (
	errorTree = "impl/pyerr/tree.go"
	bound     = "impl/pysocket/"
	library   = "impl/socket/"
)

// elsewhere are the places of what no comment in impl/socket names: exceptions,
// attributes that Go has as methods, what RawIOBase gives to SocketIO, and what
// only Python code can touch, which is in the binding.
var elsewhere = map[string]Place{
	"socket.error":    at("pyerr.OSError", errorTree),
	"socket.herror":   at("pyerr.Herror", errorTree),
	"socket.gaierror": at("pyerr.Gaierror", errorTree),
	"socket.timeout":  at("pyerr.TimeoutError", errorTree),

	"socket.socket.timeout": at("socket.Socket.GetTimeout", library+"mode.go"),

	"socket.SocketIO.flush":      at("socket.SocketIO.Flush", library+"socketio.go"),
	"socket.SocketIO.isatty":     at("socket.SocketIO.IsATTY", library+"socketio.go"),
	"socket.SocketIO.readable":   at("socket.SocketIO.Readable", library+"socketio.go"),
	"socket.SocketIO.seek":       at("socket.SocketIO.Seek", library+"socketio.go"),
	"socket.SocketIO.seekable":   at("socket.SocketIO.Seekable", library+"socketio.go"),
	"socket.SocketIO.tell":       at("socket.SocketIO.Tell", library+"socketio.go"),
	"socket.SocketIO.truncate":   at("socket.SocketIO.Truncate", library+"socketio.go"),
	"socket.SocketIO.writable":   at("socket.SocketIO.Writable", library+"socketio.go"),
	"socket.SocketIO.readlines":  at("socket.SocketIO.ReadLines", library+"filelines.go"),
	"socket.SocketIO.writelines": at("socket.SocketIO.WriteLines", library+"filelines.go"),

	"socket.AddressFamily": at("pysocket.addConstants", bound+"constants.go"),
	"socket.AddressInfo":   at("pysocket.addConstants", bound+"constants.go"),
	"socket.MsgFlag":       at("pysocket.addConstants", bound+"constants.go"),
	"socket.SocketKind":    at("pysocket.addConstants", bound+"constants.go"),
	"socket.SocketType":    at("pysocket.addClasses", bound+"class.go"),
	"socket.CAPI":          at("pysocket.capsule", bound+"internals.go"),
	"socket.IntEnum":       at("pysocket.addImports", bound+"imports.go"),
	"socket.IntFlag":       at("pysocket.addImports", bound+"imports.go"),
	"socket.array":         at("pysocket.addImports", bound+"imports.go"),
	"socket.errno":         at("pysocket.addImports", bound+"imports.go"),
	"socket.io":            at("pysocket.addImports", bound+"imports.go"),
	"socket.os":            at("pysocket.addImports", bound+"imports.go"),
	"socket.partial":       at("pysocket.addImports", bound+"imports.go"),
	"socket.selectors":     at("pysocket.addImports", bound+"imports.go"),
	"socket.sys":           at("pysocket.addImports", bound+"imports.go"),
}

func at(name, file string) Place { return Place{Go: name, File: file} }
