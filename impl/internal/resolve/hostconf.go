package resolve

import (
	"slices"
	"strings"
)

// hostConf is /etc/host.conf, the settings of the resolver that are left of it.
type hostConf struct {
	multi   bool     // all the lines of /etc/hosts count, see filesSource
	reorder bool     // gethostbyname puts an address of the local subnet first
	trim    []string // suffixes that gethostbyaddr takes off names
}

// maxTrimDomains is glibc's TRIMDOMAINS_MAX.
const maxTrimDomains = 4

// loadHostConf reads the file and the environment. glibc does so once a process, this each time that
// the file has changed; a file that is not there means all defaults.
func (r *Resolver) loadHostConf() hostConf {
	path := pathOr(r.HostConfPath, "/etc/host.conf")
	if name, set := r.getenv("RESOLV_HOST_CONF"); set {
		path = name
	}
	conf, _, err := r.hostConf.load(path, parseHostConf)
	if err != nil {
		conf = hostConf{}
	}
	if value, set := r.getenv("RESOLV_MULTI"); set {
		setSwitch(&conf.multi, value)
	}
	if value, set := r.getenv("RESOLV_REORDER"); set {
		setSwitch(&conf.reorder, value)
	}
	if value, set := r.getenv("RESOLV_ADD_TRIM_DOMAINS"); set {
		conf.addTrim(value)
	}
	if value, set := r.getenv("RESOLV_OVERRIDE_TRIM_DOMAINS"); set {
		conf.trim = nil
		conf.addTrim(value)
	}
	return conf
}

func parseHostConf(data []byte) hostConf {
	var conf hostConf
	lines(data, func(line string) {
		line = trimLeftSpace(line)
		end := wordEnd(line)
		value := trimLeftSpace(line[end:])
		switch strings.ToLower(line[:end]) {
		case "multi":
			setSwitch(&conf.multi, value)
		case "reorder":
			setSwitch(&conf.reorder, value)
		case "trim":
			conf.addTrim(value)
		}
	})
	return conf
}

// setSwitch takes "on" and "off", whatever follows; other values change nothing (glibc complains on
// standard error).
func setSwitch(target *bool, value string) {
	value = strings.ToLower(value)
	switch {
	case strings.HasPrefix(value, "on"):
		*target = true
	case strings.HasPrefix(value, "off"):
		*target = false
	}
}

// addTrim adds domains that are separated by spaces or by one of ",;:" with spaces around it.
func (c *hostConf) addTrim(value string) {
	// The slice may be the cached file's.
	c.trim = slices.Clip(c.trim)
	for value != "" && value[0] != '#' && len(c.trim) < maxTrimDomains {
		end := wordEnd(value)
		c.trim = append(c.trim, value[:end])
		value = trimLeftSpace(value[end:])
		if value != "" && strings.IndexByte(",;:", value[0]) >= 0 {
			value = trimLeftSpace(value[1:])
		}
	}
}

// wordEnd is the length of the word that s begins with: up to a space, a comma or a comment.
func wordEnd(s string) int {
	end := 0
	for end < len(s) && !isSpace(s[end]) && s[end] != '#' && s[end] != ',' {
		end++
	}
	return end
}

// trimmed is name without the first suffix that fits.
func (c *hostConf) trimmed(name string) string {
	for _, suffix := range c.trim {
		cut := len(name) - len(suffix)
		if cut > 0 && equalFold(name[cut:], suffix) {
			return name[:cut]
		}
	}
	return name
}
