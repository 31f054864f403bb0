package resolve

// referenceGlibc is the minor version that the package follows where none is asked for.
const referenceGlibc = 41

func (r *Resolver) glibc() int {
	if r.Glibc == 0 {
		return referenceGlibc
	}
	return r.Glibc
}

// mapsHosts tells whether the reverse lookup of a mapped address finds the IPv4 lines of /etc/hosts
// (seen in 2.41, not in 2.36).
func (r *Resolver) mapsHosts() bool { return r.glibc() > 36 }

// laxServices tells how /etc/services is read: ports may be octal or hexadecimal, and several slashes
// are as one (seen in 2.41, no longer in 2.43).
func (r *Resolver) laxServices() bool { return r.glibc() <= 41 }

// aliasesAreHosts tells that an alias which leads to what is no host name counts for nothing, with all
// that is behind it (seen in 2.31, no longer in 2.36).
func (r *Resolver) aliasesAreHosts() bool { return r.glibc() < 36 }

// aliasIsNotFound tells of a response that has an alias and no address: the name is not found (seen in
// 2.31), or else the lookup failed (seen in 2.36).
func (r *Resolver) aliasIsNotFound() bool { return r.glibc() < 36 }
