"""Starts a program as on a kernel that lacks calls of the system.

    oldkernel.py landlock|seccomp,landlock PROGRAM ARGUMENT...
"""
import ctypes
import os
import platform
import struct
import sys

CALLS = {"landlock": [444, 445, 446], "seccomp": [317 if platform.machine() == "x86_64" else 277]}
ALLOWED, UNKNOWN = 0x7FFF0000, 0x00050000 | 38  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO | ENOSYS
LOAD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 22, 38

steps = [(LOAD, 0, 0, 0)]
for lack in sys.argv[1].split(","):
    for number in CALLS[lack]:
        steps += [(JUMP_IF_EQUAL, 0, 1, number), (RETURN, 0, 0, UNKNOWN)]
steps.append((RETURN, 0, 0, ALLOWED))
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))

prctl = ctypes.CDLL(None, use_errno=True).prctl
assert prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
assert prctl(PR_SET_SECCOMP, 2, program, 0, 0) == 0, os.strerror(ctypes.get_errno())
os.execv(sys.argv[2], sys.argv[2:])
