"""The controls under the transcript."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from voicerec_desktop.core.model import TrackKind
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.player import Player
from voicerec_desktop.ui.player_bar import PlayerBar


@pytest.fixture
def bar(session, qtbot, transcript_of):
    """The bar of a player; `bar.show_tracks(kinds)` opens a meeting with such tracks."""
    document = MeetingDocument(session)
    bar = PlayerBar(Player(document, session))
    qtbot.addWidget(bar)
    bar.resize(900, 60)
    bar.show()

    def show_tracks(*kinds):
        plain = transcript_of()
        track = plain.tracks[0]
        tracks = tuple(replace(track, id=f"t{i}", kind=kind) for i, kind in enumerate(kinds))
        meeting = replace(plain.meeting, duration=3_725.0)
        document.transcript = replace(plain, tracks=tracks, meeting=meeting)
        document.loaded.emit()

    bar.show_tracks, bar.document = show_tracks, document
    return bar


def named(bar, name):
    """The control that a screen reader calls so."""
    widgets = [*bar.findChildren(QToolButton), *bar.findChildren(QPushButton)]
    return next((w for w in widgets if w.accessibleName() == name and w.isVisible()), None)


def test_there_is_nothing_to_press_until_a_meeting_is_open(bar):
    assert not named(bar, "Play").isEnabled()
    bar.show_tracks(TrackKind.FILE)
    assert named(bar, "Play").isEnabled()
    bar.document.close()
    assert not named(bar, "Play").isEnabled()


def test_place_and_length_are_told(bar, qtbot):
    bar.show_tracks(TrackKind.FILE)
    qtbot.mouseClick(named(bar, "Forward 5 seconds"), Qt.MouseButton.LeftButton)
    assert bar._time.text() == "0:05 / 1:02:05"
    qtbot.mouseClick(named(bar, "Back 5 seconds"), Qt.MouseButton.LeftButton)
    assert bar._time.text() == "0:00 / 1:02:05"


def test_the_sides_of_a_call_can_be_muted_and_a_single_track_cannot(bar, qtbot):
    bar.show_tracks(TrackKind.MIC, TrackKind.SYSTEM)
    qtbot.waitUntil(lambda: named(bar, "Others: heard") is not None)
    qtbot.mouseClick(named(bar, "Others: heard"), Qt.MouseButton.LeftButton)
    assert [bar._player.muted(track.id) for track in bar._player.tracks] == [False, True]
    assert named(bar, "Others: muted")
    assert named(bar, "Me: heard")
    bar.show_tracks(TrackKind.FILE, TrackKind.FILE)
    assert named(bar, "Track 2: heard") or named(bar, "Track 2: muted")
    bar.show_tracks(TrackKind.FILE)
    assert named(bar, "Track 1: heard") is None


def test_speed_is_chosen_and_written_as_the_language_does(bar, session):
    bar.show_tracks(TrackKind.FILE)
    next(a for a in bar._rates.actions() if a.text() == "1.25×").trigger()
    assert bar._player.rate == 1.25
    assert named(bar, "Speed: 1.25×")
    session.update_settings(app_language="ru")
    bar._retranslate()
    assert bar._speed.text() == "1,25×"


def test_only_the_user_asks_to_follow(bar, qtbot):
    asked = []
    bar.follow_toggled.connect(asked.append)
    bar.set_following(True)
    qtbot.mouseClick(named(bar, "Scroll the text along"), Qt.MouseButton.LeftButton)
    assert asked == [False]


def test_a_narrow_bar_leaves_out_the_volume_first(bar, qtbot):
    bar.resize(440, 60)
    qtbot.waitUntil(lambda: not bar._volume.isVisible())
    assert named(bar, "Scroll the text along").geometry().right() <= bar.width()
