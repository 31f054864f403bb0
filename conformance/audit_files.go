package conformance

import "github.com/pyparity/pyparity/harness/audit"

// reads are what reading from a file over a socket raises.
const reads = "OSError ValueError TimeoutError"

// files are the methods of what makefile returns.
var files = []audit.Callable{
	{Name: "SocketIO.readinto", Args: "b:buffer", Result: "int", Raises: reads},
	{Name: "SocketIO.write", Args: "b:bytes", Result: "int", Raises: reads},
	{Name: "SocketIO.readable", Result: "bool", Raises: "ValueError", Repeats: true},
	{Name: "SocketIO.writable", Result: "bool", Raises: "ValueError", Repeats: true},
	{Name: "SocketIO.seekable", Result: "bool", Raises: "ValueError", Repeats: true},
	{Name: "SocketIO.fileno", Result: "int", Raises: "ValueError", Repeats: true},
	{Name: "SocketIO.close", Repeats: true},
	{Name: "SocketIO.read", Args: "size?:any /", Result: "bytes", Raises: reads},
	{Name: "SocketIO.readall", Result: "bytes", Raises: reads},
	{Name: "SocketIO.readline", Args: "size?:any /", Result: "bytes", Raises: reads},
	{Name: "SocketIO.readlines", Args: "hint?:any /", Result: "[bytes]", Raises: reads},
	{Name: "SocketIO.mode", Result: "str", Attribute: true},
	{Name: "SocketIO.name", Result: "int", Attribute: true},
	{Name: "SocketIO.closed", Result: "bool", Attribute: true},
	{Name: "BufferedReader.read", Args: "size?:any /", Result: "bytes", Raises: reads},
	{Name: "BufferedReader.read1", Args: "size?:int /", Result: "bytes", Raises: reads},
	{Name: "BufferedReader.readinto", Args: "buffer:buffer /", Result: "int", Raises: reads},
	{Name: "BufferedReader.readinto1", Args: "buffer:buffer /", Result: "int", Raises: reads},
	{Name: "BufferedReader.readline", Args: "size?:any /", Result: "bytes", Raises: reads},
	{Name: "BufferedReader.peek", Args: "size?:int /", Result: "bytes", Raises: reads, Repeats: true},
	{Name: "BufferedReader.readlines", Args: "hint?:any /", Result: "[bytes]", Raises: reads},
	{Name: "BufferedReader.readable", Result: "bool", Raises: "ValueError", Repeats: true},
	{Name: "BufferedReader.fileno", Result: "int", Raises: "ValueError", Repeats: true},
	{Name: "BufferedReader.detach", Result: "any", Raises: "ValueError"},
	{Name: "BufferedReader.close", Repeats: true},
	{Name: "BufferedWriter.write", Args: "buffer:bytes /", Result: "int", Raises: reads + " BlockingIOError"},
	{Name: "BufferedWriter.flush", Raises: reads + " BlockingIOError", Repeats: true},
	{Name: "BufferedWriter.writable", Result: "bool", Raises: "ValueError", Repeats: true},
	{Name: "BufferedWriter.fileno", Result: "int", Raises: "ValueError", Repeats: true},
	{Name: "BufferedWriter.detach", Result: "any", Raises: reads + " BlockingIOError"},
	{Name: "BufferedWriter.close", Raises: "OSError", Repeats: true},
	{Name: "BufferedRWPair.read", Args: "size?:any /", Result: "bytes", Raises: reads},
	{Name: "BufferedRWPair.read1", Args: "size?:int /", Result: "bytes", Raises: reads},
	{Name: "BufferedRWPair.peek", Args: "size?:int /", Result: "bytes", Raises: reads, Repeats: true},
	{Name: "BufferedRWPair.readinto", Args: "buffer:buffer /", Result: "int", Raises: reads},
	{Name: "BufferedRWPair.readinto1", Args: "buffer:buffer /", Result: "int", Raises: reads},
	{Name: "BufferedRWPair.readline", Args: "size?:any /", Result: "bytes", Raises: reads},
	{Name: "BufferedRWPair.readlines", Args: "hint?:any /", Result: "[bytes]", Raises: reads},
	{Name: "BufferedRWPair.readable", Result: "bool", Raises: "ValueError", Repeats: true},
	{Name: "BufferedRWPair.writable", Result: "bool", Raises: "ValueError", Repeats: true},
	{Name: "BufferedRWPair.write", Args: "buffer:bytes /", Result: "int", Raises: reads},
	{Name: "BufferedRWPair.flush", Raises: "ValueError", Repeats: true},
	{Name: "BufferedRWPair.close", Repeats: true},
}
