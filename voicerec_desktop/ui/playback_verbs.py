"""Player, waveform, transcript and details follow one another."""

from PySide6.QtCore import QObject, Slot

from voicerec_desktop.ui.actions import Actions
from voicerec_desktop.ui.notices import Notice
from voicerec_desktop.ui.player import Player
from voicerec_desktop.ui.player_bar import PlayerBar
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.transcript_view import TranscriptView

SKIP = 5.0  # s
RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)


class PlaybackVerbs(QObject):
    """Does what the playback menu asks for, and keeps the follow switches equal."""

    def __init__(
        self,
        player: Player,
        bar: PlayerBar,
        transcript: TranscriptView,
        session: Session,
        actions: Actions,
    ) -> None:
        super().__init__(player)
        self._player, self._bar, self._transcript = player, bar, transcript
        self._session, self._follow = session, actions["follow"]
        for name, slot in (
            ("play", player.toggle),
            ("back", self._on_back),
            ("forward", self._on_forward),
            ("slower", self._on_slower),
            ("faster", self._on_faster),
        ):
            actions[name].triggered.connect(slot)
        player.position_changed.connect(transcript.set_position)
        player.failed.connect(self._on_failed)
        transcript.seek_requested.connect(player.seek)
        transcript.play_requested.connect(self.play_from)
        transcript.following_changed.connect(self._on_following_changed)
        bar.follow_toggled.connect(self._follow.setChecked)
        self._follow.toggled.connect(self._on_follow_toggled)
        self._follow.setChecked(session.settings.follow_playback)
        self._on_follow_toggled(session.settings.follow_playback)

    @Slot(float)
    def play_from(self, seconds: float) -> None:
        """Play from a place on."""
        self._player.seek(seconds)
        self._player.play()

    @Slot()
    def _on_back(self) -> None:
        self._player.skip(-SKIP)

    @Slot()
    def _on_forward(self) -> None:
        self._player.skip(SKIP)

    @Slot()
    def _on_slower(self) -> None:
        self._change_rate(-1)

    @Slot()
    def _on_faster(self) -> None:
        self._change_rate(1)

    def _change_rate(self, by: int) -> None:
        at = min(range(len(RATES)), key=lambda i: abs(RATES[i] - self._player.rate))
        self._player.set_rate(RATES[max(0, min(len(RATES) - 1, at + by))])

    @Slot(bool)
    def _on_follow_toggled(self, follow: bool) -> None:
        self._transcript.set_following(follow)
        self._bar.set_following(follow)
        self._session.update_settings(follow_playback=follow)

    @Slot(bool)
    def _on_following_changed(self, follow: bool) -> None:
        """Scrolling stops following for now; the setting stays."""
        self._bar.set_following(follow)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._session.notify(Notice("warning", sentence, "player"))
