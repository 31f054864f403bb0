package conformance

import "github.com/pyparity/pyparity/harness/audit"

const (
	// readsText is what reading text over a socket raises.
	readsText = reads + " UnicodeError"
	// flushes is what raises that hands on what was kept back.
	flushes = "OSError ValueError TimeoutError"
)

// texts are the methods and attributes of the text files of makefile.
var texts = []audit.Callable{
	{Name: "TextIOWrapper.read", Args: "size?:any /", Result: "str", Raises: readsText},
	{Name: "TextIOWrapper.readline", Args: "size?:int /", Result: "str", Raises: readsText},
	{Name: "TextIOWrapper.readlines", Args: "hint?:any /", Result: "[str]", Raises: readsText},
	{Name: "TextIOWrapper.__next__", Result: "str", Raises: readsText + " StopIteration"},
	{Name: "TextIOWrapper.__iter__", Result: "any", Raises: "ValueError", Repeats: true},
	{Name: "TextIOWrapper.write", Args: "text:str /", Result: "int", Raises: flushes + " UnicodeError"},
	{Name: "TextIOWrapper.writelines", Args: "lines:any /", Raises: flushes + " UnicodeError"},
	{Name: "TextIOWrapper.flush", Raises: flushes + " BlockingIOError", Repeats: true},
	{Name: "TextIOWrapper.close", Raises: flushes, Repeats: true},
	{Name: "TextIOWrapper.detach", Result: "any", Raises: flushes},
	{Name: "TextIOWrapper.reconfigure", Args: "* encoding?:str errors?:str newline?:str line_buffering?:bool write_through?:bool", Raises: flushes + " LookupError", Repeats: true},
	{Name: "TextIOWrapper.seek", Args: "cookie:any whence?:int /", Raises: "OSError ValueError", Fails: true},
	{Name: "TextIOWrapper.tell", Raises: "OSError ValueError", Fails: true},
	{Name: "TextIOWrapper.truncate", Args: "pos?:any /", Raises: "OSError ValueError", Fails: true},
	{Name: "TextIOWrapper.fileno", Result: "int", Raises: "OSError! ValueError", Repeats: true},
	{Name: "TextIOWrapper.isatty", Result: "bool", Raises: "ValueError", Repeats: true},
	{Name: "TextIOWrapper.readable", Result: "bool", Raises: "ValueError", Repeats: true},
	{Name: "TextIOWrapper.writable", Result: "bool", Raises: "ValueError", Repeats: true},
	{Name: "TextIOWrapper.seekable", Result: "bool", Raises: "ValueError", Repeats: true},
	{Name: "TextIOWrapper.__enter__", Result: "any", Raises: "ValueError", Repeats: true},
	{Name: "TextIOWrapper.__exit__", Args: "exc_type?:any exc?:any tb?:any /", Raises: flushes, Repeats: true, Except: map[string]string{
		"argument: a surplus one is dropped": pythonIgnores,
		"argument: exc_type is ignored":      pythonIgnores,
		"argument: exc is ignored":           pythonIgnores,
		"argument: tb is ignored":            pythonIgnores,
	}},
	{Name: "TextIOWrapper.__repr__", Result: "str", Repeats: true},
	{Name: "TextIOWrapper.encoding", Result: "str", Attribute: true},
	{Name: "TextIOWrapper.errors", Result: "str", Attribute: true},
	{Name: "TextIOWrapper.newlines", Result: "str", Attribute: true},
	{Name: "TextIOWrapper.line_buffering", Result: "bool", Attribute: true},
	{Name: "TextIOWrapper.write_through", Result: "bool", Attribute: true},
	{Name: "TextIOWrapper.name", Result: "int", Attribute: true},
	{Name: "TextIOWrapper.mode", Result: "str", Attribute: true},
	{Name: "TextIOWrapper.closed", Result: "bool", Attribute: true},
	{Name: "TextIOWrapper._CHUNK_SIZE", Result: "int", Attribute: true},
}
