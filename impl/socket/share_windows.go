package socket

// Ioctl is Python's socket.ioctl (sock_ioctl), which only Windows has. It fails:
// see the package's documentation.
func (s *Socket) Ioctl(control uint32, option uint32) error { return unsupported }

// Share is Python's socket.share (sock_share), which only Windows has. It fails:
// see the package's documentation.
func (s *Socket) Share(process int) ([]byte, error) { return nil, unsupported }

// FromShare is Python's socket.fromshare, which only Windows has. It fails: see
// the package's documentation.
func FromShare(info []byte) (*Socket, error) { return nil, unsupported }
