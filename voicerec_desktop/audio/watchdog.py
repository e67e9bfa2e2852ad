"""Is anybody heard? What is wrong with a track, within eight seconds, as a code.

The codes of a track: "lost" (no device), "stalled" (it gives nothing), "silent" (a microphone that
gives digital zeros: muted, or the wrong one), "clipping" (too loud), "elsewhere" (something plays,
but on another output than the one that is recorded).
"""

from dataclasses import dataclass, field

from voicerec_desktop.audio.levels import Levels

LOST = 1.0  # s without a device
STALLED = 3.0  # s without a block
SILENT_MIC = 5.0  # s
SILENT_SYSTEM = 4.0  # s before one asks where else something plays
CLIPPING = 1.0  # of the last five seconds


@dataclass(slots=True)
class Watchdog:
    """Watches one track.

    Attributes:
        kind: "mic" or "system".
        levels: of the track.
        alert: the code of what is wrong, or "".
    """

    kind: str
    levels: Levels = field(default_factory=Levels)
    alert: str = ""
    _tried: bool = False

    def look(self, at: float, last_block: float, is_open: bool, elsewhere: str) -> str:
        """What is wrong now.

        Args:
            at: the time, `last_block`: when sound came last, or when the device was opened.
            elsewhere: the output on which something is played that is not recorded, or "".
        """
        if not is_open:
            self.alert = "lost" if at - last_block > LOST else ""
        elif at - last_block > STALLED:
            self.alert = "stalled"
        elif self.kind == "mic" and self.levels.nothing >= SILENT_MIC:
            self.alert = "silent"
        elif self.asks_elsewhere and elsewhere:
            self.alert = "elsewhere"
        elif self.levels.clipped_seconds >= CLIPPING:
            self.alert = "clipping"
        else:
            self.alert = ""
            self._tried = False
        return self.alert

    @property
    def asks_elsewhere(self) -> bool:
        """Whether it matters what other outputs play."""
        return self.kind == "system" and self.levels.nothing >= SILENT_SYSTEM

    def wants_other_way(self) -> bool:
        """Whether the device should be opened the other way: once per trouble."""
        if self._tried or self.alert not in ("stalled", "silent", "elsewhere"):
            return False
        self._tried = True
        return True
