"""Settings: the language of speech, and the models."""

from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.error_texts import window_text
from voicerec_desktop.ui.dialogs.files import ask_for_file, ask_for_folder, start_folder
from voicerec_desktop.ui.i18n import current_language, fill
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.settings.model_card import ModelCard
from voicerec_desktop.ui.settings.model_store import SETTINGS, ModelStore
from voicerec_desktop.ui.settings.model_texts import model_name
from voicerec_desktop.ui.settings.page import Choice, Form, Page, hint, prose, say, section
from voicerec_desktop.ui.settings.speech_languages import speech_languages
from voicerec_desktop.ui.settings.token_field import TokenField
from voicerec_desktop.ui.theme import SPACE


class TranscriptionPage(Page):
    """What recordings are transcribed with."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._store = ModelStore.of(session)
        self._labels = {name: QLabel() for name in ("language", *SETTINGS, "mirror", "token")}
        self._language = Choice()
        self._chosen = {kind: Choice() for kind in SETTINGS}
        self._hints = {name: hint() for name in ("language", *SETTINGS, "mirror", "token")}
        self._section, self._about = section(), prose(muted=True)
        self._cards: dict[str, ModelCard] = {}
        self._list = QVBoxLayout()
        self._import_folder, self._import_zip = QPushButton(), QPushButton()
        self._imported = prose()
        self._mirror, self._mirror_problem = QLineEdit(), prose()
        self._token = TokenField(session)
        self._lay_out()
        self._retranslate()
        self._show_models()
        self._connect()

    def _lay_out(self) -> None:
        form = Form()
        form.add(self._labels["language"], self._language, self._hints["language"])
        for kind in SETTINGS:
            form.add(self._labels[kind], self._chosen[kind], self._hints[kind])
        self.body.addLayout(form)
        self.body.addSpacing(SPACE)
        self.body.addWidget(self._section)
        self.body.addWidget(self._about)
        self._list.setSpacing(SPACE)
        self.body.addLayout(self._list)
        buttons = QHBoxLayout()
        for button in (self._import_folder, self._import_zip):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self._imported.setVisible(False)
        self.body.addWidget(self._imported)
        mirror = Form()
        mirror.add(self._labels["mirror"], self._mirror, self._hints["mirror"])
        self.body.addLayout(mirror)
        self._mirror_problem.setVisible(False)
        self.body.addWidget(self._mirror_problem)
        token = Form()
        token.add(self._labels["token"], self._token, self._hints["token"])
        self.body.addLayout(token)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self._language.activated.connect(self._on_chosen)
        for choice in self._chosen.values():
            choice.activated.connect(self._on_chosen)
        self._mirror.editingFinished.connect(self._on_mirror_edited)
        self._import_folder.clicked.connect(self._on_import_folder)
        self._import_zip.clicked.connect(self._on_import_zip)
        self._store.changed.connect(self._show_models)
        self._store.imported.connect(self._on_imported)
        self._store.failed.connect(self._on_failed)

    def entered(self) -> None:
        """Look at the models again: the command line may have fetched some."""
        self._store.refresh()
        self._token.look()

    @Slot()
    def _on_chosen(self) -> None:
        chosen = {name: self._chosen[kind].currentData() for kind, name in SETTINGS.items()}
        self._session.update_settings(language=self._language.currentData(), **chosen)

    @Slot()
    def _on_mirror_edited(self) -> None:
        url = self._mirror.text().strip()
        if url and not _is_web_address(url):
            text = self.tr("This is not a web address. It should look like https://host/folder")
            say(self._mirror_problem, "bad", text)
            return
        say(self._mirror_problem, "", "")
        self._session.update_settings(mirror=url)

    @Slot()
    def _on_import_folder(self) -> None:
        dialog = ask_for_folder(self, self.tr("Folder with a model"), start_folder(""))
        dialog.fileSelected.connect(self._on_import_chosen)

    @Slot()
    def _on_import_zip(self) -> None:
        kind = self.tr("Zip archives (*.zip)")
        dialog = ask_for_file(self, self.tr("Archive with a model"), start_folder(""), kind)
        dialog.fileSelected.connect(self._on_import_chosen)

    @Slot(str)
    def _on_import_chosen(self, path: str) -> None:
        say(self._imported, "", self.tr("The model is being copied and checked…"))
        self._store.import_path(Path(path))

    @Slot(str)
    def _on_imported(self, model_id: str) -> None:
        text = fill(self.tr("The model %1 is here. Choose it above."), model_name(model_id))
        say(self._imported, "good", text)

    @Slot(str, object)
    def _on_failed(self, model_id: str, error: Exception) -> None:
        if not model_id:
            known = isinstance(error, KnownError)
            text = window_text(error, current_language()) if known else ""  # type: ignore[arg-type]
            failed = self.tr("The import failed. The log has the details.")
            say(self._imported, "bad", text or failed)

    @Slot()
    def _show_models(self) -> None:
        rows = {row.id: row for row in self._store.rows}
        for gone in [name for name in self._cards if name not in rows]:
            card = self._cards.pop(gone)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        for row in rows.values():
            if row.id in self._cards:
                self._cards[row.id].set_row(row)
            else:
                self._cards[row.id] = ModelCard(self._store, row)
                self._list.addWidget(self._cards[row.id])
        importing = self._store.activity("") == "importing"
        for button in (self._import_folder, self._import_zip):
            button.setEnabled(not importing)
        self._show_choices()

    def _show_settings(self) -> None:
        settings = self._session.settings
        self._language.set_texts(
            {"": self.tr("Detect automatically"), **speech_languages(settings.language)}
        )
        self._language.insertSeparator(1)
        self._language.insertSeparator(4)
        self._language.select(settings.language)
        if not self._mirror.hasFocus():
            self._mirror.setText(settings.mirror)
        self._show_choices()

    def _show_choices(self) -> None:
        """What can be chosen is here; what is chosen is shown even where it is not."""
        rows = self._store.rows
        for kind, setting in SETTINGS.items():
            chosen = getattr(self._session.settings, setting)
            here = [row.id for row in rows if row.kind == kind and row.here]
            names = {one: model_name(one) for one in here}
            if chosen not in names:
                names[chosen] = model_name(chosen)
            self._chosen[kind].set_texts(names)
            self._chosen[kind].select(chosen)
            missing = bool(rows) and chosen not in here
            text = self.tr(
                "This model is not on this computer: download it below, or choose another."
            )
            usual = self._hint_texts()[kind]
            say(self._hints[kind], "warning" if missing else "", text if missing else usual)

    def _hint_texts(self) -> dict[str, str]:
        return {
            "language": self.tr(
                "Naming it avoids mistakes when a meeting begins with another language."
            ),
            "asr": self.tr("Turns speech into text."),
            "diarization": self.tr("Tells who speaks when."),
            "mirror": self.tr(
                "A web folder of your company from which models are downloaded. "
                "Leave it empty for the Hugging Face hub."
            ),
            "token": self.tr(
                "For models whose licence you accepted on the hub. It is sent to the hub only, "
                "and kept in this computer's keyring."
            ),
        }

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Transcription"))
        labels = {
            "language": self.tr("&Language of speech"),
            "asr": self.tr("&Speech model"),
            "diarization": self.tr("S&peaker model"),
            "mirror": self.tr("Company &mirror"),
            "token": self.tr("&Token of the hub"),
        }
        controls = {"language": self._language, **self._chosen, "mirror": self._mirror}
        controls["token"] = self._token.field
        for name, text in self._hint_texts().items():
            self._labels[name].setText(labels[name])
            self._hints[name].setText(text)
            controls[name].setAccessibleName(labels[name].replace("&", ""))
            controls[name].setAccessibleDescription(text)
        self._mirror.setPlaceholderText("https://")
        self._section.setText(self.tr("Models"))
        self._about.setText(
            self.tr("Larger models make fewer mistakes and take longer. All run on this computer.")
        )
        self._import_folder.setText(self.tr("Import folder…"))
        self._import_zip.setText(self.tr("Import archive…"))
        self._show_settings()


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
