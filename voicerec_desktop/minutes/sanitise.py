"""Markdown of a model without anything that a window or a browser could fetch or run."""

import re

_IMAGE = re.compile(r"!\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?")
_LINK = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]]+\]:.*$", re.MULTILINE)
_AUTO = re.compile(r"<(?:[a-z][a-z0-9+.-]*:[^>]*|[^\s<>@]+@[^\s<>]+)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z!?][^>]*(?:>|\Z)", re.IGNORECASE)
_URL = re.compile(r"(?:\b[a-z][a-z0-9+.-]*://|\bwww\.)[^\s)\]]+", re.IGNORECASE)
_SCHEME = re.compile(r"\b(?:javascript|data|vbscript|file)\s*:", re.IGNORECASE)
_FENCE = re.compile(r"^\s*(?:```|~~~).*$", re.MULTILINE)
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)


def sanitised(markdown: str) -> str:
    """Only words, lists, headings and emphasis are left; of links, their text."""
    text = _INVISIBLE.sub("", markdown)
    before = ""
    while text != before:  # what is taken away may leave another one together
        before = text
        for pattern, kept in (
            (_FENCE, ""),
            (_IMAGE, r"\1"),
            (_LINK, r"\1"),
            (_DEFINITION, ""),
            (_AUTO, ""),
            (_TAG, ""),
            (_URL, ""),
            (_SCHEME, ""),
        ):
            text = pattern.sub(kept, text)
    return text.strip()


def plain(text: str) -> str:
    """A field of a fact: one line without anything of Markdown that is more than words."""
    return " ".join(sanitised(text).split())
