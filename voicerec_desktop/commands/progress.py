"""Progress of a meeting on a terminal's stderr."""

import sys
import threading
from typing import TYPE_CHECKING

from voicerec_desktop.error_texts import system_language
from voicerec_desktop.pipeline import events

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_TEXTS = {
    "decode": ("Reading sound", "Чтение звука"),
    "asr": ("Recognising speech", "Распознавание речи"),
    "diarization": ("Telling speakers apart", "Разделение говорящих"),
    "attribution": ("Putting together", "Сборка"),
    "minutes": ("Writing minutes", "Составление протокола"),
    "truncated": (
        "the file is damaged or cut off: what could be read is transcribed",
        "файл повреждён или обрывается: распознано то, что удалось прочитать",
    ),
    "degraded": ("goes on more slowly on", "продолжается медленнее:"),
}


def _text(key: str) -> str:
    return _TEXTS.get(key, _TEXTS["truncated"])[system_language() == "ru"]


class TerminalProgress:
    """A bar per stage while a meeting is processed; notices only where there is no terminal."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._lock = threading.Lock()
        self._bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> "TerminalProgress":
        """Show the bars if somebody looks."""
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

            self._bars = Progress(
                "{task.description}",
                BarColumn(),
                TaskProgressColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take them away."""
        if self._bars:
            self._bars.stop()

    def on_event(self, event: events.Event) -> None:
        """Show an event; may be called from any thread."""
        with self._lock:
            match event:
                case events.StageStarted(stage=stage):
                    if self._bars:
                        self._tasks[stage] = self._bars.add_task(_text(stage), total=1.0)
                case events.StageProgress(stage=stage, done=done):
                    self._update(stage, done)
                case events.StageFinished(stage=stage):
                    self._update(stage, 1.0)
                case events.SoundDamaged(warning=warning):
                    self._notice(_text(warning))
                case events.Degraded() as step:
                    device = f"{step.device} {step.compute_type}, batch {step.batch_size}"
                    self._notice(f"{_text(step.stage)}: {_text('degraded')} {device} ({step.why})")
                case _:
                    pass

    def _update(self, stage: str, done: float) -> None:
        if self._bars and stage in self._tasks:
            self._bars.update(self._tasks[stage], completed=done)

    def _notice(self, text: str) -> None:
        line = f"{self._title}: {text}"
        if self._bars:
            self._bars.console.print(line, markup=False, highlight=False)
        else:
            print(line, file=sys.stderr)
