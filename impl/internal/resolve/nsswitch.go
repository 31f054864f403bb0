package resolve

import (
	"bytes"
	"strings"
	"syscall"
)

// action is what to do after a source's outcome.
type action int8

const (
	actionContinue action = iota // ask the next source
	actionReturn                 // take the outcome
	actionMerge                  // combine with the next source: only group has that
)

// source is an entry of a database's line in nsswitch.conf.
type source struct {
	module  string
	actions [statusCount]action
}

func newSource(module string) source {
	s := source{module: module}
	s.actions[statusSuccess.index()] = actionReturn
	return s
}

func (s *source) after(st status) action { return s.actions[st.index()] }

// nsswitch is /etc/nsswitch.conf: the sources of each database, in order. A database that is not
// listed has no entry. With broken set, a line made no sense, and glibc then serves no database.
type nsswitch struct {
	databases map[string][]source
	broken    bool
}

// nssDatabases are the names that a line may begin with; lines of other programs (sudoers, automount)
// are not even parsed.
var nssDatabases = map[string]bool{
	"aliases": true, "ethers": true, "group": true, "gshadow": true, "hosts": true,
	"initgroups": true, "netgroup": true, "networks": true, "passwd": true, "protocols": true,
	"publickey": true, "rpc": true, "services": true, "shadow": true, "group_compat": true,
	"passwd_compat": true, "shadow_compat": true,
}

func nsswitchParser(glibc int) func(data []byte) nsswitch {
	return func(data []byte) nsswitch { return parseNSSwitch(glibc, data) }
}

func parseNSSwitch(glibc int, data []byte) nsswitch {
	conf := nsswitch{databases: make(map[string][]source)}
	if glibc >= 34 {
		// A last line without an end does not count.
		data = data[:bytes.LastIndexByte(data, '\n')+1]
	}
	lines(data, func(line string) {
		if glibc < 34 {
			line, _, _ = strings.Cut(line, "#") // later versions know comments no more
		}
		line = trimLeftSpace(line)
		end := strings.IndexFunc(line, func(c rune) bool {
			return c == ':' || (c < 0x80 && isSpace(byte(c)))
		})
		if conf.broken || end <= 0 || !nssDatabases[line[:end]] {
			return
		}
		sources, ok := parseSources(strings.TrimLeft(line[end:], ": \t\v\f\r"))
		if !ok && glibc >= 34 {
			conf.broken = true
			return
		}
		// Before glibc 2.34 what makes no sense just ended the list, and one without
		// a source counted as not given.
		if !ok && len(sources) == 0 {
			return
		}
		conf.databases[line[:end]] = sources
	})
	return conf
}

// parseSources reads the right side of a line, as in "files [NOTFOUND=return] dns".
func parseSources(line string) ([]source, bool) {
	var list []source
	for line = trimLeftSpace(line); line != ""; line = trimLeftSpace(line) {
		end := 0
		for end < len(line) && !isSpace(line[end]) && line[end] != '[' {
			end++
		}
		if end == 0 {
			break
		}
		next := newSource(line[:end])
		line = trimLeftSpace(line[end:])
		if strings.HasPrefix(line, "[") {
			rest, ok := next.parseActions(trimLeftSpace(line[1:]))
			if !ok {
				return list, false
			}
			line = rest
		}
		list = append(list, next)
	}
	return list, true
}

// parseActions reads "STATUS=action …]", where "!" before a status means all the others.
func (s *source) parseActions(line string) (rest string, ok bool) {
	for {
		negated := strings.HasPrefix(line, "!")
		var word string
		word, line = cutWord(strings.TrimPrefix(line, "!"))
		st, known := statusNames[strings.ToUpper(word)]
		if !known || !strings.HasPrefix(line, "=") {
			return "", false
		}
		word, line = cutWord(trimLeftSpace(line[1:]))
		act, known := actionNames[strings.ToUpper(word)]
		if !known {
			return "", false
		}
		if negated {
			kept := s.after(st)
			for i := range s.actions {
				s.actions[i] = act
			}
			act = kept
		}
		s.actions[st.index()] = act
		if strings.HasPrefix(line, "]") {
			return line[1:], true
		}
	}
}

var statusNames = map[string]status{
	"SUCCESS": statusSuccess, "NOTFOUND": statusNotFound, "UNAVAIL": statusUnavail, "TRYAGAIN": statusTryAgain,
}

var actionNames = map[string]action{
	"RETURN": actionReturn, "CONTINUE": actionContinue, "MERGE": actionMerge,
}

// cutWord splits before the first space, "=" or "]"; rest has no leading space.
func cutWord(s string) (word, rest string) {
	i := 0
	for i < len(s) && !isSpace(s[i]) && s[i] != '=' && s[i] != ']' {
		i++
	}
	return s[:i], trimLeftSpace(s[i:])
}

// sources gives a database's sources: the listed ones, else glibc's default. The errno tells why
// nsswitch.conf cannot be used at all.
func (r *Resolver) sources(database string) ([]source, syscall.Errno) {
	conf, opened, err := r.nsswitch.load(pathOr(r.NSSwitchPath, "/etc/nsswitch.conf"), nsswitchParser(r.glibc()))
	if conf.broken || (err != nil && opened) {
		return nil, syscall.EINVAL
	}
	if errno := scarcity(err); errno != 0 {
		return nil, errno
	}
	if list, listed := conf.databases[database]; listed {
		return list, 0
	}
	if database == "hosts" && r.glibc() < 35 {
		dns := newSource("dns")
		for _, st := range []status{statusSuccess, statusNotFound, statusTryAgain} {
			dns.actions[st.index()] = actionReturn // [!UNAVAIL=return]
		}
		return []source{dns, newSource("files")}, 0
	}
	if database == "hosts" {
		return []source{newSource("files"), newSource("dns")}, 0
	}
	return []source{newSource("files")}, 0
}

// readsFiles tells whether a lookup in a database other than hosts gets to the file in /etc. Other
// sources count as not installed, and only files is left to find something.
func (r *Resolver) readsFiles(database string) bool {
	list, errno := r.sources(database)
	if errno != 0 {
		return false
	}
	for i := range list {
		if list[i].module == "files" {
			return true
		}
		if list[i].after(statusUnavail) != actionContinue {
			return false
		}
	}
	return false
}
