"""The minutes stage: blocks are read, facts checked, a summary written from them.

What the LLM found in a block is kept under a hash of what it was asked, so a run that was cut
short anywhere goes on there, and no block is paid for twice.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.ids import new_id
from voicerec_desktop.core.minutes import Fact, Minutes, MissingPart
from voicerec_desktop.core.model import Stage, Transcript
from voicerec_desktop.minutes.blocks import Block, halves, split
from voicerec_desktop.minutes.context import SHARE, bound, context_size, counter
from voicerec_desktop.minutes.evidence import Evidence, same_language, sorted_facts
from voicerec_desktop.minutes.facts import ANSWER, RawFact, extract, located
from voicerec_desktop.minutes.failures import TooLong
from voicerec_desktop.minutes.lines import lines_of, marked
from voicerec_desktop.minutes.llm import Llm, SentRequest
from voicerec_desktop.minutes.masking import Masker
from voicerec_desktop.minutes.merge import merged
from voicerec_desktop.minutes.prompts import Template
from voicerec_desktop.minutes.prose import write
from voicerec_desktop.minutes.server import Server, ServerMemory
from voicerec_desktop.pipeline import events
from voicerec_desktop.pipeline.job import Options, stage_run
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.minutes_versions import LlmRequest
from voicerec_desktop.store.search import stem

SPLIT = b"split"  # kept in the place of facts: it was too long, its halves are kept
PROSE = 0.03  # of the tokens of the transcript may be spent on the facts of the summary
LEAST_PROSE = 1500
_OF_THE_BLOCK = (ErrorCode.LLM_BAD_ANSWER, ErrorCode.LLM_TOO_LONG)  # others may succeed
_raw_facts = msgspec.json.Decoder(list[RawFact])
log = logging.getLogger(__name__)


@dataclass(slots=True)
class MinutesJob:
    """One run over a meeting.

    Args:
        mask: hide phone numbers, e-mail addresses and card numbers from the LLM.
    """

    library: Library
    meeting_id: str
    server: Server
    template: Template
    cancel: CancelToken
    on_event: Callable[[events.Event], None]
    mask: bool = False
    memory: ServerMemory = field(default_factory=ServerMemory)

    def run(self) -> Minutes:
        """Make a new version of the minutes; older ones stay.

        Raises:
            KnownError: NOTHING_SAID, LLM_...; what was found in blocks is kept.
            Cancelled: the same.
        """
        self.cancel.check()
        transcript = self.library.transcript(self.meeting_id)
        self.meeting_id = transcript.meeting.id
        options: Options = {
            "model": self.server.model,
            "template": self.template.name,
            "language": self.template.language,
            "prompt": self.template.version,
        }
        with stage_run(self.library, self.meeting_id, Stage.MINUTES, options, self.on_event):
            minutes = _Reading(self, transcript).minutes()
            self.library.add_minutes(minutes)
        return minutes


class _Reading:
    """The LLM reads a transcript."""

    def __init__(self, job: MinutesJob, transcript: Transcript) -> None:
        self._job = job
        self._llm = Llm(job.server, job.memory, self._note)
        language = job.template.language
        self._masker = Masker() if job.mask else None
        mask = self._masker.mask if self._masker else str
        self._lines = lines_of(transcript, language, mask)
        if not self._lines:
            raise KnownError(ErrorCode.NOTHING_SAID)
        self._evidence = Evidence(
            lines_of(transcript, language), stem, same_language(transcript.segments, language)
        )
        self._facts: list[Fact] = []
        self._missing: list[MissingPart] = []
        self._why: KnownError | None = None
        self._understood = 0

    def minutes(self) -> Minutes:
        job, template = self._job, self._job.template
        context = context_size(self._llm, job.cancel)
        self._most = min(ANSWER, context // 4)
        count = counter(self._llm, self._lines, job.cancel)
        room = int(SHARE * context) - self._most - bound(template.extract)
        blocks = split(self._lines, count, max(room, context // 8))
        for done, block in enumerate(blocks):
            self._read(block)
            job.on_event(events.FactsFound(job.meeting_id, tuple(self._facts)))
            share = (done + 1) / (len(blocks) + 1)
            job.on_event(events.StageProgress(job.meeting_id, Stage.MINUTES, share))
        if self._why and not self._understood:
            raise self._why
        facts = sorted_facts(merged(self._facts, stem))
        budget = max(LEAST_PROSE, int(PROSE * sum(map(count, self._lines))))
        room = min(budget, max(room, 200))
        summary = write(self._llm, facts, template, room, job.cancel, self._grew, self._masker)
        return self._made(summary, facts)

    def _made(self, summary: str, facts: Sequence[Fact]) -> Minutes:
        job = self._job
        return Minutes(
            new_id(),
            job.meeting_id,
            datetime.now(UTC).isoformat(timespec="seconds"),
            job.template.language,
            job.template.name,
            job.server.model,
            job.template.version,
            summary,
            tuple(facts),
            tuple(self._missing),
        )

    def _read(self, block: Block) -> None:
        """Add what a block says, or that it is missing."""
        try:
            raw = self._kept_or_asked(block)
        except KnownError as error:
            if error.code not in _OF_THE_BLOCK:
                raise
            log.warning("block at %.0f s: %s", block.start, error)
            self._why = error
            self._missing.append(MissingPart(block.start, block.end, error.code.value))
            return
        if raw is None:
            for part in halves(block):
                self._read(part)
            return
        self._understood += 1
        for one in raw:
            fact = located(one, block, self._masker.unmask if self._masker else str)
            self._facts.append(self._evidence.checked(fact))

    def _kept_or_asked(self, block: Block) -> list[RawFact] | None:
        """The facts of a block, or None where it must be read in halves."""
        job, key = self._job, self._key(block)
        kept = job.library.block(job.meeting_id, key)
        if kept == SPLIT:
            return None
        if kept is not None:
            return _raw_facts.decode(kept)
        try:
            raw = extract(self._llm, block, job.template, self._most, job.cancel)
        except TooLong as error:
            if len(halves(block)) < 2:
                model = job.server.model
                raise KnownError(ErrorCode.LLM_TOO_LONG, model=model) from error
        except KnownError as error:
            if error.params.get("why") != "cut" or len(halves(block)) < 2:
                raise
        else:
            job.library.keep_block(job.meeting_id, key, msgspec.json.encode(raw))
            return raw
        job.library.keep_block(job.meeting_id, key, SPLIT)
        return None

    def _key(self, block: Block) -> str:
        job = self._job
        asked = (job.template.extract, job.server.model, marked(block.lines, ""))
        return hashlib.sha256("\0".join(asked).encode()).hexdigest()

    def _grew(self, text: str) -> None:
        self._job.on_event(events.SummaryGrew(self._job.meeting_id, text))

    def _note(self, sent: SentRequest) -> None:
        request = LlmRequest(sent.at, sent.host, sent.size, sent.purpose, self._job.meeting_id)
        self._job.library.note_llm_request(request)
