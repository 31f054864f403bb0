// Package conformance is the suite for Python's socket module: the corpus in
// package fixtures, CPython in a container or its recordings as the reference,
// and the port in impl/pysocket as the subject.
//
// Its tests are the suite as Ginkgo specs:
//
//	go test ./conformance
//	ginkgo -p --label-filter 'inet_aton && python3.13' ./conformance
//
// $PYPARITY_REFERENCE (auto, container, recorded) says what the reference is and
// $PYPARITY_PYTHON which Pythons, separated by commas. $PYPARITY_STRICT, if set, fails specs whose recording the
// live CPython no longer meets.
package conformance
