//go:build linux && race

package socket_test

const raceEnabled = true
