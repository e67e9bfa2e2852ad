"""The context menu of the transcript."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from voicerec_desktop.core.model import Segment, Speaker
from voicerec_desktop.ui.actions import SHORTCUTS
from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.speaker_badge import badge_icon, speaker_name

MenuVerb = Literal["play", "edit_text", "copy", "assign", "split", "join", "restore", "dismiss"]
_KEYED = 9  # speakers that a digit reaches


@dataclass(frozen=True, slots=True)
class Choice:
    """What an entry does; `number`: of a speaker."""

    verb: MenuVerb
    number: int = 0


class TranscriptMenu(QObject):
    """Builds the menu for what is selected."""

    def build(
        self, parent: QWidget, segments: list[Segment], speakers: tuple[Speaker, ...]
    ) -> QMenu:
        """A menu whose actions carry a `Choice` each; it deletes itself when it closes."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        single = len(segments) == 1
        self._add(menu, self.tr("Play from here"), Choice("play"), "Return", "play")
        self._add_speakers(menu, segments, speakers)
        menu.addSeparator()
        edit = self._add(
            menu, self.tr("Correct text"), Choice("edit_text"), _key("edit_text"), "edit"
        )
        edit.setEnabled(single)
        split = self._add(menu, self.tr("Split here"), Choice("split"), _key("split"), "split")
        split.setEnabled(single)
        join = self.tr("Join with next") if single else self.tr("Join")
        self._add(menu, join, Choice("join"), _key("join"), "join")
        self._add(menu, self.tr("Copy"), Choice("copy"), QKeySequence.StandardKey.Copy, "copy")
        self._add_doubt(menu, segments)
        return menu

    def _add_speakers(
        self, menu: QMenu, segments: list[Segment], speakers: tuple[Speaker, ...]
    ) -> None:
        who = menu.addMenu(icon("speaker"), self.tr("Said by"))
        ids = {segment.speaker_id for segment in segments}
        for speaker in speakers:
            number = speaker.number
            key = str(number) if number <= _KEYED else ""
            choice = Choice("assign", number)
            action = self._add(who, speaker_name(speaker), choice, key, badge_icon(speaker))
            action.setEnabled(ids != {speaker.id})
        last = max((speaker.number for speaker in speakers), default=0) + 1
        key = str(last) if last <= _KEYED else ""
        if speakers:
            who.addSeparator()
        new = fill(self.tr("New speaker %1"), last)
        self._add(who, new, Choice("assign", last), key, badge_icon(None))

    def _add_doubt(self, menu: QMenu, segments: list[Segment]) -> None:
        menu.addSeparator()
        doubted = any(s.doubtful or s.dismissed for s in segments)
        keep = self.tr("Keep: somebody said this")
        self._add(
            menu, keep, Choice("restore"), _key("doubt") if doubted else "", "check"
        ).setEnabled(doubted)
        dismiss = self.tr("Dismiss: nobody said this")
        self._add(menu, dismiss, Choice("dismiss"), "", "hidden").setEnabled(
            any(not segment.dismissed for segment in segments)
        )

    @staticmethod
    def _add(
        menu: QMenu,
        text: str,
        choice: Choice,
        key: QKeySequence.StandardKey | str,
        drawn: str | QIcon,
    ) -> QAction:
        """An entry that shows a key: the view or the window listens to it, not the menu."""
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        label = text.replace("&", "&&") + ("\t" + shown if shown else "")
        action = menu.addAction(icon(drawn) if isinstance(drawn, str) else drawn, label)
        action.setData(choice)
        return action


def _key(name: str) -> QKeySequence.StandardKey | str:
    return SHORTCUTS[name]
