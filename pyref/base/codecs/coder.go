package codecs

// A coder is an encoding that Python code defines, which sees to the handler itself
// and needs all of a text, or decides itself what of a stream has to wait.
type coder interface {
	encode(text, errors string) ([]byte, error)
	decode(data []byte, errors string) (string, error)
	// encodePiece and decodePiece are those of streams. They return what has to wait.
	encodePiece(text, errors string) (data []byte, rest string, err error)
	decodePiece(data []byte, errors string, final bool) (text string, rest []byte, err error)
}

// coderOf is that of a module, or nil.
func coderOf(module string, python int) coder {
	switch module {
	case "idna":
		return idnaCoder{python}
	case "punycode":
		return punycodeCoder{python}
	case "undefined":
		return undefinedCoder{}
	}
	return nil
}

// undefinedCoder is the codec undefined, which neither encodes nor decodes.
type undefinedCoder struct{}

func (undefinedCoder) fail() error { return &PlainError{Text: "undefined encoding"} }

func (c undefinedCoder) encode(string, string) ([]byte, error) { return nil, c.fail() }
func (c undefinedCoder) decode([]byte, string) (string, error) { return "", c.fail() }

func (c undefinedCoder) encodePiece(string, string) ([]byte, string, error) {
	return nil, "", c.fail()
}

func (c undefinedCoder) decodePiece([]byte, string, bool) (string, []byte, error) {
	return "", nil, c.fail()
}
