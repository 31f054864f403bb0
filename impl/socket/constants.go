package socket

import (
	"github.com/pyparity/pyparity/pyref/base/unix"

	"github.com/pyparity/pyparity/impl/internal/resolve"
	"github.com/pyparity/pyparity/impl/internal/sockaddr"
)

// Address families.
const (
	AF_UNSPEC    = unix.AF_UNSPEC
	AF_UNIX      = unix.AF_UNIX
	AF_INET      = unix.AF_INET
	AF_INET6     = unix.AF_INET6
	AF_NETLINK   = unix.AF_NETLINK
	AF_PACKET    = unix.AF_PACKET
	AF_VSOCK     = unix.AF_VSOCK
	AF_ALG       = unix.AF_ALG
	AF_CAN       = unix.AF_CAN
	AF_TIPC      = unix.AF_TIPC
	AF_QIPCRTR   = unix.AF_QIPCRTR
	AF_BLUETOOTH = unix.AF_BLUETOOTH
	AF_RDS       = unix.AF_RDS
)

// Context ids of AF_VSOCK.
const (
	VMADDR_CID_ANY   = unix.VMADDR_CID_ANY
	VMADDR_CID_HOST  = unix.VMADDR_CID_HOST
	VMADDR_CID_LOCAL = unix.VMADDR_CID_LOCAL
	VMADDR_PORT_ANY  = unix.VMADDR_PORT_ANY
)

// Protocols of AF_CAN.
const (
	CAN_RAW   = unix.CAN_RAW
	CAN_BCM   = unix.CAN_BCM
	CAN_ISOTP = unix.CAN_ISOTP
	CAN_J1939 = unix.CAN_J1939
)

// Protocols of AF_BLUETOOTH.
const (
	BTPROTO_L2CAP  = sockaddr.BTProtoL2CAP
	BTPROTO_HCI    = sockaddr.BTProtoHCI
	BTPROTO_SCO    = sockaddr.BTProtoSCO
	BTPROTO_RFCOMM = sockaddr.BTProtoRFCOMM
)

// Types of addresses of AF_TIPC, and their default scope.
const (
	TIPC_ADDR_NAMESEQ  = 1
	TIPC_ADDR_NAME     = 2
	TIPC_ADDR_ID       = 3
	TIPC_CLUSTER_SCOPE = 2
)

// The level and the control messages of AF_ALG, and the operations of
// SendMsgAfAlg.
const (
	SOL_ALG               = unix.SOL_ALG
	ALG_SET_KEY           = unix.ALG_SET_KEY
	ALG_SET_IV            = unix.ALG_SET_IV
	ALG_SET_OP            = unix.ALG_SET_OP
	ALG_SET_AEAD_ASSOCLEN = unix.ALG_SET_AEAD_ASSOCLEN
	ALG_OP_DECRYPT        = unix.ALG_OP_DECRYPT
	ALG_OP_ENCRYPT        = unix.ALG_OP_ENCRYPT
)

// Kinds of sockets, and the flags that New takes with them.
const (
	SOCK_STREAM    = unix.SOCK_STREAM
	SOCK_DGRAM     = unix.SOCK_DGRAM
	SOCK_RAW       = unix.SOCK_RAW
	SOCK_RDM       = unix.SOCK_RDM
	SOCK_SEQPACKET = unix.SOCK_SEQPACKET

	SOCK_CLOEXEC  = unix.SOCK_CLOEXEC
	SOCK_NONBLOCK = unix.SOCK_NONBLOCK
)

// Protocols, which are levels of options too.
const (
	IPPROTO_IP   = unix.IPPROTO_IP
	IPPROTO_TCP  = unix.IPPROTO_TCP
	IPPROTO_UDP  = unix.IPPROTO_UDP
	IPPROTO_IPV6 = unix.IPPROTO_IPV6
)

