"""Which of the candidate lines start paragraphs: the best consistent numbering, found by beam search.

A candidate starts a paragraph, or is an item of a numbered list inside a paragraph, or is noise: a number that happens
to start a line. A hypothesis labels every candidate up to some line. Its score adds the weight of each candidate and
how well its number follows the one before. The beam keeps the best hypotheses that differ in the state that decides
what may follow, so the search is linear in the number of candidates.
"""

from collections import deque
from collections.abc import Sequence, Set
from dataclasses import dataclass

from ingest.body.number_candidates import NumberCandidate

_BEAM = 40
# Beam widths for texts with more candidates than any telegram, which must not take long either.
_NARROWER = ((20_000, 1), (1_500, 4))
_NEVER_STARTS = -4.0  # weight of an unmarked number within a sentence: it never starts a paragraph
_WELL_PLACED = 1.5  # weight of a number after a blank line or the end of a sentence

_CONTINUES = 3.0
_PILCROW_LOST = -3.0  # reading `13.` as ¶3, until the numbering makes it likely
_PILCROW_LOST_AGAIN = 0.0  # after one lost pilcrow the next ones are mostly lost too
_PILCROW_KEPT = -1.0  # reading `13.` as ¶13 after a lost pilcrow
_LIST_ITEM, _LIST_START = -0.3, -0.6
_BREAKS_LIST = -3.0  # taking the next number of an open list for a paragraph
_MARKED_LIST_ITEM = _MARKED_NOISE = -12.0
_UNMARKED_AMONG_MARKED = -6.0


@dataclass(frozen=True, slots=True)
class ParagraphStart:
    """The start of a paragraph: its candidate, and the number it is read as."""

    candidate: NumberCandidate
    number: int


@dataclass(slots=True)
class _Hypothesis:
    """Labels up to some candidate: `last` paragraph and last list `item`, each 0 where there is none."""

    score: float
    last: int = 0
    item: int = 0
    pilcrow_lost: bool = False
    chosen: "_Backpointer | None" = None

    def state(self) -> tuple[int, int, bool]:
        return self.last, self.item, self.pilcrow_lost


@dataclass(slots=True)
class _Backpointer:
    start: ParagraphStart
    before: "_Backpointer | None"


def choose_starts(candidates: Sequence[NumberCandidate], restarts: Set[int] = frozenset()) -> list[ParagraphStart]:
    """The starts of the paragraphs among `candidates`, in order.

    `restarts` holds the lines at which another message starts, whose paragraphs count from 1 again.
    """
    likely = [candidate for candidate in candidates if candidate.marking or candidate.weight > _NEVER_STARTS]
    dotted = [candidate for candidate in likely if not candidate.parenthesis]
    if not any(candidate.marking for candidate in dotted):  # `1) (C)` numbers paragraphs where nothing else does
        dotted = [candidate for candidate in likely if candidate.marking or not candidate.parenthesis]
    if dotted and _is_consecutive(dotted):
        return [ParagraphStart(candidate, candidate.number) for candidate in dotted]
    starts = _Search(dotted, restarts).run()
    if not starts and len(dotted) < len(likely):
        starts = _Search(likely, restarts).run()
    return starts


def _is_consecutive(candidates: Sequence[NumberCandidate]) -> bool:
    """Whether the candidates count from 1 without a gap, each well placed: true of most telegrams."""
    return all(
        candidate.number == position and candidate.weight >= _WELL_PLACED
        for position, candidate in enumerate(candidates, 1)
    )


