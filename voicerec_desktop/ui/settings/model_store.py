"""The models as the window sees them: which are here, and what happens to them now.

One for each session, so that a download goes on when the settings are closed.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.core.process_options import EMBEDDED_DIARIZATION, SMALLEST_MODEL
from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.lanes import Task
from voicerec_desktop.ui.notices import Notice
from voicerec_desktop.ui.session import Session

if TYPE_CHECKING:
    from voicerec_desktop.speech.catalogue import Catalogue

TICK_MS = 200
Activity = Literal["", "waiting", "downloading", "verifying", "removing", "importing"]
DEFAULTS = {"asr": SMALLEST_MODEL, "diarization": EMBEDDED_DIARIZATION}
SETTINGS = {"asr": "model", "diarization": "diarization_model"}


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model.

    Attributes:
        here: it can be used.
        damaged: its folder is there, but not whole.
        carried: it comes with the program.
        source: somebody can be asked for it: a hub, or a mirror if there is one.
        fetched: bytes of a download that did not end.
    """

    id: str
    kind: str
    size: int
    licence: str
    gated: bool
    here: bool
    damaged: bool
    carried: bool
    source: bool
    fetched: int


class ModelStore(QObject):
    """Lists, fetches, imports, verifies and removes models on their lane.

    Signals:
        changed: the rows, or what happens to a model.
        progressed: a download is further.
        verified: a model's id and its damaged files, none where it is sound.
        failed: a model's id, or "" for an import, and the exception.
        imported: the id of the new model.
    """

    changed = Signal()
    progressed = Signal(str)
    verified = Signal(str, object)
    failed = Signal(str, object)
    imported = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.rows: tuple[ModelRow, ...] = ()
        self._doing: dict[str, tuple[Activity, Task]] = {}
        self._done: dict[str, tuple[int, int]] = {}
        self._dropped: set[str] = set()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    @staticmethod
    def of(session: Session) -> "ModelStore":
        """The one of this session."""
        found = session.findChild(ModelStore)
        return found if isinstance(found, ModelStore) else ModelStore(session)

    def activity(self, model_id: str) -> Activity:
        """What happens to a model now; for an import the id is ""."""
        activity: Activity = self._doing[model_id][0] if model_id in self._doing else ""
        waits = activity == "downloading" and model_id not in self._done
        return "waiting" if waits else activity

    def progress(self, model_id: str) -> tuple[int, int]:
        """Bytes of a download: here, and in all."""
        return self._done.get(model_id, (0, 0))

    def refresh(self) -> None:
        """Read the rows again."""
        task = self._session.lanes["files"].start(lambda _: _rows(self._session.catalogue()))
        task.finished.connect(self._on_rows)
        task.failed.connect(self._session.report)

    @Slot(object)
    def _on_rows(self, rows: tuple[ModelRow, ...]) -> None:
        self.rows = rows
        self.changed.emit()

    def download(self, model_id: str) -> None:
        """Get a model, or go on with getting it."""
        mirror = self._session.settings.mirror or os.environ.get("VOICEREC_MIRROR")

        def work(catalogue: "Catalogue", cancel: CancelToken) -> object:
            from voicerec_desktop.secrets import HUB, read_secret

            folder = self._session.home.config
            return catalogue.fetch(
                model_id,
                mirror=mirror or None,
                token=os.environ.get("HF_TOKEN") or read_secret(HUB, folder) or None,
                on_progress=partial(self._note, model_id),
                cancel=cancel,
            )

        task = self._start(model_id, "downloading", work)
        if task is not None:
            task.finished.connect(self._on_downloaded)
            self._timer.start()

    def _note(self, model_id: str, done: int, total: int) -> None:
        """Called on the lane; the main thread looks at it some times a second."""
        self._done[model_id] = (done, total)

    def pause(self, model_id: str) -> None:
        """Stop a download; what came is kept."""
        if model_id in self._doing:
            self._doing[model_id][1].cancel()

    def cancel(self, model_id: str) -> None:
        """Stop a download and delete what came of it."""
        if model_id in self._doing:
            self._dropped.add(model_id)
            self.pause(model_id)
        else:
            self._discard(model_id)

    def _discard(self, model_id: str) -> None:
        self._start(model_id, "removing", lambda catalogue, _: catalogue.discard(model_id))

    def verify(self, model_id: str) -> None:
        """Compare the files of a model with their hashes; `verified` follows."""
        task = self._start(
            model_id, "verifying", lambda catalogue, _: (model_id, catalogue.verify(model_id))
        )
        if task is not None:
            task.finished.connect(self._on_verified)

    def remove(self, model_id: str) -> None:
        """Delete a model; if it is the chosen one, the one that comes with us takes its place."""
        for kind, setting in SETTINGS.items():
            if getattr(self._session.settings, setting) == model_id:
                self._session.update_settings(**{setting: DEFAULTS[kind]})
        self._start(model_id, "removing", lambda catalogue, _: catalogue.remove(model_id))

    def import_path(self, path: Path) -> None:
        """Take a model from a folder or a zip; `imported` or `failed` follows."""
        task = self._start("", "importing", lambda catalogue, _: catalogue.import_path(path).id)
        if task is not None:
            task.finished.connect(self._on_imported)

    def _start(
        self,
        model_id: str,
        activity: Activity,
        work: Callable[["Catalogue", CancelToken], object],
    ) -> Task | None:
        if model_id in self._doing:
            return None
        self._done.pop(model_id, None)
        task = self._session.lanes["models"].start(
            lambda cancel: work(self._session.catalogue(), cancel)
        )
        task.setObjectName(model_id)
        task.failed.connect(self._on_failed)
        task.settled.connect(self._on_settled)
        self._doing[model_id] = (activity, task)
        self.changed.emit()
        return task

    @Slot(object)
    def _on_downloaded(self, folder: Path) -> None:
        text = fill(self.tr("The model %1 is here and can be used."), folder.name)
        self._session.notify(Notice("good", text, f"model {folder.name}"))

    @Slot(object)
    def _on_verified(self, found: tuple[str, list[str]]) -> None:
        self.verified.emit(*found)

    @Slot(object)
    def _on_imported(self, model_id: str) -> None:
        self.imported.emit(model_id)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        task = self.sender()
        assert task is not None
        self.failed.emit(task.objectName(), error)
        if not isinstance(error, KnownError):
            self._session.report(error)

    @Slot()
    def _on_settled(self) -> None:
        task = self.sender()
        assert task is not None
        model_id = task.objectName()
        del self._doing[model_id]
        self._done.pop(model_id, None)
        if not self._done:
            self._timer.stop()
        if model_id in self._dropped:
            self._dropped.discard(model_id)
            self._discard(model_id)
        self.refresh()

    @Slot()
    def _on_tick(self) -> None:
        for model_id in tuple(self._done):
            self.progressed.emit(model_id)


def _rows(catalogue: "Catalogue") -> tuple[ModelRow, ...]:
    from voicerec_desktop.speech.catalogue import ModelState

    return tuple(
        ModelRow(
            model.id,
            model.kind,
            model.size,
            model.licence,
            model.gated,
            here=state in (ModelState.INSTALLED, ModelState.EMBEDDED),
            damaged=state == ModelState.INCOMPLETE,
            carried=catalogue.carried(model.id),
            source=bool(model.hub) or catalogue.carried(model.id),
            fetched=catalogue.fetched(model.id),
        )
        for model in catalogue.models()
        for state in (catalogue.state(model.id),)
    )
