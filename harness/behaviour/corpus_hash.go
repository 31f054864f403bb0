package behaviour

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Hash identifies what a corpus says: the ids, the sentences and the steps of
// its behaviours, in their order. A report bears the hash of the corpus that it
// was made from, by which one that is older than its corpus is told.
func (c *Corpus) Hash() string {
	h := sha256.New()
	for _, b := range c.Behaviours {
		// A hash never fails to be written to.
		fmt.Fprintf(h, "%q %q %s\n", b.ID, b.Sentence, b.Hash())
	}
	return hex.EncodeToString(h.Sum(nil))
}
