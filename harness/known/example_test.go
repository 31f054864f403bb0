package known_test

import (
	"fmt"

	"github.com/pyparity/pyparity/harness/contract"
	"github.com/pyparity/pyparity/harness/known"
)

func Example() {
	set, err := known.Load([]byte(`{"known": [{
	  "id": "repr.*", "subject": "go", "facet": "value",
	  "want": "'<socket fd=⟨1⟩>'", "got": "'<Socket fd=⟨*⟩>'",
	  "reason": "the class has another name", "link": "https://example.org/names"
	}]}`), "known.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	difference := contract.Difference{Facet: contract.FacetValue, Want: "'<socket fd=⟨1⟩>'", Got: "'<Socket fd=17>'"}
	names := []string{"repr.of_a_socket"}
	fmt.Println(set.Judge(names, "go", "3.13", []contract.Difference{difference}).Status)
	fmt.Println(set.Judge(names, "go", "3.13", nil).Hint)
	// Output:
	// declared
	// known.json:1 declares a difference that is no longer there: remove the entry, or narrow what it covers
}