// Options of SOL_SOCKET.
const (
	SOL_SOCKET = unix.SOL_SOCKET

	SO_ACCEPTCONN = unix.SO_ACCEPTCONN
	SO_BROADCAST  = unix.SO_BROADCAST
	SO_ERROR      = unix.SO_ERROR
	SO_KEEPALIVE  = unix.SO_KEEPALIVE
	SO_LINGER     = unix.SO_LINGER
	SO_OOBINLINE  = unix.SO_OOBINLINE
	SO_PASSCRED   = unix.SO_PASSCRED
	SO_PROTOCOL   = unix.SO_PROTOCOL
	SO_RCVBUF     = unix.SO_RCVBUF
	SO_RCVLOWAT   = unix.SO_RCVLOWAT
	SO_RCVTIMEO   = unix.SO_RCVTIMEO
	SO_REUSEADDR  = unix.SO_REUSEADDR
	SO_REUSEPORT  = unix.SO_REUSEPORT
	SO_SNDBUF     = unix.SO_SNDBUF
	SO_SNDTIMEO   = unix.SO_SNDTIMEO
	SO_TYPE       = unix.SO_TYPE
)

// Options of other levels.
const (
	IPV6_V6ONLY  = unix.IPV6_V6ONLY
	TCP_NODELAY  = unix.TCP_NODELAY
	TCP_MAXSEG   = unix.TCP_MAXSEG
	TCP_KEEPIDLE = unix.TCP_KEEPIDLE
)

// Types of ancillary data at SOL_SOCKET.
const (
	SCM_CREDENTIALS = unix.SCM_CREDENTIALS
	SCM_RIGHTS      = unix.SCM_RIGHTS
)

// Flags of the calls that send and receive.
const (
	MSG_CMSG_CLOEXEC = unix.MSG_CMSG_CLOEXEC
	MSG_CTRUNC       = unix.MSG_CTRUNC
	MSG_DONTWAIT     = unix.MSG_DONTWAIT
	MSG_EOR          = unix.MSG_EOR
	MSG_ERRQUEUE     = unix.MSG_ERRQUEUE
	MSG_MORE         = unix.MSG_MORE
	MSG_NOSIGNAL     = unix.MSG_NOSIGNAL
	MSG_OOB          = unix.MSG_OOB
	MSG_PEEK         = unix.MSG_PEEK
	MSG_TRUNC        = unix.MSG_TRUNC
	MSG_WAITALL      = unix.MSG_WAITALL
)

// Directions of Shutdown.
const (
	SHUT_RD   = unix.SHUT_RD
	SHUT_WR   = unix.SHUT_WR
	SHUT_RDWR = unix.SHUT_RDWR
)

// SOMAXCONN is the largest backlog that the headers promise; DefaultBacklog is
// that of Python's listen() without an argument.
const (
	SOMAXCONN      = 4096
	DefaultBacklog = 128
)

// Flags of GetAddrInfo.
const (
	AI_PASSIVE     = resolve.AIPassive
	AI_CANONNAME   = resolve.AICanonName
	AI_NUMERICHOST = resolve.AINumericHost
	AI_V4MAPPED    = resolve.AIV4Mapped
	AI_ALL         = resolve.AIAll
	AI_ADDRCONFIG  = resolve.AIAddrConfig
	AI_NUMERICSERV = resolve.AINumericServ
)

// Flags of GetNameInfo.
const (
	NI_NUMERICHOST = resolve.NINumericHost
	NI_NUMERICSERV = resolve.NINumericServ
	NI_NOFQDN      = resolve.NINoFQDN
	NI_NAMEREQD    = resolve.NINameReqd
	NI_DGRAM       = resolve.NIDgram
)

// Codes of gaierror.
const (
	EAI_BADFLAGS   = resolve.EAIBadFlags
	EAI_NONAME     = resolve.EAINoName
	EAI_AGAIN      = resolve.EAIAgain
	EAI_FAIL       = resolve.EAIFail
	EAI_NODATA     = resolve.EAINoData
	EAI_FAMILY     = resolve.EAIFamily
	EAI_SOCKTYPE   = resolve.EAISockType
	EAI_SERVICE    = resolve.EAIService
	EAI_ADDRFAMILY = resolve.EAIAddrFamily
	EAI_MEMORY     = resolve.EAIMemory
	EAI_SYSTEM     = resolve.EAISystem
	EAI_OVERFLOW   = resolve.EAIOverflow
)
