"""What a user may do to a transcript: each edit is rows that go and rows that come instead.

Makers are pure: they return an `Edit`, or None where nothing would change. Undoing is swapping.
"""

from voicerec_desktop.core.editing.finding import Match, find, replace
from voicerec_desktop.core.editing.speakers import (
    add_speaker,
    assign_speaker,
    assign_words,
    merge_speakers,
    recolour,
    rename_speaker,
)
from voicerec_desktop.core.editing.texts import (
    correct_text,
    dismiss,
    join_segments,
    restore,
    split_segment,
)
from voicerec_desktop.core.editing.values import Edit, EditKind, Rows, apply, in_order, inverse

__all__ = [
    "Edit",
    "EditKind",
    "Match",
    "Rows",
    "add_speaker",
    "apply",
    "assign_speaker",
    "assign_words",
    "correct_text",
    "dismiss",
    "find",
    "in_order",
    "inverse",
    "join_segments",
    "merge_speakers",
    "recolour",
    "rename_speaker",
    "replace",
    "restore",
    "split_segment",
]
