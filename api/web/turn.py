"""One question with its answer: sentences as they come, citations as links, and what can be done with it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from nicegui import ui

from api.web.cable_view import permalink
from api.web.markup import button, icon_button, node, set_attributes, set_text
from rag.answer import Answer, Condition, Sentence
from rag.filters import Filters
from rag.passage import Passage

OpenCitation = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a reader can do with an answer; the page supplies it."""

    open: Callable[["Turn", str], object]
    """Open a cited paragraph, by key."""
    judge: Callable[["Turn", str, str | None], Awaitable[None]]
    """Pass the verdict `up` or `down` with its reason."""
    copy: Callable[["Turn", str], object]
    """Copy the answer as `text` or `markdown`."""
    widen: Callable[["Turn", frozenset[str]], object]
    """Ask again without these conditions."""
    again: Callable[["Turn"], object]
    """Ask the same question again."""


class Turn:
    """A question and its answer in the current slot."""

    def __init__(self, question: str, deeds: Deeds) -> None:
        self.question = question
        self.answer: Answer | None = None
        self.dismissed: frozenset[str] = frozenset()
        """Conditions not to be read from the question."""
        self.filters = Filters()
        """The reader's own conditions."""
        self.settled = False
        """Whether there is an answer, or the reason for having none."""
        self._deeds = deeds
        with node("article", classes="turn", aria_label="Question and answer") as self.root:
            node("h2", question, "question", dir="auto")
            self._chips = node("div", classes="chips")
            self._body = node("div", classes="answer", aria_live="polite", aria_busy="true")
            self._status = node("p", "Searching the archive …", "status", role="status")
            self._foot = node("div", classes="foot")

    @property
    def keys(self) -> list[str]:
        """The cited keys in the order of their first citation."""
        if self.answer is None:
            return []
        return list(dict.fromkeys(key for each in self.answer.sentences for key in each.citations))

    def status(self, words: str) -> None:
        """Say where the work stands."""
        set_text(self._status, words)

    def say(self, sentence: Sentence, names: dict[str, str]) -> None:
        """Add one sentence; `names` has the citation of every key it cites."""
        with self._body:
            self._sentence(sentence, names)

    def finish(self, answer: Answer, sources: Sequence[Passage]) -> None:
        """Show the whole answer; `sources` are the cited paragraphs, or the closest where it abstains."""
        self.answer, self.settled = answer, True
        names = {each.key: each.citation for each in sources}
        self._body.clear()
        with self._body:
            if answer.abstained:
                self._abstained(answer, sources)
            for sentence in answer.sentences:
                self._sentence(sentence, names)
        set_attributes(self._body, aria_busy="false", data_mode=answer.mode)
        self._status.set_visibility(False)
        with self._chips:
            if answer.question.casefold() != self.question.strip().casefold():
                node("p", f"Understood as: {answer.question}", "provenance", dir="auto")
            for words, fields in chips(answer.filters):
                self._chip(words, fields)
        with self._foot:
            if sources and not answer.abstained:
                _sources(sources, self._pill)
            self._provenance(answer)
            self._actions()

    def fail(self, words: str) -> None:
        """Say that there is no answer, and why."""
        self.settled = True
        self._status.set_visibility(False)
        set_attributes(self._body, aria_busy="false")
        with self._foot, node("div", classes="notice", role="alert"):
            node("p", words)
            button("Ask again", lambda: self._deeds.again(self), "plain")

    def _sentence(self, sentence: Sentence, names: dict[str, str]) -> None:
        if not sentence.supported:
            with node("p", classes="sentence withheld"):
                node("span", "Withheld: the archive does not support it", "tag")
                node("span", sentence.text, dir="auto")
            return
        with node("p", classes="sentence"):
            node("span", sentence.text, dir="auto")
            for key in sentence.citations:
                if key in names:
                    self._pill(key, names[key])

    def _pill(self, key: str, citation: str) -> None:
        link = node("a", citation, "pill", href=permalink(key), data_key=key)
        link.on("click", lambda: self._deeds.open(self, key), js_handler="(e) => cables.follow(e, emit)")

    def _abstained(self, answer: Answer, closest: Sequence[Passage]) -> None:
        with node("div", classes="abstained"):
            otherwise = any(sentence.supported for sentence in answer.sentences)
            node("p", "The archive seems to say otherwise." if otherwise else "The archive does not say.", "verdict")
            if answer.reason:
                node("p", f"{answer.reason[:1].upper()}{answer.reason[1:]}.", "reason")
            if closest and not otherwise:
                with node("p", classes="closest"):
                    node("span", "Closest to it:")
                    for passage in closest:
                        self._pill(passage.key, passage.citation)

    def _chip(self, words: str, fields: frozenset[str]) -> None:
        with node("button", classes="chip", type="button", aria_label=f"Remove the condition {words} and ask again",
                  title="Remove and ask again") as chip:  # fmt: skip
            node("span", words)
            node("span", classes="icon icon-close", aria_hidden="true")
        chip.on("click", lambda: self._deeds.widen(self, fields), args=[])

    def _provenance(self, answer: Answer) -> None:
        how = _quoted(answer) if answer.mode == "extractive" else f"Written by {answer.trace.get('model')}"
        searched = answer.searched
        parts = [how] if answer.quotes else []
        if "paragraphs" in searched:
            parts.append(f"searched {searched['paragraphs']:,} paragraphs of {searched['cables']:,} cables")
        if answer.timings_ms.get("total"):
            parts.append(f"{answer.timings_ms['total'] / 1000:.1f} s")
        node("p", _sentence_case(" · ".join(parts)), "provenance")
        if answer.reason and not answer.abstained:
            node("p", _sentence_case(answer.reason), "provenance")

    def _actions(self) -> None:
        with node("div", classes="actions") as row:
            self._up = icon_button("up", "Good answer", lambda: self._judged("up"))
            self._down = icon_button("down", "Bad answer", lambda: self._judged("down"))
            node("span", classes="rule", aria_hidden="true")
            button("Copy", lambda: self._deeds.copy(self, "text"), "plain", title="Copy with citations as plain text")
            button("Copy as Markdown", lambda: self._deeds.copy(self, "markdown"), "plain")
        self._row = row
        self._reason_place = node("div")

    def _judged(self, verdict: str) -> None:
        set_attributes(self._up, aria_pressed=str(verdict == "up").lower())
        set_attributes(self._down, aria_pressed=str(verdict == "down").lower())
        self._reason_place.clear()
        name = f"reason-{self._reason_place.id}"
        with self._reason_place, node("form", classes="why") as form:
            node("label", "What was good?" if verdict == "up" else "What was wrong?", for_=name)
            node("input", id=name, name="reason", maxlength="1000", autocomplete="off",
                 placeholder="A few words, if you like")  # fmt: skip
            node("button", "Send", "plain", type="submit")
        form.on("submit", lambda event: self._thank(verdict, str(event.args or "").strip() or None),
                js_handler="(e) => { e.preventDefault(); emit(e.target.elements.reason.value); }")  # fmt: skip
        ui.run_javascript(f"document.getElementById('{name}').focus()")  # else the box below may hide it

    async def _thank(self, verdict: str, reason: str | None) -> None:
        await self._deeds.judge(self, verdict, reason)
        self._reason_place.clear()
        with self._reason_place:
            node("p", "Thank you: noted.", "provenance", role="status")


