"""Which device, which compute type, and what comes next when one fails."""

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.speech.device import (
    choose_compute_type,
    cublas_libraries,
    has_nvidia_card,
    ladder,
    next_step,
)

AUTO, CUDA, CPU = ladder("auto"), ladder("cuda"), ladder("cpu")
FIRST_CPU = len(CUDA)


def test_auto_is_the_gpu_and_then_the_processor():
    assert AUTO == CUDA + CPU
    assert {step.device for step in CUDA} == {"cuda"}
    assert {step.device for step in CPU} == {"cpu"}


@pytest.mark.parametrize("device", ["cuda", "cpu"])
def test_every_rung_of_a_ladder_needs_less_than_the_one_before(device):
    steps = ladder(device)
    assert len(set(steps)) == len(steps)
    for above, below in pairwise(steps):
        assert below.batch_size <= above.batch_size
        assert below.smaller >= above.smaller
    assert [step.batch_size for step in CUDA[:3]] == [16, 8, 1]
    assert steps[-1].smaller
    assert not steps[0].smaller


@pytest.mark.parametrize(
    ("steps", "at", "code", "following"),
    [
        (AUTO, 0, ErrorCode.OUT_OF_MEMORY, 1),
        (AUTO, 0, ErrorCode.ENGINE_DIED, 1),
        (AUTO, 0, ErrorCode.ENGINE_HUNG, 1),
        (AUTO, 0, ErrorCode.NO_DEVICE, FIRST_CPU),
        (AUTO, 3, ErrorCode.NO_DEVICE, FIRST_CPU),
        (AUTO, FIRST_CPU - 1, ErrorCode.OUT_OF_MEMORY, FIRST_CPU),
        (AUTO, len(AUTO) - 1, ErrorCode.OUT_OF_MEMORY, None),
        (CUDA, 0, ErrorCode.NO_DEVICE, None),
        (CPU, 0, ErrorCode.OUT_OF_MEMORY, 1),
        (CPU, len(CPU) - 1, ErrorCode.ENGINE_DIED, None),
        (AUTO, 0, ErrorCode.MODEL_CORRUPT, None),
        (AUTO, 0, ErrorCode.ENGINE_FAILED, None),
        (AUTO, 0, ErrorCode.DISK_FULL, None),
    ],
)
def test_what_is_tried_after_a_failure(steps, at, code, following):
    assert next_step(steps, at, KnownError(code)) == following


@pytest.mark.parametrize(
    ("wanted", "device", "supported", "chosen"),
    [
        ("float16", "cuda", ["float16", "float32", "int8", "int8_float16"], "float16"),
        ("int8_float16", "cuda", ["float16", "int8_float16"], "int8_float16"),
        ("int8_float16", "cuda", ["float16", "float32"], "float16"),  # Blackwell: no int8
        ("float16", "cuda", ["float32", "int8"], "int8"),  # Pascal: no fast float16
        ("int8", "cpu", ["float32", "int8", "int8_float32"], "int8"),
        ("int8", "cpu", ["float32"], "float32"),
        ("float16", "cpu", ["float32", "int8"], "int8"),
        ("int8", "cpu", [], "default"),
    ],
)
def test_the_compute_type_is_one_that_the_device_has(wanted, device, supported, chosen):
    assert choose_compute_type(wanted, device, supported) == chosen


LAYOUTS = {
    "linux": ("lib", ["libcublasLt.so.12", "libcublas.so.12"]),
    "win32": ("bin", ["cublasLt64_12.dll", "cublas64_12.dll"]),
}


@pytest.mark.parametrize("platform", LAYOUTS)
def test_cublas_is_found_in_the_nvidia_package_lt_first(platform, tmp_path):
    for folder, names in LAYOUTS.values():
        place = tmp_path / "site" / "nvidia" / "cublas" / folder
        place.mkdir(parents=True)
        for name in (*names, "libnvblas.so.12", "nvblas64_12.dll"):
            (place / name).touch()
    folder, names = LAYOUTS[platform]
    sites = [tmp_path / "empty", tmp_path / "site"]
    found = list(cublas_libraries(sites, platform))
    assert found == [tmp_path / "site/nvidia/cublas" / folder / name for name in names]


def test_a_platform_without_cuda_has_no_cublas(tmp_path):
    assert list(cublas_libraries([tmp_path], "darwin")) == []


PRELOAD = """
import ctypes, json, os, sys
sys.path.append(sys.argv[1])
from voicerec_desktop.speech.device import preload_cublas
notes = preload_cublas()
try: answer = ctypes.CDLL("libcublas.so.12").answer()
except OSError as error: answer = str(error)
print(json.dumps([notes, answer, "CUDA_PATH" in os.environ]))
"""


@pytest.fixture
def preload(tmp_path):
    """What preloading says, what a load by name then gives, whether CUDA_PATH is still there."""
    if not sys.platform.startswith("linux"):
        pytest.skip("shared libraries of Linux")

    def run():
        import json
        import os

        environment = {**os.environ, "CUDA_PATH": "/opt/cuda-13"}
        command = [sys.executable, "-c", PRELOAD, str(tmp_path)]
        done = subprocess.run(command, capture_output=True, env=environment, check=True)
        return json.loads(done.stdout)

    return run


@pytest.fixture
def cublas(tmp_path):
    """A place for the libraries of an nvidia package that a program could import from."""
    folder = tmp_path / "nvidia" / "cublas" / "lib"
    folder.mkdir(parents=True)
    return folder


def build(path: Path, source: str, *options: str) -> None:
    """A real shared library with its soname, as nvidia's have it."""
    import shutil

    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler")
    code = path.with_suffix(".c")
    code.write_text(source)
    named = [f"-Wl,-soname,{path.name}", "-shared", "-fPIC", "-o", str(path), str(code)]
    subprocess.run([compiler, *named, *options], check=True)


def test_preloaded_cublas_is_what_a_later_load_by_name_gets(preload, cublas):
    build(cublas / "libcublasLt.so.12", "int answer_lt(void) { return 42; }")
    lt = [f"-L{cublas}", "-l:libcublasLt.so.12"]  # found only because it is loaded before
    build(
        cublas / "libcublas.so.12",
        "int answer_lt(void); int answer(void) { return answer_lt(); }",
        *lt,
    )
    notes, answer, cuda_path = preload()
    assert notes == ["loaded libcublasLt.so.12", "loaded libcublas.so.12"]
    assert answer == 42
    assert not cuda_path, "a toolkit of the user must not win over ours"


def test_broken_cublas_is_noted_and_nothing_more(preload, cublas):
    for name in ("libcublasLt.so.12", "libcublas.so.12"):
        (cublas / name).write_bytes(b"no library")
    notes, answer, _ = preload()
    assert [note.split(":")[0] for note in notes] == ["libcublasLt.so.12", "libcublas.so.12"]
    assert isinstance(answer, str)


def test_without_cublas_there_is_nothing_to_note(preload):
    notes, _, cuda_path = preload()
    assert notes == []
    assert not cuda_path


@pytest.mark.skipif(sys.platform == "win32", reason="where Linux keeps it")
def test_a_card_is_known_by_its_driver_without_loading_it(tmp_path):
    assert not has_nvidia_card(tmp_path)
    (tmp_path / "proc/driver/nvidia/gpus").mkdir(parents=True)
    assert has_nvidia_card(tmp_path)
