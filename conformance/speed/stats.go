package speed

import "slices"

// A Spread is a sample's median and its quartiles.
type Spread struct {
	Low    float64 `json:"low"`
	Median float64 `json:"median"`
	High   float64 `json:"high"`
}

func spread(sample []float64) Spread {
	sorted := slices.Sorted(slices.Values(sample))
	at := func(part float64) float64 { return sorted[int(part*float64(len(sorted)-1)+0.5)] }
	return Spread{Low: at(0.25), Median: at(0.5), High: at(0.75)}
}

// ratios are a to b, round by round.
func ratios(a, b []float64) []float64 {
	all := make([]float64, len(a))
	for i := range a {
		all[i] = a[i] / b[i]
	}
	return all
}
