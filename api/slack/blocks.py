"""Block Kit messages within Slack's limits.

All text is `plain_text`, in which Slack reads no mentions, links, formatting or emoji: cable text is shown unchanged.
Limits: https://docs.slack.dev/reference/block-kit/blocks and the reference of `chat.postMessage`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from api.slack.answer_view import AnswerView, Source
from api.slack.markup import escaped, fallback, units
from api.slack.packing import packed, shortened
from rag.domain.paragraph_key import locator_of

SECTION = 3000
"""Units of text a section may hold."""

BLOCKS = 50
MESSAGE = 12_000
_FALLBACK = 3000
_SOURCES = 30
_LINE = 300
_NOTE = 1000
_LABEL = 75
_VALUE = 1900  # a button's value holds 2,000

Block = dict[str, Any]

READ, GOOD, BAD, WEB = "cables_read", "cables_good", "cables_bad", "cables_web"
"""Action ids of the buttons."""


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """One message: its blocks, and the same as plain text for notifications and screen readers."""

    text: str
    blocks: list[Block]


def answer_messages(view: AnswerView) -> list[SlackMessage]:
    """The answer, in as few messages as the limits allow; sources and feedback buttons come last."""
    body = list(sections(view.statements))
    tail = [*_source_blocks(view), *_note_blocks(view.notes), *_page_blocks(view), _feedback_block(view)]
    grouped = list(_grouped([*body, *tail]))
    texts = packed(view.statements, _FALLBACK) or [" "]
    return [SlackMessage(fallback(texts[min(part, len(texts) - 1)]), blocks) for part, blocks in enumerate(grouped)]


def listing(texts: Sequence[str]) -> list[SlackMessage]:
    """These texts, at least one, each in a section of its own, in as few messages as the limits allow."""
    blocks = (section(shortened(text, SECTION)) for text in texts)
    return [SlackMessage(fallback(shortened(texts[0], _FALLBACK)), group) for group in _grouped(blocks)]


def notice(text: str) -> SlackMessage:
    """A message of one text."""
    text = shortened(text, SECTION)
    return SlackMessage(fallback(text), [section(text)])


def progress(status: str, statements: Iterable[str]) -> SlackMessage:
    """The statements so far, above the status."""
    blocks = [*sections(statements)][: BLOCKS - 1]
    shown = next(_grouped([*blocks, context(status)]))
    return SlackMessage(fallback(status), shown)


def sections(statements: Iterable[str]) -> Iterator[Block]:
    """The statements as sections, split between sentences."""
    return (section(text) for text in packed(statements, SECTION))


def section(text: str) -> Block:
    return {"type": "section", "text": _plain(text)}


def context(text: str) -> Block:
    return {"type": "context", "elements": [_plain(shortened(text, _NOTE))]}


def button(label: str, action: str, value: str) -> Block:
    return {"type": "button", "action_id": action, "text": _plain(label), "value": value}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": escaped(text) or " ", "emoji": False}


def _source_blocks(view: AnswerView) -> Iterator[Block]:
    if not view.sources:
        return
    yield {"type": "divider"}
    if view.abstained:
        yield context("Closest paragraphs:")
    for source in view.sources[:_SOURCES]:
        yield _source_block(source)
    if len(view.sources) > _SOURCES:
        yield context(f"and {len(view.sources) - _SOURCES} more")


def _source_block(source: Source) -> Block:
    if not locator_of(source.key):  # a whole cable: the modal shows a paragraph
        return section(shortened(source.line, _LINE))
    read = button("Read", READ, source.key)
    read["accessibility_label"] = escaped(shortened(f"Read {source.citation}", _LABEL))
    return {**section(shortened(source.line, _LINE)), "accessory": read}


def _note_blocks(notes: Iterable[str]) -> Iterator[Block]:
    return (context(note) for note in notes)


def _page_blocks(view: AnswerView) -> Iterator[Block]:
    if view.page:
        opener = {**button("Ask on the web page for all rows", WEB, "page"), "url": view.page}
        yield {"type": "actions", "elements": [opener]}


def _feedback_block(view: AnswerView) -> Block:
    value = shortened(view.question, _VALUE)
    good = {**button("Good answer", GOOD, value), "accessibility_label": "This answer is good"}
    bad = {**button("Bad answer", BAD, value), "accessibility_label": "This answer is bad"}
    return {"type": "actions", "elements": [good, bad]}


def _grouped(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    size = 0
    for block in blocks:
        block_size = _size(block)
        if group and (len(group) == BLOCKS or size + block_size > MESSAGE - _FALLBACK):
            yield group
            group, size = [], 0
        group.append(block)
        size += block_size
    yield group


def _size(value: Any) -> int:
    if isinstance(value, str):
        return units(value)
    if isinstance(value, dict):
        return sum(_size(part) for name, part in value.items() if name not in {"type", "action_id", "value"})
    return sum(_size(part) for part in value) if isinstance(value, list) else 0
