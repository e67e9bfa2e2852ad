"""Speakers are told apart without their colours, too."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from voicerec_desktop.core.model import Speaker
from voicerec_desktop.ui.speaker_badge import SpeakerBadge, initials, paint_badge


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (None, "7"),
        ("Анна Ковалёва", "АК"),
        ("ольга", "О"),
        ("Jim «Big» Wu", "JW"),
        ("«»", "7"),
        ("Анна Мария Ким", "АМ"),
    ],
)
def test_initials_come_from_the_name_else_from_the_number(name, expected):
    assert initials(Speaker("x", 7, name)) == expected


def silhouette(colour):
    """Where a badge without its letters is opaque, in three steps."""
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_badge(painter, QRectF(0, 0, 64, 64), Speaker("x", 1, None, colour))
    painter.end()
    return tuple(image.pixelColor(x, y).alpha() // 100 for x in range(64) for y in range(64))


def test_eight_speakers_have_eight_shapes(qapp):
    assert len({silhouette(colour) for colour in range(8)}) == 8


def test_a_badge_is_read_out_as_the_speaker(qtbot):
    badge = SpeakerBadge(Speaker("x", 2, "Борис"))
    qtbot.addWidget(badge)
    assert badge.accessibleName() == "Борис"
