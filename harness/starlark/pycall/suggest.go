package pycall

import "math"

// The costs and limits of CPython's suggestions.
const (
	moveCost  = 2
	caseCost  = 1
	maxLength = 40
)

// didYouMean is the end of an error about an unknown name: the nearest of the
// known ones, or nothing where none is near (_Py_CalculateSuggestions).
func didYouMean(name string, known []string) string {
	best, suggestion := math.MaxInt, ""
	for _, item := range known {
		// At most a third of the characters may have to change.
		limit := min((len(name)+len(item)+3)*moveCost/6, best-1)
		if d := distance(name, item, limit); d <= limit {
			best, suggestion = d, item
		}
	}
	if suggestion == "" {
		return ""
	}
	return ". Did you mean '" + suggestion + "'?"
}

// distance is the cost of turning a into b, or more than limit if it is more
// than that: the Levenshtein distance, where a change of case is cheaper.
func distance(a, b string, limit int) int {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if a == "" || b == "" {
		return (len(a) + len(b)) * moveCost
	}
	if len(a) > maxLength || len(b) > maxLength {
		return limit + 1
	}
	row := make([]int, len(a)+1)
	for i := range row {
		row[i] = i * moveCost
	}
	for i := range len(b) {
		diagonal := row[0]
		row[0] += moveCost
		for j := range len(a) {
			cost := min(diagonal+substitutionCost(b[i], a[j]), row[j]+moveCost, row[j+1]+moveCost)
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(a)]
}

func substitutionCost(a, b byte) int {
	switch {
	case a == b:
		return 0
	case lower(a) == lower(b):
		return caseCost
	}
	return moveCost
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
