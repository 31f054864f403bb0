def _type_and_mode(path):
    mode = _stat.lstat(path).st_mode
    return {8: "file", 4: "dir", 12: "socket", 1: "fifo", 2: "char", 6: "block", 10: "link"}[mode >> 12], mode & 0o777


_stat, os = os, types.SimpleNamespace(**vars(os))
os.stat = _type_and_mode


