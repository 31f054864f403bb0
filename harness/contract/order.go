package contract

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pyparity/pyparity/harness/trace"
)

// compareNaturally orders values first by what is left of their text without its
// numbers, and then by the numbers. Perturbed runs of the same thing fall into
// the same order that way, whether a descriptor is 9 or 10.
func compareNaturally(a, b trace.Value) int {
	shapeA, numbersA := splitNumbers(trace.Render(a))
	shapeB, numbersB := splitNumbers(trace.Render(b))
	return cmp.Or(strings.Compare(shapeA, shapeB), slices.CompareFunc(numbersA, numbersB, compareDigits))
}

func splitNumbers(text string) (shape string, numbers []string) {
	var b strings.Builder
	for len(text) > 0 {
		n := len(text) - len(strings.TrimLeft(text, "0123456789"))
		if n > 0 {
			numbers = append(numbers, text[:n])
			text = text[n:]
			b.WriteByte('0')
			continue
		}
		b.WriteByte(text[0])
		text = text[1:]
	}
	return b.String(), numbers
}

func compareDigits(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}

// sortedNaturally is a copy of a set's items in that order.
func sortedNaturally(items []trace.Value) []trace.Value {
	items = slices.Clone(items)
	slices.SortStableFunc(items, compareNaturally)
	return items
}
