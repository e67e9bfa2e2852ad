"""Settings: the company's LLM that writes minutes, and whether it answers."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QWidget

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.paths import Home
from voicerec_desktop.secrets import LLM
from voicerec_desktop.settings import Settings
from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.notices import notice_of
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.settings.page import Choice, Form, Page, hint, prose, say
from voicerec_desktop.ui.settings.token_field import TokenField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicerec_desktop.minutes.llm import ModelInfo
FIELDS = {"url": "llm_url", "model": "llm_model"}  # of the settings


class MinutesPage(Page):
    """Where the LLM is, its key, and what minutes are like."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        names = (*FIELDS, "key", "language")
        self._labels = {name: QLabel() for name in names}
        self._fields = {name: QLineEdit() for name in FIELDS}
        self._key = TokenField(session, LLM)
        self._language = Choice()
        self._hints = {name: hint() for name in FIELDS}
        self._mask, self._mask_hint = QCheckBox(), hint()
        self._test, self._result = QPushButton(), prose()
        self._lay_out()
        self._retranslate()
        self._show_settings()
        for field in self._fields.values():
            field.editingFinished.connect(self._on_edited)
        self._language.activated.connect(self._on_language_chosen)
        self._mask.toggled.connect(self._on_mask_toggled)
        self._test.clicked.connect(self._on_test)

    def _lay_out(self) -> None:
        form = Form()
        for name, field in self._fields.items():
            form.add(self._labels[name], field, self._hints[name])
        form.add(self._labels["key"], self._key)
        form.add(self._labels["language"], self._language)
        form.add_below(self._mask, self._mask_hint)
        self.body.addLayout(form)
        self._test.setAutoDefault(False)
        self.body.addWidget(self._test, 0, Qt.AlignmentFlag.AlignLeft)
        self._result.hide()
        self.body.addWidget(self._result)
        self.body.addStretch(1)

    def entered(self) -> None:
        """Find out whether a key is kept."""
        self._key.look()

    def _show_settings(self) -> None:
        settings = self._session.settings
        for name, field in self._fields.items():
            if not field.hasFocus():
                field.setText(getattr(settings, FIELDS[name]))
        self._language.select(settings.minutes_language)
        self._mask.blockSignals(True)
        self._mask.setChecked(settings.mask)
        self._mask.blockSignals(False)

    @Slot()
    def _on_edited(self) -> None:
        changes = {FIELDS[name]: field.text().strip() for name, field in self._fields.items()}
        self._session.update_settings(**changes)

    @Slot()
    def _on_language_chosen(self) -> None:
        self._session.update_settings(minutes_language=self._language.currentData())

    @Slot(bool)
    def _on_mask_toggled(self, mask: bool) -> None:
        self._session.update_settings(mask=mask)

    @Slot()
    def _on_test(self) -> None:
        """Ask which models there are."""
        self._on_edited()
        self._test.setEnabled(False)
        say(self._result, "", self.tr("Asking…"))
        work = partial(_models, self._session.settings, self._session.home)
        task = self._session.lanes["minutes"].start(work)
        task.finished.connect(self._on_models)
        task.failed.connect(self._on_refused)

    @Slot(object)
    def _on_models(self, models: "Sequence[ModelInfo]") -> None:
        self._test.setEnabled(True)
        names = [
            fill(self.tr("%1 (%2 tokens)"), model.id, model.context) if model.context else model.id
            for model in models
        ]
        chosen = self._session.settings.llm_model
        if chosen and chosen not in {model.id for model in models}:
            text = fill(
                self.tr("It answers, but does not know %1. It offers: %2."),
                chosen,
                ", ".join(names),
            )
            say(self._result, "warning", text)
        else:
            say(self._result, "good", fill(self.tr("It answers and offers: %1."), ", ".join(names)))

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        self._test.setEnabled(True)
        say(self._result, "bad", notice_of(error, self.tr("The log has the details.")).text)

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Minutes"))
        self._labels["url"].setText(self.tr("&Address"))
        self._hints["url"].setText(
            self.tr("Of your company's OpenAI-compatible API, such as https://llm.example.com/v1")
        )
        self._labels["model"].setText(self.tr("&Model"))
        self._hints["model"].setText(self.tr("May be empty where the server has only one."))
        self._labels["key"].setText(self.tr("&Key"))
        self._labels["language"].setText(self.tr("&Language of the minutes"))
        self._language.set_texts({"": self.tr("As the meeting"), "ru": "Русский", "en": "English"})
        self._mask.setText(self.tr("&Hide phone, card and e-mail numbers"))
        self._mask_hint.setText(
            self.tr("They are replaced before the text is sent, and put back into the minutes.")
        )
        self._test.setText(self.tr("&Test the connection"))
        self._key.field.setAccessibleName(self.tr("Key"))
        self._fields["url"].setAccessibleName(self.tr("Address"))
        self._fields["model"].setAccessibleName(self.tr("Model"))
        self._language.setAccessibleName(self.tr("Language of the minutes"))


def _models(settings: Settings, home: Home, cancel: CancelToken) -> "Sequence[ModelInfo]":
    from voicerec_desktop.minutes.llm import Llm
    from voicerec_desktop.pipeline.llm_server import llm_server

    return Llm(llm_server(settings, home)).models(cancel)
