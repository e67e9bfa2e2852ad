"""What a model thinks aloud is for nobody's eyes."""

import re

_OPEN, _CLOSE = "<think>", "</think>"
_WHOLE = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


def without_thinking(text: str) -> str:
    """An answer without its thoughts.

    Also where the template opened the tag in the prompt, so that only `</think>` is there, and
    where the answer ends in the middle of a thought.
    """
    text = _WHOLE.sub("", text)
    return text.rpartition(_CLOSE)[2].strip()


def visible(so_far: str) -> str:
    """What may be shown of an answer that is still coming.

    Thoughts without an opening tag are seen only when they end: then they vanish.
    """
    text = without_thinking(so_far)
    for length in range(len(_CLOSE), 0, -1):  # a tag that has come by half
        if text.endswith((_OPEN[:length], _CLOSE[:length])):
            return text[:-length].rstrip()
    return text
