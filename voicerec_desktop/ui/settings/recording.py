"""Settings: what is recorded, from which devices, and whether anything is heard there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from voicerec_desktop.core.model import TrackKind
from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.record_texts import mode_texts
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.settings.page import Choice, Form, Page, hint, prose, section
from voicerec_desktop.ui.settings.sound_check import SoundCheck

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicerec_desktop.audio.devices import Device
    from voicerec_desktop.core.cancel import CancelToken
    from voicerec_desktop.ui.lanes import Task

DEVICES = {TrackKind.MIC: "record_mic", TrackKind.SYSTEM: "record_system"}  # field of the settings


class RecordingPage(Page):
    """The mode, the devices, and a check of three seconds."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._found: Sequence[Device] = ()
        self._looking: Task | None = None
        self._mode = Choice()
        self._chosen = {kind: Choice() for kind in DEVICES}
        self._labels = {name: QLabel() for name in ("mode", *DEVICES)}
        self._mode_hint, self._device_hint = hint(), hint()
        self._reminder, self._reminder_hint = QCheckBox(), hint()
        self._section, self._about = section(), prose(muted=True)
        self._check = SoundCheck(session)
        self._lay_out()
        self._retranslate()
        self._show_settings()
        self._mode.activated.connect(self._on_mode_chosen)
        for choice in self._chosen.values():
            choice.activated.connect(self._on_device_chosen)
        self._reminder.toggled.connect(self._on_reminder_toggled)

    def _lay_out(self) -> None:
        form = Form()
        form.add(self._labels["mode"], self._mode, self._mode_hint)
        form.add(self._labels[TrackKind.MIC], self._chosen[TrackKind.MIC])
        form.add(self._labels[TrackKind.SYSTEM], self._chosen[TrackKind.SYSTEM], self._device_hint)
        form.add_below(self._reminder, self._reminder_hint)
        self.body.addLayout(form)
        self.body.addWidget(self._section)
        self.body.addWidget(self._about)
        self.body.addWidget(self._check)
        self.body.addStretch(1)

    def entered(self) -> None:
        """Look which devices there are now."""
        if self._looking is None:
            self._looking = self._session.lanes["files"].start(_look)
            self._looking.finished.connect(self._on_found)
            self._looking.settled.connect(self._on_looked)

    @Slot(object)
    def _on_found(self, found: "Sequence[Device]") -> None:
        self._found = found
        self._show_devices()

    @Slot()
    def _on_looked(self) -> None:
        self._looking = None

    def _show_devices(self) -> None:
        settings = self._session.settings
        for kind, choice in self._chosen.items():
            devices = [device for device in self._found if device.kind == kind]
            default = next((device.name for device in devices if device.is_default), "")
            follow = self.tr("As the system")
            texts = {"": f"{follow} ({default})" if default else follow}
            texts |= {device.id: device.name for device in devices}
            wanted = getattr(settings, DEVICES[kind])
            if wanted not in texts:
                texts[wanted] = fill(self.tr("%1 (not connected)"), wanted)
            choice.set_texts(texts)
            choice.select(wanted)

    def _show_settings(self) -> None:
        settings = self._session.settings
        self._mode.select(settings.record_mode)
        self._reminder.blockSignals(True)
        self._reminder.setChecked(settings.record_reminder)
        self._reminder.blockSignals(False)
        self._show_devices()

    @Slot()
    def _on_mode_chosen(self) -> None:
        self._session.update_settings(record_mode=self._mode.currentData())

    @Slot()
    def _on_device_chosen(self) -> None:
        chosen = {DEVICES[kind]: choice.currentData() for kind, choice in self._chosen.items()}
        self._session.update_settings(**chosen)

    @Slot(bool)
    def _on_reminder_toggled(self, wanted: bool) -> None:
        self._session.update_settings(record_reminder=wanted)

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Recording"))
        self._labels["mode"].setText(self.tr("&What is recorded"))
        self._labels[TrackKind.MIC].setText(self.tr("&Microphone"))
        self._labels[TrackKind.SYSTEM].setText(self.tr("The &other side"))
        self._mode.set_texts(mode_texts())
        self._mode_hint.setText(
            self.tr("In a call your microphone is you, and the others are told apart by voice.")
        )
        self._device_hint.setText(
            self.tr("The sound that comes from this output is what the others say.")
        )
        self._reminder.setText(self.tr("&Remind me to ask the others"))
        self._reminder_hint.setText(self.tr("In many places everybody has to agree to that."))
        self._section.setText(self.tr("Is everybody heard?"))
        self._about.setText(
            self.tr("Say something, and play a sound: both bars have to move. Nothing is kept.")
        )
        self._mode.setAccessibleName(self.tr("What is recorded"))
        self._chosen[TrackKind.MIC].setAccessibleName(self.tr("Microphone"))
        self._chosen[TrackKind.SYSTEM].setAccessibleName(self.tr("The other side"))
        self._show_devices()


def _look(_cancel: "CancelToken") -> "Sequence[Device]":
    from voicerec_desktop.audio.devices import list_devices

    return list_devices()
