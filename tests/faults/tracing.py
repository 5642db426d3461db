"""Runs a program in a fork of this process, traced: it stands still before every call that writes.

The kernel stops it only at the calls of WRITING: a seccomp filter hands these to the tracer and lets all others
through. What has to be loaded is loaded before, once. The process that traces must have no threads.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

# The calls that change a file, a folder or what is on the disk, by their numbers.
WRITING = {
    "x86_64": {
        "write": 1,
        "pwrite64": 18,
        "writev": 20,
        "sendfile": 40,
        "fsync": 74,
        "fdatasync": 75,
        "ftruncate": 77,
        "rename": 82,
        "mkdir": 83,
        "rmdir": 84,
        "link": 86,
        "unlink": 87,
        "symlink": 88,
        "chmod": 90,
        "fchmod": 91,
        "mkdirat": 258,
        "unlinkat": 263,
        "renameat": 264,
        "linkat": 265,
        "fallocate": 285,
        "pwritev": 296,
        "renameat2": 316,
        "copy_file_range": 326,
    },
    "aarch64": {
        "mkdirat": 34,
        "unlinkat": 35,
        "linkat": 37,
        "renameat": 38,
        "ftruncate": 46,
        "fallocate": 47,
        "fchmod": 52,
        "write": 64,
        "writev": 66,
        "pwrite64": 68,
        "pwritev": 70,
        "sendfile": 71,
        "fsync": 82,
        "fdatasync": 83,
        "renameat2": 276,
        "copy_file_range": 285,
    },
}
_NAMES = {number: name for name, number in WRITING[platform.machine()].items()}
# Where the number of the call, its first argument and its answer stand among the registers.
_PLACES = {"x86_64": (15, 14, 10), "aarch64": (8, 0, 0)}
_TRACEME, _CONT, _SETOPTIONS, _GETREGSET, _SETREGSET = 0, 7, 0x4200, 0x4204, 0x4205
_GENERAL, _SYSTEM_CALL = 1, 0x404
_OPTIONS = 0x00100000 | 0x80 | 0x02 | 0x04 | 0x08  # kill with the tracer; seccomp; fork, vfork and clone
_AT_CALL = signal.SIGTRAP | (7 << 8)
_SIGNALS, _THREADS_TOO = 0xFF, 0x40000000
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _TRACE = 0x7FFF0000, 0x7FF00000
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
_libc.ptrace.restype = ctypes.c_long


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction)))


class _Vector(ctypes.Structure):
    _fields_ = (("place", ctypes.c_void_p), ("length", ctypes.c_size_t))


class Call(NamedTuple):
    """A call of the system that a program is about to make: its name, and its first argument as a number."""

    name: str
    first: int


def stop_before_writes(program: Callable[[], int]) -> Generator[Call, int | None, int]:
    """Run a program in a process of its own; gives each call that writes, before it is made, and the exit code.

    What is sent back is the number of an error with which that call fails; sent nothing, the call is made.
    """
    child = os.fork()
    if child == 0:
        _become(program)
    os.waitpid(child, 0)
    _trace(_SETOPTIONS, child, _OPTIONS)
    _trace(_CONT, child)
    while True:
        stopped, status = os.waitpid(-1, _THREADS_TOO)
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            if stopped == child:
                return os.waitstatus_to_exitcode(status)
            continue
        if status >> 8 == _AT_CALL:
            registers = _Registers(stopped)
            error = yield Call(_NAMES[registers.number], registers.first)
            if error is not None:
                registers.fail(error)
        of_tracing = status >> 8 > _SIGNALS or os.WSTOPSIG(status) in {signal.SIGTRAP, signal.SIGSTOP}
        _trace(_CONT, stopped, 0 if of_tracing else os.WSTOPSIG(status))


class _Registers:
    """The registers of a process that stands before a call: user_regs_struct, or user_pt_regs with 64-bit ARM."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._words = (ctypes.c_uint64 * 34)()
        self._exchange(_GETREGSET, _GENERAL, self._words)
        self.number, self.first = (int(self._words[place]) for place in _PLACES[platform.machine()][:2])

    def fail(self, error: int) -> None:
        """Let the call not be made, and look as if it had answered with an error."""
        *_, answer = _PLACES[platform.machine()]
        self._words[answer] = -error & 0xFFFFFFFFFFFFFFFF
        if platform.machine() == "x86_64":
            self._words[_PLACES["x86_64"][0]] = -1 & 0xFFFFFFFFFFFFFFFF
        else:
            self._exchange(_SETREGSET, _SYSTEM_CALL, (ctypes.c_int * 1)(-1))
        self._exchange(_SETREGSET, _GENERAL, self._words)

    def _exchange(
        self, request: int, what: int, place: ctypes.Array[ctypes.c_uint64] | ctypes.Array[ctypes.c_int]
    ) -> None:
        vector = _Vector(ctypes.addressof(place), ctypes.sizeof(place))
        _check(_libc.ptrace(request, self._process, what, ctypes.addressof(vector)))
        if request == _GETREGSET and vector.length < 27 * 8:
            raise OSError("the registers could not be read")


def _become(program: Callable[[], int]) -> NoReturn:
    code = 99
    try:
        _trace(_TRACEME, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        _hand_over_writing()
        code = program()
    finally:
        os._exit(code)


def _hand_over_writing() -> None:
    numbers = sorted(WRITING[platform.machine()].values())
    steps = [_Instruction(_LOAD, 0, 0, 0)]
    steps += [_Instruction(_EQUAL, len(numbers) - place, 0, number) for place, number in enumerate(numbers)]
    steps += [_Instruction(_RETURN, 0, 0, _ALLOW), _Instruction(_RETURN, 0, 0, _TRACE)]
    listed = (_Instruction * len(steps))(*steps)
    _check(_libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _check(_libc.prctl(_SECCOMP, _FILTER, ctypes.byref(_Program(len(steps), listed)), 0, 0))


def _trace(request: int, process: int, data: int = 0) -> None:
    _check(_libc.ptrace(request, process, None, data))


def _check(answer: int) -> None:
    if answer == -1:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
