"""One question with its answer: sentences as they come, citations as links, and buttons."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from nicegui import ui

from api.web.answer_table import draw_table
from api.web.cable_view import permalink
from api.web.conditions import condition_labels
from api.web.markup import button, icon_button, node, set_attributes, set_text
from rag.domain.answer import CLOSEST_PASSAGES, Answer, Sentence
from rag.domain.filters import Filters
from rag.domain.paragraph_key import locator_of
from rag.domain.retrieved_paragraph import RetrievedParagraph


@dataclass(frozen=True, slots=True)
class TurnActions:
    """What a reader can do with an answer. The page supplies these callbacks."""

    open: Callable[["TurnPanel", str], object]
    """Open a cited paragraph, by key."""
    judge: Callable[["TurnPanel", str, str | None], Awaitable[None]]
    """Send the verdict `up` or `down` with its reason."""
    copy: Callable[["TurnPanel", str], object]
    """Copy the answer as `text` or `markdown`."""
    widen: Callable[["TurnPanel", frozenset[str]], object]
    """Ask again without these conditions."""
    again: Callable[["TurnPanel"], object]
    """Ask the same question again."""


class TurnPanel:
    """A question and its answer in the current slot."""

    def __init__(self, question: str, actions: TurnActions) -> None:
        self.question = question
        self.answer: Answer | None = None
        self.dismissed: frozenset[str] = frozenset()
        """Fields whose conditions are not to be read from the question."""
        self.filters = Filters()
        """The reader's own conditions."""
        self.settled = False
        """Whether there is an answer, or the reason for having none."""
        self._on = actions
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
        return list(dict.fromkeys(key for sentence in self.answer.sentences for key in sentence.citations))

    def status(self, text: str) -> None:
        """Show the stage of the work."""
        set_text(self._status, text)

    def say(self, sentence: Sentence, names: dict[str, str]) -> None:
        """Add one sentence; `names` has the citation of every key it cites."""
        with self._body:
            self._sentence(sentence, names)

    def finish(self, answer: Answer, sources: Sequence[RetrievedParagraph]) -> None:
        """Show the whole answer; `sources` are the cited paragraphs, or the closest where it abstains."""
        self.answer, self.settled = answer, True
        names = {passage.key: passage.citation for passage in sources}
        names |= {quote.key: quote.citation for quote in answer.quotes if not locator_of(quote.key)}
        self._body.clear()
        with self._body:
            if answer.abstained:
                self._abstained(answer, sources)
            for sentence in answer.sentences:
                self._sentence(sentence, names)
            if answer.table is not None and answer.table.rows:
                draw_table(answer.table)
        set_attributes(self._body, aria_busy="false", data_mode=answer.mode)
        self._status.set_visibility(False)
        with self._chips:
            if answer.question.casefold() != self.question.strip().casefold():
                node("p", f"Understood as: {answer.question}", "provenance", dir="auto")
            for label, fields in condition_labels(answer.filters):
                self._chip(label, fields)
        with self._foot:
            if sources and not answer.abstained:
                _sources(sources, self._pill)
            self._provenance(answer)
            self._actions()

    def fail(self, reason: str) -> None:
        """Show why there is no answer."""
        self.settled = True
        self._status.set_visibility(False)
        set_attributes(self._body, aria_busy="false")
        with self._foot, node("div", classes="notice", role="alert"):
            node("p", reason)
            button("Ask again", lambda: self._on.again(self), "plain")

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
        if locator_of(key):  # a whole cable opens on its own page
            link.on("click", lambda: self._on.open(self, key), js_handler="(e) => cables.follow(e, emit)")

    def _abstained(self, answer: Answer, closest: Sequence[RetrievedParagraph]) -> None:
        with node("div", classes="abstained"):
            node("p", CLOSEST_PASSAGES if answer.text else "The archive does not say.", "verdict")
            if answer.reason:
                node("p", f"{answer.reason[:1].upper()}{answer.reason[1:]}.", "reason")
            if closest and not answer.text:
                with node("p", classes="closest"):
                    node("span", "Closest to it:")
                    for passage in closest:
                        self._pill(passage.key, passage.citation)

    def _chip(self, label: str, fields: frozenset[str]) -> None:
        with node("button", classes="chip", type="button", aria_label=f"Remove the condition {label} and ask again",
                  title="Remove and ask again") as chip:  # fmt: skip
            node("span", label)
            node("span", classes="icon icon-close", aria_hidden="true")
        chip.on("click", lambda: self._on.widen(self, fields), args=[])

    def _provenance(self, answer: Answer) -> None:
        origin = _quoted(answer) if answer.mode == "extractive" else f"Written by {answer.trace.get('model')}"
        searched = answer.searched
        parts = [origin] if any(quote.quote for quote in answer.quotes) else []
        if "paragraphs" in searched:
            parts.append(f"searched {searched['paragraphs']:,} paragraphs of {searched['cables']:,} cables")
        if answer.timings_ms.get("total"):
            parts.append(f"{answer.timings_ms['total'] / 1000:.1f} s")
        node("p", _sentence_case(" · ".join(parts)), "provenance")
        if answer.reason and not answer.abstained:
            node("p", _sentence_case(answer.reason), "provenance")

    def _actions(self) -> None:
        with node("div", classes="actions"):
            self._up = icon_button("up", "Good answer", lambda: self._ask_reason("up"))
            self._down = icon_button("down", "Bad answer", lambda: self._ask_reason("down"))
            node("span", classes="rule", aria_hidden="true")
            button("Copy", lambda: self._on.copy(self, "text"), "plain", title="Copy with citations as plain text")
            button("Copy as Markdown", lambda: self._on.copy(self, "markdown"), "plain")
        self._reason_place = node("div")

    def _ask_reason(self, verdict: str) -> None:
        set_attributes(self._up, aria_pressed=str(verdict == "up").lower())
        set_attributes(self._down, aria_pressed=str(verdict == "down").lower())
        self._reason_place.clear()
        name = f"reason-{self._reason_place.id}"
        with self._reason_place, node("form", classes="why") as form:
            node("label", "What was good?" if verdict == "up" else "What was wrong?", for_=name)
            node("input", id=name, name="reason", maxlength="1000", autocomplete="off",
                 placeholder="A few words, if you like")  # fmt: skip
            node("button", "Send", "plain", type="submit")
        form.on("submit", lambda event: self._send_verdict(verdict, str(event.args or "").strip() or None),
                js_handler="(e) => { e.preventDefault(); emit(e.target.elements.reason.value); }")  # fmt: skip
        ui.run_javascript(f"document.getElementById('{name}').focus()")  # else the question box may cover it

    async def _send_verdict(self, verdict: str, reason: str | None) -> None:
        await self._on.judge(self, verdict, reason)
        self._reason_place.clear()
        with self._reason_place:
            node("p", "Thank you: noted.", "provenance", role="status")


def _sources(sources: Sequence[RetrievedParagraph], pill: Callable[[str, str], None]) -> None:
    """The cited cables, each with its subject, date and cited paragraphs."""
    by_cable: dict[str, list[RetrievedParagraph]] = {}
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


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _quoted(answer: Answer) -> str:
    quotes = {quote.quote for quote in answer.quotes}
    if all(sentence.text in quotes for sentence in answer.sentences):
        return "Quoted word for word"
    return "Quoted, with names and dates added in brackets and comments marked"
