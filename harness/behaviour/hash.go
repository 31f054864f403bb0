package behaviour

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
)

// Hash identifies what a recording of the behaviour was made from: the modules,
// the requirements (in any order), and the texts and bounds of the steps in
// their order. It does not change with the id, the sentence, the tags or the
// place in the file. It is the SHA-256, in hex, of the JSON
//
//	{"modules":["socket"],"requires":["ipv4"],"steps":[{"text":"s = socket.socket()","lasts":[0.1,0.5]}]}
//
// where "lasts" is left out for steps without bounds.
func (b *Behaviour) Hash() string {
	type step struct {
		Text  string    `json:"text"`
		Lasts []float64 `json:"lasts,omitempty"`
	}
	form := struct {
		Modules  []string `json:"modules"`
		Requires []string `json:"requires"`
		Steps    []step   `json:"steps"`
	}{Modules: append([]string{}, b.Modules...), Requires: []string{}, Steps: []step{}}
	for _, r := range b.Requires {
		form.Requires = append(form.Requires, r.String())
	}
	slices.Sort(form.Requires)
	form.Requires = slices.Compact(form.Requires)
	for _, s := range b.Steps {
		f := step{Text: s.Text}
		if s.Lasts != nil {
			f.Lasts = []float64{s.Lasts.Min.Seconds(), s.Lasts.Max.Seconds()}
		}
		form.Steps = append(form.Steps, f)
	}
	// Strings and finite numbers always encode.
	data, _ := json.Marshal(form)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
