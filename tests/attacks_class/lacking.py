"""Run a command as if the kernel refused one system call: `python lacking.py CALL COMMAND…`."""

import errno
import os
import sys

import pyseccomp as seccomp

call, *command = sys.argv[1:]
rules = seccomp.SyscallFilter(seccomp.ALLOW)
if call == "prctl(PR_SET_SECCOMP)":
    rules.add_rule(seccomp.ERRNO(errno.EINVAL), "prctl", seccomp.Arg(0, seccomp.EQ, 22))
else:
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS if call.startswith("landlock") else errno.EPERM), call)
rules.load()
os.execv(command[0], command)
