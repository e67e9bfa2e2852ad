"""The Markdown of a summary, read so that nothing in it can be fetched or run."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a summary. `style`: "text", "heading", "bullet" or "number"."""

    style: str
    runs: tuple[Run, ...]
    level: int = 1

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(run.text for run in self.runs)


def parser() -> Any:
    """Markdown without HTML, images and links: their signs stay as they are."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).disable(
        ["image", "link", "autolink", "reference", "html_block", "html_inline"]
    )


def read(markdown: str) -> Iterator[Paragraph]:
    """The paragraphs of a summary."""
    lists: list[str] = []
    heading = False
    for token in parser().parse(markdown):
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lists.append("bullet" if token.type.startswith("bullet") else "number")
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "heading_open" | "heading_close":
                heading = token.type == "heading_open"
            case "inline":
                style = "heading" if heading else lists[-1] if lists else "text"
                yield Paragraph(style, tuple(_runs(token)), max(1, len(lists)))
            case "code_block" | "fence":
                yield Paragraph("text", (Run(token.content.strip()),))
            case _:
                pass


def _runs(token: Any) -> Iterator[Run]:
    bold = italic = 0
    for child in token.children or ():
        match child.type:
            case "strong_open" | "strong_close":
                bold += child.nesting
            case "em_open" | "em_close":
                italic += child.nesting
            case "softbreak" | "hardbreak":
                yield Run(" ")
            case _:
                yield Run(child.content, bold > 0, italic > 0)
