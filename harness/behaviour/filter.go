package behaviour

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/onsi/ginkgo/v2/types"
)

// A Filter decides by labels.
type Filter func(labels []string) bool

var markup = regexp.MustCompile(`\{\{[^}]*\}\}`)

// ParseFilter reads an expression over labels in the syntax of Ginkgo's
// --label-filter: "inet_aton && !slow", "(bind, listen) && ipv6", "/^recv/".
// Labels compare without regard to case. The empty text lets everything pass.
func ParseFilter(text string) (Filter, error) {
	if strings.TrimSpace(text) == "" {
		return func([]string) bool { return true }, nil
	}
	filter, err := types.ParseLabelFilter(text)
	if err == nil {
		return Filter(filter), nil
	}
	// Ginkgo's error is made for its own terminal output: take the last line,
	// which says what is wrong.
	message := err.Error()
	if ginkgo, ok := errors.AsType[types.GinkgoError](err); ok {
		message = ginkgo.Message
	}
	message = strings.TrimSpace(markup.ReplaceAllString(message, ""))
	message = strings.TrimSpace(message[strings.LastIndexByte(message, '\n')+1:])
	return nil, fmt.Errorf("the filter %q cannot be read: %s; write labels joined by &&, || and !, such as \"inet_aton && !slow\"", text, message)
}
