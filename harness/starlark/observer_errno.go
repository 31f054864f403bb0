package starlark

import (
	"go.starlark.net/starlark"
	"go.starlark.net/starlarkstruct"

	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/harness/starlark/pyval"
)

// errnoModule is the observer errno: every name that Python's has on Linux, and
// errorcode.
func errnoModule(python pyval.Version) *starlarkstruct.Module {
	m := &starlarkstruct.Module{Name: "errno", Members: starlark.StringDict{}}
	codes := starlark.NewDict(len(errnoNames))
	for _, e := range errnoNames {
		if !python.AtLeast(e.since.Major, e.since.Minor) {
			continue
		}
		number := starlark.MakeInt(int(e.number))
		m.Members[e.name] = number
		_ = codes.SetKey(number, starlark.String(e.name)) // a fresh dict of ints cannot refuse
	}
	m.Members["errorcode"] = codes
	return m
}

// errnoNames are in the order in which Python adds them: where two names have
// one number, the later one is errorcode's.
var errnoNames = []struct {
	name   string
	number unix.Errno
	since  pyval.Version // the zero value for ever
}{
	{name: "EPERM", number: unix.EPERM},
	{name: "ENOENT", number: unix.ENOENT},
	{name: "ESRCH", number: unix.ESRCH},
	{name: "EINTR", number: unix.EINTR},
	{name: "EIO", number: unix.EIO},
	{name: "ENXIO", number: unix.ENXIO},
	{name: "E2BIG", number: unix.E2BIG},
	{name: "ENOEXEC", number: unix.ENOEXEC},
	{name: "EBADF", number: unix.EBADF},
	{name: "ECHILD", number: unix.ECHILD},
	{name: "EWOULDBLOCK", number: unix.EWOULDBLOCK},
	{name: "EAGAIN", number: unix.EAGAIN},
	{name: "ENOMEM", number: unix.ENOMEM},
	{name: "EACCES", number: unix.EACCES},
	{name: "EFAULT", number: unix.EFAULT},
	{name: "ENOTBLK", number: unix.ENOTBLK},
	{name: "EBUSY", number: unix.EBUSY},
	{name: "EEXIST", number: unix.EEXIST},
	{name: "EXDEV", number: unix.EXDEV},
	{name: "ENODEV", number: unix.ENODEV},
	{name: "ENOTDIR", number: unix.ENOTDIR},
	{name: "EISDIR", number: unix.EISDIR},
	{name: "EINVAL", number: unix.EINVAL},
	{name: "ENFILE", number: unix.ENFILE},
	{name: "EMFILE", number: unix.EMFILE},
	{name: "ENOTTY", number: unix.ENOTTY},
	{name: "ETXTBSY", number: unix.ETXTBSY},
	{name: "EFBIG", number: unix.EFBIG},
	{name: "ENOSPC", number: unix.ENOSPC},
	{name: "ESPIPE", number: unix.ESPIPE},
	{name: "EROFS", number: unix.EROFS},
	{name: "EMLINK", number: unix.EMLINK},
	{name: "EPIPE", number: unix.EPIPE},
	{name: "EDOM", number: unix.EDOM},
	{name: "ERANGE", number: unix.ERANGE},
	{name: "EDEADLK", number: unix.EDEADLK},
	{name: "EDEADLOCK", number: unix.EDEADLOCK},
	{name: "ENAMETOOLONG", number: unix.ENAMETOOLONG},
	{name: "ENOLCK", number: unix.ENOLCK},
	{name: "ENOSYS", number: unix.ENOSYS},
	{name: "ENOTEMPTY", number: unix.ENOTEMPTY},
	{name: "ELOOP", number: unix.ELOOP},
	{name: "ENOMSG", number: unix.ENOMSG},
	{name: "EIDRM", number: unix.EIDRM},
	{name: "ECHRNG", number: unix.ECHRNG},
	{name: "EL2NSYNC", number: unix.EL2NSYNC},
	{name: "EL3HLT", number: unix.EL3HLT},
	{name: "EL3RST", number: unix.EL3RST},
	{name: "ELNRNG", number: unix.ELNRNG},
	{name: "EUNATCH", number: unix.EUNATCH},
	{name: "ENOCSI", number: unix.ENOCSI},
	{name: "EL2HLT", number: unix.EL2HLT},
	{name: "EBADE", number: unix.EBADE},
	{name: "EBADR", number: unix.EBADR},
	{name: "EXFULL", number: unix.EXFULL},
	{name: "ENOANO", number: unix.ENOANO},
	{name: "EBADRQC", number: unix.EBADRQC},
	{name: "EBADSLT", number: unix.EBADSLT},
	{name: "EBFONT", number: unix.EBFONT},
	{name: "ENOSTR", number: unix.ENOSTR},
	{name: "ENODATA", number: unix.ENODATA},
	{name: "ETIME", number: unix.ETIME},
	{name: "ENOSR", number: unix.ENOSR},
	{name: "ENONET", number: unix.ENONET},
	{name: "ENOPKG", number: unix.ENOPKG},
	{name: "EREMOTE", number: unix.EREMOTE},
	{name: "ENOLINK", number: unix.ENOLINK},
	{name: "EADV", number: unix.EADV},
	{name: "ESRMNT", number: unix.ESRMNT},
	{name: "ECOMM", number: unix.ECOMM},
	{name: "EPROTO", number: unix.EPROTO},
	{name: "EMULTIHOP", number: unix.EMULTIHOP},
	{name: "EDOTDOT", number: unix.EDOTDOT},
	{name: "EBADMSG", number: unix.EBADMSG},
	{name: "EOVERFLOW", number: unix.EOVERFLOW},
	{name: "ENOTUNIQ", number: unix.ENOTUNIQ},
	{name: "EBADFD", number: unix.EBADFD},
	{name: "EREMCHG", number: unix.EREMCHG},
	{name: "ELIBACC", number: unix.ELIBACC},
	{name: "ELIBBAD", number: unix.ELIBBAD},
	{name: "ELIBSCN", number: unix.ELIBSCN},
	{name: "ELIBMAX", number: unix.ELIBMAX},
	{name: "ELIBEXEC", number: unix.ELIBEXEC},
	{name: "EILSEQ", number: unix.EILSEQ},
	{name: "ERESTART", number: unix.ERESTART},
	{name: "ESTRPIPE", number: unix.ESTRPIPE},
	{name: "EUSERS", number: unix.EUSERS},
	{name: "ENOTSOCK", number: unix.ENOTSOCK},
	{name: "EDESTADDRREQ", number: unix.EDESTADDRREQ},
	{name: "EMSGSIZE", number: unix.EMSGSIZE},
	{name: "EPROTOTYPE", number: unix.EPROTOTYPE},
	{name: "ENOPROTOOPT", number: unix.ENOPROTOOPT},
	{name: "EPROTONOSUPPORT", number: unix.EPROTONOSUPPORT},
	{name: "ESOCKTNOSUPPORT", number: unix.ESOCKTNOSUPPORT},
	{name: "EOPNOTSUPP", number: unix.EOPNOTSUPP},
	{name: "ENOTSUP", number: unix.ENOTSUP},
	{name: "EPFNOSUPPORT", number: unix.EPFNOSUPPORT},
	{name: "EAFNOSUPPORT", number: unix.EAFNOSUPPORT},
	{name: "EADDRINUSE", number: unix.EADDRINUSE},
	{name: "EADDRNOTAVAIL", number: unix.EADDRNOTAVAIL},
	{name: "ENETDOWN", number: unix.ENETDOWN},
	{name: "ENETUNREACH", number: unix.ENETUNREACH},
	{name: "ENETRESET", number: unix.ENETRESET},
	{name: "ECONNABORTED", number: unix.ECONNABORTED},
	{name: "ECONNRESET", number: unix.ECONNRESET},
	{name: "ENOBUFS", number: unix.ENOBUFS},
	{name: "EISCONN", number: unix.EISCONN},
	{name: "ENOTCONN", number: unix.ENOTCONN},
	{name: "ESHUTDOWN", number: unix.ESHUTDOWN},
	{name: "ETOOMANYREFS", number: unix.ETOOMANYREFS},
	{name: "ETIMEDOUT", number: unix.ETIMEDOUT},
	{name: "ECONNREFUSED", number: unix.ECONNREFUSED},
	{name: "EHOSTDOWN", number: unix.EHOSTDOWN},
	{name: "EHOSTUNREACH", number: unix.EHOSTUNREACH},
	{name: "EALREADY", number: unix.EALREADY},
	{name: "EINPROGRESS", number: unix.EINPROGRESS},
	{name: "ESTALE", number: unix.ESTALE},
	{name: "EUCLEAN", number: unix.EUCLEAN},
	{name: "ENOTNAM", number: unix.ENOTNAM},
	{name: "ENAVAIL", number: unix.ENAVAIL},
	{name: "EISNAM", number: unix.EISNAM},
	{name: "EREMOTEIO", number: unix.EREMOTEIO},
	{name: "EDQUOT", number: unix.EDQUOT},
	{name: "ENOMEDIUM", number: unix.ENOMEDIUM},
	{name: "EMEDIUMTYPE", number: unix.EMEDIUMTYPE},
	{name: "ECANCELED", number: unix.ECANCELED},
	{name: "ENOKEY", number: unix.ENOKEY},
	{name: "EKEYEXPIRED", number: unix.EKEYEXPIRED},
	{name: "EKEYREVOKED", number: unix.EKEYREVOKED},
	{name: "EKEYREJECTED", number: unix.EKEYREJECTED},
	{name: "EOWNERDEAD", number: unix.EOWNERDEAD},
	{name: "ENOTRECOVERABLE", number: unix.ENOTRECOVERABLE},
	{name: "ERFKILL", number: unix.ERFKILL},
	{name: "EHWPOISON", number: unix.EHWPOISON, since: pyval.Version{Major: 3, Minor: 14}},
}
