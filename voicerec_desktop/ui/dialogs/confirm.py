"""One question before something that cannot be taken back."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from voicerec_desktop.ui.icons import pixmap
from voicerec_desktop.ui.theme import colours

ICON = 32
_STYLE = """
    #qt_msgbox_label { font-weight: 600; min-width: 340px; }
    #qt_msgbox_informativelabel { min-width: 340px; }
"""


def ask(
    parent: QWidget | None, headline: str, text: str, action_label: str, danger: bool = False
) -> bool:
    """Whether the user wants it.

    Args:
        headline, text, action_label: translated; the label names what is done.
        danger: something is lost for ever: Enter and Escape both leave it alone.
    """
    box = QMessageBox(parent)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setTextFormat(Qt.TextFormat.PlainText)  # a title may hold "<b>"
    box.setWindowTitle(headline)
    box.setText(headline)
    box.setInformativeText(text)
    ratio = box.devicePixelRatioF()
    name, colour = ("warning", colours().bad) if danger else ("info", colours().accent)
    box.setIconPixmap(pixmap(name, ICON, colour, ratio))
    roles = QMessageBox.ButtonRole
    action = box.addButton(action_label, roles.DestructiveRole if danger else roles.AcceptRole)
    cancel = box.addButton(QCoreApplication.translate("confirm", "Cancel"), roles.RejectRole)
    action.setProperty("danger" if danger else "primary", True)
    for button in (action, cancel):
        button.setAccessibleName(button.text())
        button.style().polish(button)  # it was polished before it had its kind
    box.setStyleSheet(_STYLE)
    box.setDefaultButton(cancel if danger else action)
    box.setEscapeButton(cancel)
    box.exec()
    wanted = box.clickedButton() is action
    box.deleteLater()
    return wanted
