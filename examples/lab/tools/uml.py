#!/usr/bin/python3
"""Starts User-Mode Linux on any x86-64 CPU. It moves its processes' vector registers by ptrace with a buffer of fixed size, which
newer CPUs (AMX) outgrow: the machine's kernel then refuses to set them, and the first process dies. Told that there is no such
call, it moves the x87 and SSE registers alone; what AVX adds stays in each process of the machine, so nothing is lost. A seccomp
filter tells it so.

usage: uml.py KERNEL WORDS...      becomes KERNEL"""
import ctypes
import os
import struct
import sys

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06  # BPF: load a word, jump if equal, return
ALLOW, ERRNO, EIO = 0x7fff0000, 0x00050000, 5
CALL_NUMBER, ARCHITECTURE, FIRST, THIRD = 0, 4, 16, 32  # offsets in struct seccomp_data, low words
X86_64, PTRACE, PTRACE_GETREGSET, NT_X86_XSTATE = 0xc000003e, 101, 0x4204, 0x202


def unless(offset, value, steps):
    """Goes on if the word there is `value`, else jumps `steps` instructions ahead."""
    return struct.pack('HBBI', LOAD, 0, 0, offset) + struct.pack('HBBI', EQUAL, 0, steps, value)


def main():
    program = (unless(ARCHITECTURE, X86_64, 7) + unless(CALL_NUMBER, PTRACE, 5) + unless(FIRST, PTRACE_GETREGSET, 3)
               + unless(THIRD, NT_X86_XSTATE, 1)
               + struct.pack('HBBI', RETURN, 0, 0, ERRNO | EIO) + struct.pack('HBBI', RETURN, 0, 0, ALLOW))
    code = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack('HxxxxxxQ', len(program) // 8, ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, header, 0, 0):
        sys.exit('no seccomp filter: ' + os.strerror(ctypes.get_errno()))
    os.execvp(sys.argv[1], sys.argv[1:])


main()
