"""`voicerec models`."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from voicerec_desktop.commands.session import cancelled_by_interrupt, open_catalogue
from voicerec_desktop.paths import Home
from voicerec_desktop.speech.catalogue import Catalogue, ModelState

EXIT_DAMAGED = 4


def models(arguments: argparse.Namespace, home: Home) -> int:
    """List, fetch, import and verify models."""
    return _ACTIONS[arguments.action](arguments, open_catalogue(home))


def _print(arguments: argparse.Namespace, value: Any, lines: list[str]) -> int:
    print(json.dumps(value, ensure_ascii=False, indent=1) if arguments.json else "\n".join(lines))
    return 0


def _list(arguments: argparse.Namespace, catalogue: Catalogue) -> int:
    rows: list[dict[str, Any]] = [
        {
            "id": model.id,
            "kind": model.kind,
            "state": catalogue.state(model.id).value,
            "size": model.size,
            "licence": model.licence,
            "gated": model.gated,
        }
        for model in catalogue.models()
    ]
    lines = [
        f"{row['id']:24} {row['state']:11} {row['size'] / 1e6:7.0f} MB  {row['licence']}"
        for row in rows
    ]
    return _print(arguments, rows, lines)


def _fetch(arguments: argparse.Namespace, catalogue: Catalogue) -> int:
    def on_progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\r{done / 1e6:.0f} / {total / 1e6:.0f} MB", end=end, file=sys.stderr)

    with cancelled_by_interrupt() as cancel:
        folder = catalogue.fetch(
            arguments.id,
            mirror=arguments.mirror or os.environ.get("VOICEREC_MIRROR"),
            token=os.environ.get("HF_TOKEN"),
            on_progress=on_progress,
            cancel=cancel,
        )
    return _print(arguments, {"id": arguments.id, "path": str(folder)}, [str(folder)])


def _import(arguments: argparse.Namespace, catalogue: Catalogue) -> int:
    model = catalogue.import_path(arguments.path)
    return _print(arguments, {"id": model.id, "kind": model.kind}, [model.id])


def _verify(arguments: argparse.Namespace, catalogue: Catalogue) -> int:
    here = (ModelState.INSTALLED, ModelState.EMBEDDED, ModelState.INCOMPLETE)
    bad = {
        model.id: catalogue.verify(model.id)
        for model in catalogue.models()
        if catalogue.state(model.id) in here
    }
    lines = [f"{name}: {', '.join(files) or 'sound'}" for name, files in bad.items()]
    _print(arguments, bad, lines)
    return EXIT_DAMAGED if any(bad.values()) else 0


def _path(arguments: argparse.Namespace, catalogue: Catalogue) -> int:
    folder = catalogue.locate(arguments.id)
    return _print(arguments, {"id": arguments.id, "path": str(folder)}, [str(folder)])


_ACTIONS: dict[str, Callable[[argparse.Namespace, Catalogue], int]] = {
    "list": _list,
    "fetch": _fetch,
    "import": _import,
    "verify": _verify,
    "path": _path,
}
