// Package known holds the differences that are declared: places where a subject
// is known to differ from the reference, each with its reason. They live in one
// file:
//
//	{
//	  "known": [
//	    {
//	      "id": "connect.refused_*",
//	      "subject": "go",
//	      "python": ["3.13"],
//	      "facet": "text",
//	      "want": "'[Errno 111] Connection refused'",
//	      "got": "'connection refused'",
//	      "reason": "why it is so, and why it stays",
//	      "link": "https://example.org/where-it-is-discussed"
//	    }
//	  ]
//	}
//
// Id and subject may be globs (see path.Match); without "python" an entry is
// for all versions. Facet, want and got are those of the difference, as a report
// shows them; ⟨*⟩ stands for a word that changes from run to run. Every
// difference of a behaviour has to be declared for it to be known, and every
// declaration has to be true of every behaviour that it covers: one whose
// difference is gone or has changed fails the run until it is removed or
// corrected.
package known