class _Search:
    def __init__(self, candidates: Sequence[NumberCandidate], restarts: Set[int]) -> None:
        self._candidates = candidates
        self._restarts = deque(sorted(restarts))
        self._width = next((width for many, width in _NARROWER if len(candidates) > many), _BEAM)
        self._unmarked = _UNMARKED_AMONG_MARKED if _has_markings(candidates) else 0.0

    def run(self) -> list[ParagraphStart]:
        beam = [_Hypothesis(0.0)]
        for candidate in self._candidates:
            if self._restarts and self._restarts[0] <= candidate.line:
                while self._restarts and self._restarts[0] <= candidate.line:
                    self._restarts.popleft()
                beam = [_Hypothesis(path.score, 0, 0, path.pilcrow_lost, path.chosen) for path in beam]
            best: dict[tuple[int, int, bool], _Hypothesis] = {}
            for path in beam:
                for option in self._options(path, candidate):
                    state = option.state()
                    known = best.get(state)
                    if known is None or option.score > known.score:
                        best[state] = option
            beam = sorted(best.values(), key=_score, reverse=True)[: self._width]
        return _starts(max(beam, key=_score))

    def _options(self, path: _Hypothesis, candidate: NumberCandidate) -> list[_Hypothesis]:
        """The hypotheses that extend `path` by one label for `candidate`."""
        options = [_noise(path, candidate)]
        if candidate.number:
            options.append(self._paragraph(path, candidate, candidate.number, False))
            if candidate.number == 1 or candidate.number == path.item + 1 > 1:
                options.append(_item(path, candidate, candidate.number))
        if number := candidate.after_pilcrow:
            if number >= path.last - 1 and (path.pilcrow_lost or number <= path.last + 2):
                options.append(self._paragraph(path, candidate, number, True))
            if path.pilcrow_lost and (number == 1 or number == path.item + 1 > 1):
                options.append(_item(path, candidate, number))
        return options

    def _paragraph(self, path: _Hypothesis, candidate: NumberCandidate, number: int, pilcrow_lost: bool) -> _Hypothesis:
        score = path.score + candidate.weight + _follows(path.last, number)
        if candidate.parenthesis and not candidate.marking:
            score -= 2.0
        if not candidate.marking:
            score += self._unmarked
        if number == path.item + 1 > 1 and number != path.last + 1:
            score += _BREAKS_LIST
        if pilcrow_lost:
            score += _PILCROW_LOST_AGAIN if path.pilcrow_lost else _PILCROW_LOST
        elif path.pilcrow_lost and candidate.after_pilcrow:
            score += _PILCROW_KEPT
        chosen = _Backpointer(ParagraphStart(candidate, number), path.chosen)
        return _Hypothesis(score, number, 0, path.pilcrow_lost or pilcrow_lost, chosen)


def _has_markings(candidates: Sequence[NumberCandidate]) -> bool:
    """Whether the telegram marks its paragraphs: then its unmarked numbers are mostly those of lists."""
    placed = [candidate for candidate in candidates if candidate.weight >= _WELL_PLACED]
    return bool(placed and placed[0].marking) and sum(candidate.marking is not None for candidate in placed) > 1


def _score(path: _Hypothesis) -> float:
    return path.score


def _starts(path: _Hypothesis) -> list[ParagraphStart]:
    starts = []
    pointer = path.chosen
    while pointer is not None:
        starts.append(pointer.start)
        pointer = pointer.before
    return starts[::-1]


def _noise(path: _Hypothesis, candidate: NumberCandidate) -> _Hypothesis:
    """The hypothesis that the number happens to start a line."""
    cost = 0.0
    if candidate.marking:
        cost = _MARKED_NOISE
    elif candidate.weight > 0:
        cost = -3.0 if path.last + 1 in (candidate.number, candidate.after_pilcrow) else -1.0
    return _Hypothesis(path.score + cost, path.last, path.item, path.pilcrow_lost, path.chosen)


def _item(path: _Hypothesis, candidate: NumberCandidate, number: int) -> _Hypothesis:
    """The hypothesis that the number is an item of a list."""
    cost = _MARKED_LIST_ITEM if candidate.marking else _LIST_START if number == 1 else _LIST_ITEM
    return _Hypothesis(path.score + cost, path.last, number, path.pilcrow_lost, path.chosen)


def _follows(last: int, number: int) -> float:
    """How well `number` follows `last` (0 before the first)."""
    if last == 0:
        return 2.5 if number == 1 else -0.5 - min(number, 40) * 0.15
    step = number - last
    if number == 1:
        return -5.0 if step == 0 else -14.0
    if step == 1:
        return _CONTINUES
    if step > 1:
        # A gap of a hundred is not left out text but a pilcrow read as a 1.
        return -1.0 - 0.6 * min(step - 1, 12) - 0.05 * min(max(step - 13, 0), 100)
    if step == 0:
        return -3.0
    return -3.0 if step == -1 else -5.0 - 0.5 * min(-step, 12)
