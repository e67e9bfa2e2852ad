"""Which device inference runs on, and what is tried next when it fails."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicerec_desktop.core.errors import ErrorCode, KnownError

COMPUTE_TYPES = {
    "cuda": ("float16", "int8_float16", "int8", "float32"),
    "cpu": ("int8", "float32"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of the ladder: how an attempt runs. `smaller`: with the smallest model."""

    device: str
    compute_type: str
    batch_size: int
    smaller: bool = False


_CUDA = (
    Step("cuda", "float16", 16),
    Step("cuda", "float16", 8),
    Step("cuda", "float16", 1),
    Step("cuda", "int8_float16", 1),
    Step("cuda", "int8_float16", 1, smaller=True),
)
_CPU = (Step("cpu", "int8", 8), Step("cpu", "int8", 1), Step("cpu", "int8", 1, smaller=True))


def processors() -> int:
    """Processors that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def ladder(device: str) -> tuple[Step, ...]:
    """The attempts for a chosen device, best first: "auto", "cuda" or "cpu"."""
    return {"auto": _CUDA + _CPU, "cuda": _CUDA, "cpu": _CPU}[device]


def next_step(steps: Sequence[Step], at: int, error: KnownError) -> int | None:
    """The rung to try after `error` on rung `at`, or None where trying again cannot help."""
    skip_device = error.code in (ErrorCode.NO_DEVICE,)
    if not skip_device and error.code not in (
        ErrorCode.OUT_OF_MEMORY,
        ErrorCode.ENGINE_DIED,
        ErrorCode.ENGINE_HUNG,
    ):
        return None
    for i in range(at + 1, len(steps)):
        if not (skip_device and steps[i].device == steps[at].device):
            return i
    return None


def choose_compute_type(wanted: str, device: str, supported: Sequence[str]) -> str:
    """The wanted compute type, else the first that this device supports in our order."""
    order = (wanted, *COMPUTE_TYPES[device])
    return next((name for name in order if name in supported), "default")


def cublas_libraries(site_folders: Sequence[Path], platform: str) -> Iterator[Path]:
    """The cuBLAS libraries of an installed nvidia-cublas-cu12 package, in loading order."""
    names = {
        "win32": ("bin", "cublasLt64_12.dll", "cublas64_12.dll"),
        "linux": ("lib", "libcublasLt.so.12", "libcublas.so.12"),
    }
    folder, *libraries = names.get(platform, ("",))
    for site in site_folders:
        for library in libraries:
            path = site / "nvidia" / "cublas" / folder / library
            if path.is_file():
                yield path


def preload_cublas() -> list[str]:
    """Load cuBLAS 12 by full path before CTranslate2 looks for it by name.

    `LD_LIBRARY_PATH` is read only when a process starts, and on Windows a user's CUDA_PATH would
    win over ours. Returns what was loaded or why not, for the log.
    """
    import ctypes

    os.environ.pop("CUDA_PATH", None)
    notes = []
    for path in cublas_libraries([Path(p) for p in sys.path], sys.platform):
        try:
            if sys.platform == "win32":
                _dll_folders.append(os.add_dll_directory(str(path.parent)))
                ctypes.WinDLL(str(path))
            else:
                ctypes.CDLL(str(path), mode=ctypes.RTLD_GLOBAL)
            notes.append(f"loaded {path.name}")
        except OSError as error:
            notes.append(f"{path.name}: {error}")
    return notes


_dll_folders: list[object] = []  # a closed handle would take the folder off the search path


def has_nvidia_card(system: Path | None = None) -> bool:
    """Whether a driver for an NVIDIA card is at work; nothing is loaded for that.

    Args:
        system: the root of the file system, or Windows' own folder.
    """
    if sys.platform == "win32":
        windows = system or Path(os.environ.get("SYSTEMROOT", r"C:\Windows"))
        return (windows / "System32" / "nvcuda.dll").is_file()
    root = system or Path("/")
    folders = (root / "proc/driver/nvidia/gpus", root / "dev/dxg")  # the second: under WSL
    return any(folder.exists() for folder in folders)
