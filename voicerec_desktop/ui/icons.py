"""Icons: SVG strokes from resources/icons, drawn in the colours of the theme."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from voicerec_desktop.paths import resources
from voicerec_desktop.ui.theme import colours

SIZES = (16, 20, 24, 32, 48, 64)


def icon(name: str, colour: str = "") -> QIcon:
    """The icon resources/icons/NAME.svg in the text colour of the theme, or in another one."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(pixmap(name, size, colour or colours().text))
        made.addPixmap(pixmap(name, size, colours().muted), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=512)
def pixmap(name: str, size: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """The icon as pixels: `size` device-independent ones, at a device pixel ratio."""
    pixels = round(size * ratio)
    image = QImage(QSize(pixels, pixels), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _renderer(name, QColor(colour).name()).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    made = QPixmap.fromImage(image)
    made.setDevicePixelRatio(ratio)
    return made


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = (resources() / "icons" / f"{name}.svg").read_text("utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))
