"""A model that has read the minutes beforehand: it answers with the facts that a test gives it."""

import json
import re

from tests.minutes.conftest import Reply

LINE = re.compile(r"^[a-z]{2,3}(\d+)\|(.*)$", re.MULTILINE)


class Reader:
    """Finds in each block the facts whose quote begins there; writes a summary without numbers.

    Attributes:
        blocks: the text of every block that it was asked about.
        replies: what happens to the block with this number (from 0) instead of an answer.
    """

    def __init__(self, facts: list[dict]) -> None:
        self.facts = facts
        self.blocks: list[str] = []
        self.summaries: list[str] = []
        self.summary = "Участники обсудили запуск, бюджет и найм и распределили поручения."
        self.replies: dict[int, Reply] = {}

    def __call__(self, body: dict) -> Reply:
        asked = body["messages"][1]["content"]
        if '"facts"' not in body["messages"][0]["content"]:
            self.summaries.append(asked)
            return Reply([self.summary[:20], self.summary[20:]])
        self.blocks.append(asked)
        if reply := self.replies.get(len(self.blocks) - 1):
            return reply
        return Reply(json.dumps({"facts": list(self._found(asked))}, ensure_ascii=False))

    def _found(self, asked: str):
        lines = {int(number): text for number, text in LINE.findall(asked)}
        for fact in self.facts:
            places = [n for n, text in lines.items() if fact["place"] in text]
            if places:
                answer = {name: fact[name] for name in ("kind", "text", "owner", "due", "quote")}
                yield answer | {"lines": list(range(places[0], places[0] + fact["length"]))}
