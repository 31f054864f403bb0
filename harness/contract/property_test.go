package contract

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pyparity/pyparity/harness/trace"
)

// A recipe makes traces of one shape. Each hole is filled with the text that
// fill gives for it; place counts the places of holes from 0.
type recipe struct {
	rng   *rand.Rand
	holes int
	uses  []int // hole by place
	parts []func(fill func(place int) string) trace.Observation
}

func newRecipe(rng *rand.Rand) *recipe {
	r := &recipe{rng: rng, holes: 1 + rng.IntN(4)}
	for range 1 + rng.IntN(5) {
		r.parts = append(r.parts, r.observation())
	}
	return r
}

// hole reserves a place.
func (r *recipe) hole() (place int) {
	r.uses = append(r.uses, r.rng.IntN(r.holes))
	return len(r.uses) - 1
}

type part func(fill func(int) string) trace.Value

func (r *recipe) observation() func(func(int) string) trace.Observation {
	value := r.value(0)
	switch r.rng.IntN(3) {
	case 0:
		message := r.text()
		return func(fill func(int) string) trace.Observation {
			v, w := value(fill), message(fill)
			return trace.Observation{Returned: &v, Warnings: []trace.Warning{{Class: "W", Text: w}}}
		}
	case 1:
		message := r.text()
		return func(fill func(int) string) trace.Observation {
			e := osError("OSError", 5, "x")
			e.Args = []trace.Value{value(fill)}
			e.Text = message(fill)
			return trace.Observation{Raised: e}
		}
	}
	return func(fill func(int) string) trace.Observation {
		v := value(fill)
		return trace.Observation{Returned: &v}
	}
}

func (r *recipe) text() part {
	kind := trace.Str
	if r.rng.IntN(3) == 0 {
		kind = trace.Bytes
	}
	var pieces []func(func(int) string) string
	for i := range 1 + r.rng.IntN(4) {
		if r.rng.IntN(2) == 0 {
			constant := fmt.Sprintf("<k%d=", i)
			pieces = append(pieces, func(func(int) string) string { return constant })
			continue
		}
		place := r.hole()
		pieces = append(pieces, func(fill func(int) string) string { return " " + fill(place) + "," })
	}
	return func(fill func(int) string) trace.Value {
		var s strings.Builder
		for _, p := range pieces {
			s.WriteString(p(fill))
		}
		return trace.Value{Kind: kind, Text: s.String()}
	}
}

func (r *recipe) value(depth int) part {
	switch n := r.rng.IntN(8); {
	case n == 0:
		constant := integer(r.rng.IntN(100))
		return func(func(int) string) trace.Value { return constant }
	case n <= 2:
		place := r.hole()
		return func(fill func(int) string) trace.Value { return trace.Value{Kind: trace.Int, Text: fill(place)} }
	case n <= 4 || depth > 2:
		return r.text()
	case n == 5:
		inner := r.value(depth + 1)
		return func(fill func(int) string) trace.Value { return object("C", 0, field("a", inner(fill))) }
	}
	kind := []trace.Kind{trace.Tuple, trace.List, trace.Dict}[r.rng.IntN(3)]
	var items []part
	for range 2 * r.rng.IntN(3) {
		items = append(items, r.value(depth+1))
	}
	return func(fill func(int) string) trace.Value {
		v := trace.Value{Kind: kind, Items: []trace.Value{}}
		for _, item := range items {
			v.Items = append(v.Items, item(fill))
		}
		return v
	}
}

func (r *recipe) make(fill func(place int) string) trace.Trace {
	var all []trace.Observation
	for _, p := range r.parts {
		all = append(all, p(fill))
	}
	return run(all...)
}

// filling gives every hole a text of its own, unlike any other in the run and
// in the runs with other seeds.
func (r *recipe) filling(seed int) func(place int) string {
	return func(place int) string { return strconv.Itoa(1000 + 100*seed + r.uses[place]) }
}

func forRecipes(t *testing.T, check func(t *testing.T, r *recipe, c *Contract)) {
	t.Helper()
	for seed := range uint64(500) {
		r := newRecipe(rand.New(rand.NewPCG(seed, 7)))
		c, err := Generalise(steps(len(r.parts)), []trace.Trace{r.make(r.filling(1)), r.make(r.filling(2)), r.make(r.filling(3))})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		check(t, r, c)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestEveryRenamingMeetsTheContract(t *testing.T) {
	forRecipes(t, func(t *testing.T, r *recipe, c *Contract) {
		for seed := range 6 {
			if found := c.Match(steps(len(r.parts)), r.make(r.filling(seed))); len(found) > 0 {
				t.Errorf("filling %d: %+v", seed, found)
			}
		}
	})
}

func TestOneUseOfAVariableThatIsAnotherIsCaught(t *testing.T) {
	tried := 0
	forRecipes(t, func(t *testing.T, r *recipe, c *Contract) {
		uses := map[int]int{}
		for _, hole := range r.uses {
			uses[hole]++
		}
		for wrong, hole := range r.uses {
			other := (hole + 1) % r.holes
			if uses[hole] < 2 || other == hole {
				continue
			}
			fill := r.filling(5)
			got := r.make(func(place int) string {
				if place == wrong {
					return strconv.Itoa(1000 + 500 + other)
				}
				return fill(place)
			})
			tried++
			if len(c.Match(steps(len(r.parts)), got)) == 0 {
				t.Errorf("place %d of variable %d shows variable %d, and nothing differs", wrong, hole, other)
			}
		}
	})
	if tried < 500 {
		t.Errorf("only %d swaps were tried", tried)
	}
}

func TestContractsSurviveJSON(t *testing.T) {
	forRecipes(t, func(t *testing.T, r *recipe, c *Contract) {
		data, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var again Contract
		if err := json.Unmarshal(data, &again); err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		if !reflect.DeepEqual(*c, again) {
			t.Errorf("%s\n%s", data, cmp.Diff(*c, again))
		}
	})
}
