"""The queue: what runs, what waits and what failed, and everything that can be done about it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.models.queue_model import QueueModel, QueueRow
from voicerec_desktop.ui.queue_delegate import QueueDelegate
from voicerec_desktop.ui.queue_strip import QueueStrip
from voicerec_desktop.ui.rows_view import RowsView
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.states import StateView
from voicerec_desktop.ui.theme import SPACE

if TYPE_CHECKING:
    from voicerec_desktop.ui.queue_runner import QueueRunner

__all__ = ["QueueStrip", "QueueView"]
WIDTH = 720  # px: on a wide window, the rows stay readable
_KEYS = {"up": "Alt+Up", "down": "Alt+Down", "hold": "Space", "retry": "R", "cancel": "Delete"}
_ICONS = {"up": "up", "down": "down", "hold": "pause", "retry": "retry", "cancel": "close"}


class _JobList(RowsView):
    def owns(self, event: QKeyEvent) -> bool:
        """The keys of the row's actions are not for the window."""
        return super().owns(event) or self._action(event) is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key stands for."""
        if (action := self._action(event)) is not None:
            action.trigger()
        else:
            super().keyPressEvent(event)

    def _action(self, event: QKeyEvent) -> QAction | None:
        pressed = QKeySequence(event.keyCombination())
        return next((one for one in self.actions() if one.shortcut() == pressed), None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The actions of the row."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        actions = [action for action in self.actions() if action.isEnabled()]
        if index.isValid() and actions:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions(actions)
            below = self.viewport().mapToGlobal(self.visualRect(index).center())
            menu.popup(event.globalPos() if by_mouse else below)


class QueueView(QWidget):
    """The jobs of a runner, to watch, order, hold, cancel and try again."""

    def __init__(
        self, session: Session, runner: "QueueRunner", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._model = QueueModel(self)
        self.list, self._empty = _JobList(), StateView()
        self._title, self.pause_button = QLabel(), QPushButton()
        self._stack = QStackedWidget()
        self._actions = {name: QAction(self) for name in _KEYS}
        self._tools = QWidget()
        self._lay_out()
        self._connect()
        self._retranslate()
        self._on_changed()
        session.settings_changed.connect(self._on_settings_changed)

    def _lay_out(self) -> None:
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() + 4)
        font.setWeight(font.Weight.DemiBold)
        self._title.setFont(font)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self.pause_button)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        card = QFrame()
        card.setProperty("card", True)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2, SPACE // 2, 2, SPACE // 2)
        inside.addWidget(self._stack)
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(SPACE // 2)
        for action in self._actions.values():
            button = QToolButton()
            button.setDefaultAction(action)
            tools.addWidget(button)
        tools.addStretch(1)
        self._column = QWidget()
        self._column.setMaximumWidth(WIDTH)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(top)
        column.addWidget(card, 1)
        column.addWidget(self._tools)
        across = QHBoxLayout(self)
        across.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        across.addStretch(1)
        across.addWidget(self._column, 100)
        across.addStretch(1)
        self._set_up_list()

    def _set_up_list(self) -> None:
        self.list.setModel(self._model)
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setDropIndicatorShown(True)
        self.list.addActions(list(self._actions.values()))
        delegate = QueueDelegate(self._model, self.list)
        delegate.pressed.connect(self._on_pressed)
        self.list.setItemDelegate(delegate)
        for name, action in self._actions.items():
            action.setObjectName(name)
            action.setShortcut(QKeySequence(_KEYS[name]))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)

    def _connect(self) -> None:
        self._runner.changed.connect(self._on_changed)
        self._runner.progressed.connect(self._on_progressed)
        self._runner.failed.connect(self._on_failed)
        self._runner.finished.connect(self._on_finished)
        self._model.moved.connect(self._on_moved)
        self.pause_button.clicked.connect(self._on_pause)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        slots = {"up": self._on_up, "down": self._on_down, "hold": self._on_hold,
                 "retry": self._on_retry, "cancel": self._on_cancel}  # fmt: skip
        for name, slot in slots.items():
            self._actions[name].triggered.connect(slot)

    # news of the runner

    @Slot()
    def _on_changed(self) -> None:
        self._model.set_jobs(self._runner.jobs, self._runner.paused)
        self._update()

    @Slot(str)
    def _on_progressed(self, meeting_id: str) -> None:
        for job in self._runner.jobs:
            if job.meeting_id == meeting_id:
                self._model.set_job(job)

    @Slot(str, object)
    def _on_failed(self, meeting_id: str, error: Exception) -> None:
        self._model.add_failure(meeting_id, error)
        self._update()

    @Slot(str)
    def _on_finished(self, meeting_id: str) -> None:
        self._model.dismiss(meeting_id)
        self._update()

    # what the user does

    def _current(self) -> QueueRow | None:
        return self._model.row(self.list.currentIndex())

    @Slot()
    def _on_pause(self) -> None:
        self._runner.set_paused(not self._runner.paused)

    @Slot(str, str)
    def _on_moved(self, meeting_id: str, before: str) -> None:
        self._runner.move(meeting_id, before or None)

    @Slot()
    def _on_up(self) -> None:
        at = self.list.currentIndex().row()
        self._on_moved(self._model.rows[at].item.meeting_id, self._model.after(at - 1))

    @Slot()
    def _on_down(self) -> None:
        at = self.list.currentIndex().row()
        self._on_moved(self._model.rows[at].item.meeting_id, self._model.after(at + 2))

    @Slot()
    def _on_hold(self) -> None:
        self._do("hold", self._current())

    @Slot()
    def _on_retry(self) -> None:
        self._do("retry", self._current())

    @Slot()
    def _on_cancel(self) -> None:
        self._do("cancel", self._current())

    @Slot(str, str)
    def _on_pressed(self, name: str, meeting_id: str) -> None:
        place = self._model.place(meeting_id)
        self._do(name, self._model.row(self._model.index(place, 0)))

    def _do(self, name: str, row: QueueRow | None) -> None:
        if row is None:
            return
        meeting_id = row.item.meeting_id
        if name == "hold":
            self._runner.hold(meeting_id, not row.item.held)
        elif name == "retry":
            self._runner.retry(meeting_id)
        else:
            self._model.dismiss(meeting_id)
            if row.error is None:
                self._runner.cancel(meeting_id)
            self._update()

    # looks

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._update()

    @Slot()
    def _on_settings_changed(self) -> None:
        self._model.tell_all_changed()

    def _update(self) -> None:
        """Enable what can be done to the current row, and show what there is."""
        row, at = self._current(), self.list.currentIndex().row()
        waits, failed = row is not None and row.waits, row is not None and row.error is not None
        can = {
            "up": waits and at > 0 and self._model.rows[at - 1].waits,
            "down": waits and self._model.after(at + 1) != "",
            "hold": row is not None and not failed,
            "retry": failed,
            "cancel": row is not None,
        }
        for name, action in self._actions.items():
            action.setEnabled(can[name])
        held = row is not None and row.item.held
        self._actions["hold"].setIcon(icon("play" if held else "pause"))
        self._actions["hold"].setText(self.tr("Continue") if held else self.tr("Put on hold"))
        text = self.tr("Remove from the list") if failed else self.tr("Cancel")
        self._actions["cancel"].setText(text)
        paused, empty = self._runner.paused, not self._model.rows
        self.pause_button.setText(self.tr("Resume") if paused else self.tr("Pause all"))
        self.pause_button.setAccessibleName(self.pause_button.text())
        self.pause_button.setIcon(icon("play" if paused else "pause"))
        self.pause_button.setVisible(paused or bool(self._runner.jobs))
        self._tools.setVisible(not empty)
        self._stack.setCurrentWidget(self._empty if empty else self.list)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()
            self._update()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Queue"))
        self._title.setText(self.tr("Queue"))
        self.list.setAccessibleName(self.tr("Queue"))
        self._actions["up"].setText(self.tr("Move up"))
        self._actions["down"].setText(self.tr("Move down"))
        self._actions["retry"].setText(self.tr("Try again"))
        for name, action in self._actions.items():
            action.setIcon(icon(_ICONS[name]))
        text = self.tr("Recordings that you open wait here for their turn.")
        self._empty.set_state("list", self.tr("Nothing in the queue"), text)
