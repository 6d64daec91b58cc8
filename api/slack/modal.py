"""The modals that the buttons open: a paragraph between its neighbours, and the feedback form."""

import json
from collections.abc import Mapping
from typing import Any

from api.slack.blocks import SECTION, Block, context, section
from api.slack.markup import escaped
from api.slack.packing import packed, shortened
from rag.domain.reader_url import reader_url

REASON = "cables_reason"
"""Callback, block and action id of the form that asks for a reason."""

_TITLE = 24
_METADATA = 3000
_REASON_LENGTH = 1000
_SHOWN_SECTIONS = 90  # of the 100 blocks of a view


def loading() -> Block:
    """The modal until the paragraph is there."""
    return _modal("Paragraph", [section("Opening the paragraph …")])


def message(text: str) -> Block:
    """A modal of one text."""
    return _modal("Paragraph", [section(text)])


def paragraph(cable: Mapping[str, Any], key: str, public_url: str | None) -> Block:
    """A paragraph of a cable's JSON object with the one before and the one after it, and a link to the web reader.

    The object holds only what its reader may see, so a hidden neighbour is skipped.
    """
    paragraphs = cable["paragraphs"]
    index = next(index for index, item in enumerate(paragraphs) if item["key"] == key)
    cited = paragraphs[index]
    date = (cable["date"] or "")[:10]
    head = " · ".join(part for part in (cable["label"], date, cable["subject"]) if part)
    blocks = [context(head)]
    for item in paragraphs[max(index - 1, 0) : index + 2]:
        blocks += _paragraph_blocks(item, cited=item is cited)
    if public_url:
        blocks.append(_link(public_url, key))
    return _modal(cited["citation"], blocks)


def reason_form(feedback: Mapping[str, Any], place: Mapping[str, Any]) -> Block:
    """The form that asks what was wrong. `feedback`, shortened to what Slack carries, and `place` come back with it."""
    text = _private_metadata(feedback, place)
    field = {
        "type": "plain_text_input",
        "action_id": REASON,
        "multiline": True,
        "max_length": _REASON_LENGTH,
    }
    ask = {
        "type": "input",
        "block_id": REASON,
        "optional": True,
        "label": {"type": "plain_text", "text": "What was wrong with the answer?"},
        "element": field,
    }
    return {
        **_modal("Feedback", [ask]),
        "callback_id": REASON,
        "private_metadata": text,
        "submit": {"type": "plain_text", "text": "Send"},
        "close": {"type": "plain_text", "text": "Cancel"},
    }


def submitted_reason(view: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The feedback with its reason, and the place, of a submitted form."""
    carried = json.loads(view["private_metadata"])
    reason = view["state"]["values"][REASON][REASON]["value"]
    return {**carried["feedback"], "reason": reason or None}, carried["place"]


def _private_metadata(feedback: Mapping[str, Any], place: Mapping[str, Any]) -> str:
    kept = dict(feedback)
    for name in ("answer", "citations", "question"):
        while kept[name] and len(_json(kept, place)) > _METADATA:
            kept[name] = kept[name][: len(kept[name]) * 3 // 4]
    return _json(kept, place)


def _json(feedback: Mapping[str, Any], place: Mapping[str, Any]) -> str:
    return json.dumps({"feedback": feedback, "place": place}, ensure_ascii=False)


def _paragraph_blocks(paragraph: Mapping[str, Any], cited: bool) -> list[Block]:
    marking = f"({paragraph['effective_marking']})" if paragraph["effective_marking"] else None
    head = " ".join(part for part in (paragraph["citation"], marking, paragraph["heading"]) if part)
    texts = packed([paragraph["text"]], SECTION)[: _SHOWN_SECTIONS // 3 - 2]
    shown = [section(text) for text in texts] if cited else [context(text) for text in packed(texts, 900)[:20]]
    return [{"type": "divider"}, context(head), *shown]


def _link(public_url: str, key: str) -> Block:
    opener = {
        "type": "button",
        "action_id": "cables_web",
        "text": {"type": "plain_text", "text": "Open in the web reader"},
        "url": reader_url(public_url, key),
    }
    return {"type": "actions", "elements": [opener]}


def _modal(title: str, blocks: list[Block]) -> Block:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": escaped(shortened(title, _TITLE)), "emoji": False},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": blocks,
    }
