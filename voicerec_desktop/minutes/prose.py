"""The summary, written from checked facts and from nothing else."""

from collections.abc import Callable, Sequence

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.minutes import Fact
from voicerec_desktop.minutes.answers import in_language
from voicerec_desktop.minutes.context import bound
from voicerec_desktop.minutes.lines import unheard
from voicerec_desktop.minutes.llm import Llm
from voicerec_desktop.minutes.masking import Masker
from voicerec_desktop.minutes.numbers import foreign, numbers
from voicerec_desktop.minutes.prompts import Template
from voicerec_desktop.minutes.sanitise import plain, sanitised

ANSWER = 1200  # tokens
UNCONFIRMED = {"ru": "не подтверждено", "en": "not confirmed"}
_AGAIN = {
    "ru": "Ответь ещё раз: по-русски, только по записям, без чисел, которых в них нет.",
    "en": "Answer again: in English, only what the entries say, no numbers that are not in them.",
}
_DUE = {"ru": "срок", "en": "due"}
_OWNER = {"ru": "отвечает", "en": "owner"}


def write(
    llm: Llm,
    facts: Sequence[Fact],
    template: Template,
    room: int,
    cancel: CancelToken,
    on_text: Callable[[str], None] | None = None,
    masker: Masker | None = None,
) -> str:
    """The summary in Markdown, sanitised; "" where nothing is confirmed.

    Args:
        room: tokens that facts may take; decisions and tasks go first.
        on_text: gets all of it so far, sanitised.
        masker: hides what must not be sent, and undoes that in the summary.

    Raises:
        KnownError: LLM_...
    """
    chosen = _chosen([fact for fact in facts if fact.confirmed], template.language, room)
    if not chosen:
        return ""
    hide, undo = (masker.mask, masker.unmask) if masker else (str, str)
    mark = unheard("\n".join(chosen).casefold())
    given = "\n".join(f"{mark}|{hide(line)}" for line in chosen)
    messages = [
        {"role": "system", "content": template.write.replace("{mark}", mark)},
        {"role": "user", "content": given},
    ]
    show = (lambda text: on_text(undo(sanitised(text)))) if on_text else None
    text = ""
    for _ in range(2):
        answer = llm.ask(messages, "summary", cancel, ANSWER, on_text=show)
        text = sanitised(answer.text.replace(f"{mark}|", ""))
        good = text and not answer.cut and in_language(text, template.language)
        if good and not foreign(numbers(text), numbers(given)):
            return undo(text)
        again = {"role": "user", "content": _AGAIN[template.language]}
        messages = [*messages[:2], {"role": "assistant", "content": text or "-"}, again]
    if not text:
        raise KnownError(ErrorCode.LLM_BAD_ANSWER, model=llm.server.model, why="empty")
    if not in_language(text, template.language):
        raise KnownError(ErrorCode.LLM_BAD_ANSWER, model=llm.server.model, why="other_language")
    return undo(_doubted(text, given, template.language))


def _chosen(facts: Sequence[Fact], language: str, room: int) -> list[str]:
    """As many facts as there is room for."""
    chosen: list[str] = []
    for fact in facts:
        line = fact_line(fact, language)
        room -= bound(line) + 8
        if room < 0 and chosen:
            break
        chosen.append(line)
    return chosen


def fact_line(fact: Fact, language: str) -> str:
    """A fact as one line of text, with owner and due date."""
    more = [
        f"{word[language]}: {value}"
        for word, value in ((_OWNER, plain(fact.owner)), (_DUE, plain(fact.due)))
        if value
    ]
    return f"[{fact.kind}] {plain(fact.text)}" + (f" ({'; '.join(more)})" if more else "")


def _doubted(text: str, given: str, language: str) -> str:
    """The summary with a note at each line whose numbers no fact gives."""
    known = numbers(given)
    return "\n".join(
        f"{line} *({UNCONFIRMED[language]})*" if foreign(numbers(line), known) else line
        for line in text.splitlines()
    )
