"""Settings: the look and the language of the window."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.settings.page import Choice, Form, Page, hint

FONTS = (8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 24)  # pt


class GeneralPage(Page):
    """Language, theme, text."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._labels = {name: QLabel() for name in ("language", "theme", "font")}
        self._language, self._theme, self._font = Choice(), Choice(), Choice()
        self._follow, self._follow_hint = QCheckBox(), hint()
        form = Form()
        form.add(self._labels["language"], self._language)
        form.add(self._labels["theme"], self._theme)
        form.add(self._labels["font"], self._font)
        self.body.addLayout(form)
        form.add_below(self._follow, self._follow_hint)
        self.body.addStretch(1)
        self._retranslate()
        self._show_settings()
        self._language.activated.connect(self._on_language_chosen)
        self._theme.activated.connect(self._on_theme_chosen)
        self._font.activated.connect(self._on_font_chosen)
        self._follow.toggled.connect(self._on_follow_toggled)

    def _show_settings(self) -> None:
        settings = self._session.settings
        self._language.select(settings.app_language)
        self._theme.select(settings.theme)
        self._font.select(settings.transcript_font)
        self._follow.blockSignals(True)
        self._follow.setChecked(settings.follow_playback)
        self._follow.blockSignals(False)

    @Slot()
    def _on_language_chosen(self) -> None:
        self._session.update_settings(app_language=self._language.currentData())

    @Slot()
    def _on_theme_chosen(self) -> None:
        self._session.update_settings(theme=self._theme.currentData())

    @Slot()
    def _on_font_chosen(self) -> None:
        self._session.update_settings(transcript_font=self._font.currentData())

    @Slot(bool)
    def _on_follow_toggled(self, follow: bool) -> None:
        self._session.update_settings(follow_playback=follow)

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("General"))
        self._labels["language"].setText(self.tr("&Language"))
        self._labels["theme"].setText(self.tr("&Theme"))
        self._labels["font"].setText(self.tr("Text &size of transcripts"))
        self._language.set_texts({"": self.tr("As the system"), "ru": "Русский", "en": "English"})
        self._theme.set_texts(
            {
                "system": self.tr("As the system"),
                "light": self.tr("Light"),
                "dark": self.tr("Dark"),
            }
        )
        sizes = sorted({*FONTS, self._session.settings.transcript_font})
        self._font.set_texts({size: fill(self.tr("%1 pt"), size) for size in sizes})
        self._follow.setText(self.tr("&Follow the text during playback"))
        self._follow_hint.setText(
            self.tr(
                "The transcript scrolls along with what is heard, until you scroll it yourself."
            )
        )
        self._language.setAccessibleName(self.tr("Language of the program"))
        self._theme.setAccessibleName(self.tr("Theme"))
        self._font.setAccessibleName(self.tr("Text size of transcripts"))
