package behaviour

import (
	"fmt"
	"strconv"
	"strings"
)

// A Shard is one of several equal parts of a selection of behaviours, which
// together are all of it. The zero Shard is the whole.
type Shard struct {
	Index int // from 1
	Count int
}

// maxShards bounds how many parts there can be: more than any corpus has
// behaviours is a mistake.
const maxShards = 10_000

// ParseShard reads "2/4", the second of four; the empty text is the whole.
func ParseShard(text string) (Shard, error) {
	if text == "" {
		return Shard{}, nil
	}
	first, second, found := strings.Cut(text, "/")
	index, indexErr := strconv.Atoi(first)
	count, countErr := strconv.Atoi(second)
	if !found || indexErr != nil || countErr != nil || count < 1 || count > maxShards || index < 1 || index > count {
		return Shard{}, fmt.Errorf("%q is not a shard; the second of four is 2/4", text)
	}
	return Shard{index, count}, nil
}

// String is "2/4", or empty for the whole.
func (s Shard) String() string {
	if s.Count == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Index, s.Count)
}

// Of is the shard's part of a selection: every Count-th behaviour, so that the
// slow ones of a file are spread over the shards. It depends on the selection
// and its order alone.
func (s Shard) Of(all []*Behaviour) []*Behaviour {
	if s.Count == 0 {
		return all
	}
	var part []*Behaviour
	for i := s.Index - 1; i < len(all); i += s.Count {
		part = append(part, all[i])
	}
	return part
}
