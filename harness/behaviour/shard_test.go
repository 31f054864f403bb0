package behaviour

import (
	"fmt"
	"slices"
	"testing"
)

func TestShardsAreDisjointAndComplete(t *testing.T) {
	var all []*Behaviour
	for i := range 23 {
		all = append(all, &Behaviour{ID: fmt.Sprint("a.b", i)})
	}
	for _, count := range []int{1, 2, 5, 23, 40} {
		seen := map[*Behaviour]int{}
		for i := range count {
			s, err := ParseShard(fmt.Sprintf("%d/%d", i+1, count))
			if err != nil {
				t.Fatal(err)
			}
			part := s.Of(all)
			if !slices.Equal(part, s.Of(slices.Clone(all))) {
				t.Errorf("%v is not the same twice", s)
			}
			if len(part) < len(all)/count || len(part) > len(all)/count+1 {
				t.Errorf("%v has %d of %d behaviours", s, len(part), len(all))
			}
			for _, b := range part {
				seen[b]++
			}
		}
		if len(seen) != len(all) {
			t.Errorf("%d shards have %d of %d behaviours", count, len(seen), len(all))
		}
		for b, n := range seen {
			if n != 1 {
				t.Errorf("%d shards have %s %d times", count, b.ID, n)
			}
		}
	}
}

func TestParseShard(t *testing.T) {
	for _, text := range []string{"0/4", "5/4", "1", "/", "1/0", "-1/4", "a/b", "1/2/3", "1/99999999999999999999", " 1/2", "1/1000000"} {
		if s, err := ParseShard(text); err == nil {
			t.Errorf("%q is the shard %v", text, s)
		}
	}
	if s, err := ParseShard(""); err != nil || s.Count != 0 || s.String() != "" {
		t.Errorf("the empty text is %v, %v", s, err)
	}
	if s, err := ParseShard("2/4"); err != nil || s.String() != "2/4" {
		t.Errorf("2/4 is %v, %v", s, err)
	}
}
