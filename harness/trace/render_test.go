package trace

import "testing"

func TestRender(t *testing.T) {
	socketError := Exception{
		Class: "ConnectionRefusedError",
		Args:  []Value{IntValue(111), StrValue("Connection refused")},
	}
	tests := []struct {
		name string
		in   Value
		want string
	}{
		{"None", NoneValue(), "None"},
		{"bool", BoolValue(true), "True"},
		{"int", IntValue(-5), "-5"},
		{"float", FloatValue(1e16), "1e+16"},
		{"text", StrValue("a b"), "'a b'"},
		{"text with a single quote", StrValue("it's"), `"it's"`},
		{"text with both quotes", StrValue(`'"`), `'\'"'`},
		{"text escapes", StrValue("\n\r\t\\\x00\x7f"), `'\n\r\t\\\x00\x7f'`},
		{"text beyond ASCII", StrValue("é\u00a0\u200b\U0001f600\U000e0001"), `'é\xa0\u200b😀\U000e0001'`},
		{"lone surrogates", StrValue("\xed\xb2\x80\xed\xa0\x81"), `'\udc80\ud801'`},
		{"text that is not UTF-8", Value{Kind: Str, Text: "\xff"}, `'\xff'`},
		{"bytes", BytesValue([]byte("a'\xff\x00")), `b"a'\xff\x00"`},
		{"bytearray", BufferValue(Bytearray, []byte("x")), "bytearray(b'x')"},
		{"memoryview", BufferValue(Memoryview, nil), "memoryview(b'')"},
		{"digest of bytes", Value{Kind: Digest, Of: Bytes, Len: 300, Text: "ab12cd34ef"}, "<bytes of 300 B, sha256 ab12cd34…>"},
		{"digest of text", Value{Kind: Digest, Of: Str, Len: 300, Text: "ab"}, "<str of 300 characters, sha256 ab…>"},
		{"empty tuple", SeqValue(Tuple), "()"},
		{"tuple of one", SeqValue(Tuple, IntValue(1)), "(1,)"},
		{"tuple of two", SeqValue(Tuple, IntValue(1), NoneValue()), "(1, None)"},
		{"list", SeqValue(List, StrValue("a")), "['a']"},
		{"set", SeqValue(Set, IntValue(1), IntValue(2)), "{1, 2}"},
		{"empty set", SeqValue(Set), "set()"},
		{"frozenset", SeqValue(Frozenset, IntValue(1)), "frozenset({1})"},
		{"empty frozenset", SeqValue(Frozenset), "frozenset()"},
		{"dict", SeqValue(Dict, StrValue("a"), IntValue(1), StrValue("b"), IntValue(2)), "{'a': 1, 'b': 2}"},
		{"enum", EnumValue("socket.AddressFamily", "AF_INET", IntValue(2)), "<AddressFamily.AF_INET: 2>"},
		{"enum without a name", EnumValue("socket.MsgFlag", "", IntValue(3)), "<MsgFlag: 3>"},
		{"object", Value{Kind: Object, Class: "socket.socket", ID: 2, State: []Field{{"proto", IntValue(0)}}}, "<socket.socket #2 proto=0>"},
		{"object without state", Value{Kind: Object, Class: "C"}, "<C #0>"},
		{"class", NamedValue(Class, "socket.socket"), "<class 'socket.socket'>"},
		{"callable", NamedValue(Callable, "recv"), "<callable 'recv'>"},
		{"module", NamedValue(Module, "socket"), "<module 'socket'>"},
		{"exception", Value{Kind: Raised, Exception: &socketError}, "ConnectionRefusedError(111, 'Connection refused')"},
		{"exception without arguments", Value{Kind: Raised, Exception: &Exception{Class: "KeyError"}}, "KeyError()"},
		{"variable", Value{Kind: Var, ID: 3, Of: Int}, "⟨3⟩"},
		{"pattern", Value{Kind: Pattern, Of: Str, Items: []Value{StrValue("fd="), {Kind: Var, ID: 1}, StrValue(" it's")}}, `"fd=⟨1⟩ it's"`},
		{"pattern of bytes", Value{Kind: Pattern, Of: Bytes, Items: []Value{{Kind: Var, ID: 2}, {Kind: Str, Text: "\xff"}}}, `b'⟨2⟩\xff'`},
		{"unknown kind", Value{Kind: "odd"}, "<a value of unknown kind 'odd'>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Render(tt.in); got != tt.want {
				t.Errorf("Render() = %s, want %s", got, tt.want)
			}
		})
	}
}
