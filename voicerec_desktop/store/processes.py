"""Whether the process that wrote a row still lives."""

import os
import sys
from functools import cache
from pathlib import Path


def this() -> tuple[int, str]:
    """This process: its number and when it began."""
    return os.getpid(), started(os.getpid())


def lives(pid: int, when: str) -> bool:
    """Whether the process with this number still is the one that began then."""
    return when != "" and started(pid) == when


def started(pid: int) -> str:
    """When a process began, in a form that tells it from a later one with its number, or ""."""
    if sys.platform == "win32":
        return _started_windows(pid)
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else f"{_boot()}:{fields[19]}"


@cache
def _boot() -> str:
    """Numbers and times since boot come again after the next one."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _started_windows(pid: int) -> str:
    if sys.platform != "win32":
        return ""
    import ctypes
    from ctypes import wintypes

    still_active, query = 259, 0x1000
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = wintypes.HANDLE
    kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
    times = [wintypes.FILETIME() for _ in range(4)]
    code = wintypes.DWORD()
    handle = kernel.OpenProcess(query, False, pid)
    if not handle:
        return ""
    try:
        process = wintypes.HANDLE(handle)
        kernel.GetExitCodeProcess(process, ctypes.byref(code))
        if code.value != still_active:
            return ""
        if not kernel.GetProcessTimes(process, *(ctypes.byref(time) for time in times)):
            return ""
    finally:
        kernel.CloseHandle(wintypes.HANDLE(handle))
    return f"{times[0].dwHighDateTime}:{times[0].dwLowDateTime}"
