// Package cmsg lays out and reads control messages: the buffer of ancillary data
// that sendmsg(2) and recvmsg(2) take, a row of items that each have a header
// (struct cmsghdr), data, and padding to the size of a pointer.
//
//	| length (size_t) | level (int) | type (int) | data … | padding | length | …
//
// Where a buffer ends too early, the rules are those of CPython (cmsg_min_space,
// get_cmsg_data_len in socketmodule.c) and of glibc's CMSG_NXTHDR.
package cmsg
