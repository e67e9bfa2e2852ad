"""Minutes as plain text, Markdown and HTML."""

from html import escape as html_escape

from voicerec_desktop.core.minutes import Minutes
from voicerec_desktop.core.model import Transcript
from voicerec_desktop.export import md, txt
from voicerec_desktop.export.labels import clock, one_line, speaker_label
from voicerec_desktop.export.minutes.document import Part, document, word
from voicerec_desktop.export.minutes.summary import parser, read
from voicerec_desktop.export.options import ExportOptions
from voicerec_desktop.export.paragraphs import paragraphs

_STYLE = """
body { font: 16px/1.5 sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; }
.about, .time, .doubt, .note { color: #666; }
.doubt, .note { font-style: italic; }
"""


def as_txt(
    transcript: Transcript, minutes: Minutes, options: ExportOptions, with_transcript: bool
) -> bytes:
    """Plain text; a line for each fact: `[02:03] ...`."""
    lines = []
    for part in document(transcript, minutes):
        if part.style == "text":
            lines += ["", *(_plain(one.style, one.text) for one in read(part.text))]
        elif part.style == "fact":
            time = f"[{clock(part.start)}] " if part.start is not None else ""
            lines.append(f"- {time}{part.text}" + (f" [? {part.doubt}]" if part.doubt else ""))
        else:
            lines += ["", part.text] if part.style in ("heading", "note") else [part.text]
    if with_transcript:
        lines += ["", word("transcript", minutes.language)]
        lines.append(txt.render(transcript, options).decode().rstrip("\n"))
    return ("\n".join(lines) + "\n").encode()


def _plain(style: str, text: str) -> str:
    return f"- {text}" if style in ("bullet", "number") else text


def as_md(
    transcript: Transcript, minutes: Minutes, options: ExportOptions, with_transcript: bool
) -> bytes:
    """CommonMark."""
    blocks: list[str] = []
    before = ""
    for part in document(transcript, minutes):
        block = _md(part)
        if part.style == before == "fact":
            blocks[-1] += f"\n{block}"
        else:
            blocks.append(block)
        before = part.style
    if with_transcript:
        blocks.append(f"## {md.escape(word('transcript', minutes.language))}")
        said = md.render(transcript, options).decode()
        blocks.append(said.partition("\n\n")[2].rstrip("\n"))  # the title is there already
    return ("\n\n".join(blocks) + "\n").encode()


def _md(part: Part) -> str:
    match part.style:
        case "title":
            return f"# {md.escape(part.text)}"
        case "heading":
            return f"## {md.escape(part.text)}"
        case "text":
            return part.text.strip()
        case "fact":
            time = rf"\[{clock(part.start)}\] " if part.start is not None else ""
            doubt = f" *({md.escape(part.doubt)})*" if part.doubt else ""
            return f"- {time}{md.escape(part.text)}{doubt}"
        case _:
            return f"*{md.escape(part.text)}*"


def as_html(
    transcript: Transcript, minutes: Minutes, options: ExportOptions, with_transcript: bool
) -> bytes:
    """One page that loads nothing: no script, no picture, no link."""
    title = html_escape(one_line(transcript.meeting.title))
    body: list[str] = []
    listed = False
    for part in document(transcript, minutes):
        if (part.style == "fact") != listed:
            listed = not listed
            body.append("<ul>" if listed else "</ul>")
        body.append(_html(part))
    if listed:
        body.append("</ul>")
    if with_transcript:
        body.append(f"<h2>{html_escape(word('transcript', minutes.language))}</h2>")
        body += _said(transcript, options)
    return (
        f'<!DOCTYPE html>\n<html lang="{minutes.language}"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{_STYLE}</style></head><body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    ).encode()


def _html(part: Part) -> str:
    text = html_escape(part.text)
    match part.style:
        case "title":
            return f"<h1>{text}</h1>"
        case "heading":
            return f"<h2>{text}</h2>"
        case "text":
            return str(parser().render(part.text))
        case "fact":
            time = ""
            if part.start is not None:
                time = f'<span class="time">{clock(part.start)}</span> '
            doubt = f' <span class="doubt">({html_escape(part.doubt)})</span>' if part.doubt else ""
            return f"<li>{time}{text}{doubt}</li>"
        case style:
            return f'<p class="{style}">{text}</p>'


def _said(transcript: Transcript, options: ExportOptions) -> list[str]:
    lines = []
    for one in paragraphs(transcript, options):
        label = speaker_label(transcript, one.speaker_id, options.language)
        who = f"<b>{html_escape(label)}</b> " if label and options.speakers else ""
        time = f'<span class="time">{clock(one.start)}</span> ' if options.times else ""
        text = html_escape(one.text)
        lines.append(f"<p>{who}{time}{f'<i>{text}</i>' if one.doubtful else text}</p>")
    return lines