def chips(conditions: Sequence[Condition]) -> list[tuple[str, frozenset[str]]]:
    """Conditions in words, each with the fields to dismiss with it: posts go together, so do the two dates."""
    values: dict[str, list[str]] = {}
    for each in conditions:
        values.setdefault(f"{each.field} (soft)" if each.soft else each.field, []).append(each.value)
    first, last = values.pop("date_from", [""])[0], values.pop("date_to", [""])[0]
    made = [
        (f"{_FIELDS.get(field, field)}: {_JOINED.get(field, ' or ').join(held)}", frozenset({field.partition(" ")[0]}))
        for field, held in values.items()
    ]
    if first or last:
        made.append((f"Date: {_range(first, last)}", frozenset({"date_from", "date_to"})))
    return made


_FIELDS = {
    "post": "Post",
    "tag": "TAGS",
    "classification": "Classification",
    "post (soft)": "Post preferred",
    "date (soft)": "Date preferred",
    "spelling": "Spelling",
}
_JOINED = {"spelling": ", "}


def _range(first: str, last: str) -> str:
    if first and last and first[4:] == "-01-01" and last == f"{first[:4]}-12-31":
        return first[:4]
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}"


def _sources(sources: Sequence[Passage], pill: Callable[[str, str], None]) -> None:
    """The cited cables, each with its subject, date and cited paragraphs."""
    by_cable: dict[str, list[Passage]] = {}
    for passage in sources:
        by_cable.setdefault(passage.cable_id, []).append(passage)
    with node("section", classes="sources", aria_label="Sources"):
        node("h3", "Sources")
        with node("ul"):
            for passages in by_cable.values():
                first = passages[0]
                with node("li"):
                    node("p", first.subject or first.cable_id, "source-subject", dir="auto")
                    with node("p", classes="source-line"):
                        node("span", (first.date or "undated")[:10], "date")
                        for passage in passages:
                            pill(passage.key, passage.citation)


def _sentence_case(words: str) -> str:
    return words[:1].upper() + words[1:]


def _quoted(answer: Answer) -> str:
    quotes = {quote.quote for quote in answer.quotes}
    if all(sentence.text in quotes for sentence in answer.sentences):
        return "Quoted word for word"
    return "Quoted, with names and dates added in brackets and comments marked"
