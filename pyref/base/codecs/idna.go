package codecs

import (
	"errors"
	"strings"

	"github.com/pyparity/pyparity/pyref/base/idna"
)

// idnaCoder is the codec idna, which knows no handlers.
type idnaCoder struct{ python int }

// positioned is the first Python 3 in which its errors and those of punycode tell the
// place.
const positioned = 13

// onlyStrict is the error for another handler, of which each way has its own.
func (c idnaCoder) onlyStrict(text, handler string) error {
	if handler == "strict" || handler == "" {
		return nil
	}
	return &PlainError{Text: text + handler}
}

// encoding is the text for a handler in encoding, decoding that in decoding.
func (c idnaCoder) encoding() string {
	if c.python < positioned {
		return "unsupported error handling "
	}
	return "Unsupported error handling: "
}

func (c idnaCoder) decoding() string {
	if c.python < positioned {
		return "Unsupported error handling "
	}
	return "Unsupported error handling: "
}

// failed is the error of idna, at an offset of object.
func (c idnaCoder) failed(err error, text string, offset int) error {
	failed, ok := errors.AsType[*idna.Error](err)
	switch {
	case !ok:
		return err
	case c.python < positioned:
		return &PlainError{Text: failed.Text()}
	}
	place := Place{offset + failed.Start, offset + failed.End, failed.Text()}
	return &EncodeError{Encoding: "idna", Text: text, Place: place, First: place}
}

func (c idnaCoder) encode(text, handler string) ([]byte, error) {
	if err := c.onlyStrict(c.encoding(), handler); err != nil {
		return nil, err
	}
	data, err := idna.Encode(text, c.python)
	return data, c.failed(err, text, 0)
}

func (c idnaCoder) encodePiece(text, handler string) ([]byte, string, error) {
	if err := c.onlyStrict(c.encoding(), handler); err != nil || text == "" {
		return nil, "", err
	}
	labels := idna.Labels(text)
	// The last one may go on.
	rest := labels[len(labels)-1]
	labels = labels[:len(labels)-1]
	var out []byte
	size := 0
	for _, label := range labels {
		if size > 0 {
			out = append(out, '.')
			size++
		}
		encoded, err := idna.ToASCII(label, c.python)
		if err != nil {
			return nil, "", c.failed(err, text, size)
		}
		out = append(out, encoded...)
		size += Len(label)
	}
	if len(labels) > 0 {
		out = append(out, '.')
	}
	return out, rest, nil
}

// cannotDecode is the error of idna for a label at an offset of data.
func (c idnaCoder) cannotDecode(err error, data []byte, offset int) error {
	if encode, ok := errors.AsType[*idna.Error](err); ok {
		if c.python < positioned {
			return &PlainError{Text: encode.Text()}
		}
		place := Place{offset + encode.Start, offset + encode.End, encode.Text()}
		return &DecodeError{Encoding: "idna", Data: data, Place: place, First: place}
	}
	failed, ok := errors.AsType[*idna.DecodeError](err)
	switch {
	case !ok:
		return err
	case c.python < positioned:
		return plainOr(failed)
	}
	place := Place{offset + failed.Start, offset + failed.End, failed.Reason}
	return &DecodeError{Encoding: "idna", Data: data, Place: place, First: place}
}

// plainOr is the error of package idna as one of this package.
func plainOr(failed *idna.DecodeError) error {
	if failed.Codec == "" {
		return &PlainError{Text: failed.Reason, Compared: failed.Compared}
	}
	place := Place{failed.Start, failed.End, failed.Reason}
	return &DecodeError{Encoding: failed.Codec, Data: failed.Data, Place: place, First: place}
}

func (c idnaCoder) decode(data []byte, handler string) (string, error) {
	if err := c.onlyStrict(c.decoding(), handler); err != nil {
		return "", err
	}
	if !strings.Contains(c.lower(string(data)), "xn--") && isASCII(data) {
		return string(data), nil
	}
	labels := strings.Split(string(data), ".")
	end := ""
	if labels[len(labels)-1] == "" {
		end = "."
		labels = labels[:len(labels)-1]
	}
	var texts []string
	offset := 0
	for _, label := range labels {
		text, err := idna.ToUnicode([]byte(label), c.python)
		if err != nil {
			return "", c.cannotDecode(err, data, offset)
		}
		texts = append(texts, textOf(text))
		offset += len(label) + 1
	}
	return strings.Join(texts, ".") + end, nil
}

// lower is how a Python looks for the prefix of labels.
func (c idnaCoder) lower(text string) string {
	if c.python < positioned {
		return text
	}
	return strings.ToLower(text)
}

func isASCII(data []byte) bool {
	for _, b := range data {
		if b >= 0x80 {
			return false
		}
	}
	return true
}

func textOf(points []rune) string {
	var out []byte
	for _, r := range points {
		out = AppendRune(out, r)
	}
	return string(out)
}

func (c idnaCoder) decodePiece(data []byte, handler string, final bool) (string, []byte, error) {
	if err := c.onlyStrict(c.decoding(), handler); err != nil {
		if c.python == positioned {
			// It lacks what would put the handler there.
			err = &PlainError{Text: "Unsupported error handling: {errors}"}
		}
		return "", nil, err
	}
	if len(data) == 0 {
		return "", nil, nil
	}
	if _, _, err := decodeWith(ordinalScheme{limit: 0x80}, c.ascii(), "strict", data, true); err != nil {
		return "", nil, err
	}
	labels := strings.Split(string(data), ".")
	last := labels[len(labels)-1]
	end := ""
	switch {
	case last == "":
		end = "."
		labels = labels[:len(labels)-1]
	case !final:
		labels = labels[:len(labels)-1]
		if len(labels) > 0 {
			end = "."
		}
	}
	var texts []string
	size := 0
	for _, label := range labels {
		text, err := idna.ToUnicode([]byte(label), c.python)
		if err != nil {
			return "", nil, c.cannotDecode(err, data, size)
		}
		texts = append(texts, textOf(text))
		if size > 0 {
			size++
		}
		size += len(label)
	}
	return strings.Join(texts, ".") + end, data[min(size+len(end), len(data)):], nil
}

// ascii is the name of the codec in errors about what is not ASCII.
func (c idnaCoder) ascii() string {
	if c.python < positioned {
		return "ascii"
	}
	return "idna"
}

// punycodeCoder is the codec punycode. What it encodes does not depend on the handler.
type punycodeCoder struct{ python int }

func (c punycodeCoder) encode(text, _ string) ([]byte, error) {
	return []byte(idna.EncodePunycode(runes(text, Len(text)))), nil
}

func (c punycodeCoder) decode(data []byte, handler string) (string, error) {
	switch handler {
	case "strict", "replace", "ignore":
	default:
		colon := ""
		if c.python >= positioned {
			colon = ":"
		}
		return "", &PlainError{Text: "Unsupported error handling" + colon + " " + handler}
	}
	text, err := idna.DecodePunycode(data, handler, c.python)
	if failed, ok := errors.AsType[*idna.DecodeError](err); ok {
		return "", plainOr(failed)
	}
	return textOf(text), err
}

func (c punycodeCoder) encodePiece(text, handler string) ([]byte, string, error) {
	data, err := c.encode(text, handler)
	return data, "", err
}

func (c punycodeCoder) decodePiece(data []byte, handler string, _ bool) (string, []byte, error) {
	text, err := c.decode(data, handler)
	return text, nil, err
}
