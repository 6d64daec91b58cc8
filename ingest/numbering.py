"""Which of the candidate lines are paragraphs: the best consistent numbering, found by beam search.

A candidate is one of three things: the next paragraph, an item of a numbered list inside a paragraph, or a number that
only happens to start a line. A numbering is a choice for every candidate; its score adds the candidates' own evidence
and how well each number follows the one before. The beam holds the best few numberings that differ in the state that
decides what may follow, so the search is linear in the number of candidates.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from ingest.number_candidates import Candidate

_BEAM = 16
_NARROW_BEAM, _MANY = 4, 1500  # candidates; texts with more are no telegrams, and must not take long either

_CONTINUES = 3.0
_STUCK = -1.0  # reading `13.` as ¶3 needs the numbering to ask for it
_STUCK_AGAIN = 0.5  # once one pilcrow is lost, the next ones mostly are
_LIST_ITEM, _LIST_START = -0.3, -0.6
_MARKED_LIST_ITEM = -6.0
_UNMARKED_AMONG_MARKED = -5.0
_ALL_MARKED = 2  # marked paragraphs in a row after which an unmarked one is suspicious


@dataclass(frozen=True, slots=True)
class Start:
    """A paragraph's start: its candidate, the number it was read as."""

    candidate: Candidate
    number: int


@dataclass(slots=True)
class _Path:
    """A numbering up to some candidate. `item` is the last number of an open list, 0 where none is open."""

    score: float
    last: int = 0
    item: int = 0
    stuck: bool = False
    marked: int = 0
    chosen: "_Link | None" = None

    def state(self) -> tuple[int, int, bool, int]:
        return self.last, self.item, self.stuck, self.marked


@dataclass(slots=True)
class _Link:
    start: Start
    before: "_Link | None"


def choose(candidates: Sequence[Candidate], restarts: Set[int] = frozenset()) -> list[Start]:
    """The starts of the paragraphs among `candidates`, in order.

    `restarts` holds lines from which on a new message counts from 1 again.
    """
    dotted = [candidate for candidate in candidates if not candidate.parenthesis]
    starts = _search(dotted, restarts)
    if not starts and len(dotted) < len(candidates):
        starts = _search(candidates, restarts)
    return starts


def _search(candidates: Sequence[Candidate], restarts: Set[int]) -> list[Start]:
    width = _BEAM if len(candidates) <= _MANY else _NARROW_BEAM
    pending = sorted(restarts)
    paths = [_Path(0.0)]
    for candidate in candidates:
        fresh = False
        while pending and pending[0] <= candidate.line:
            pending.pop(0)
            fresh = True
        grown: dict[tuple[int, int, bool, int], _Path] = {}
        for path in paths:
            if fresh:
                path = _Path(path.score, 0, 0, path.stuck, 0, path.chosen)
            for option in _options(path, candidate):
                state = option.state()
                known = grown.get(state)
                if known is None or option.score > known.score:
                    grown[state] = option
        paths = sorted(grown.values(), key=_score, reverse=True)[:width]
    return _starts(max(paths, key=_score))


def _score(path: _Path) -> float:
    return path.score


def _starts(path: _Path) -> list[Start]:
    starts = []
    link = path.chosen
    while link is not None:
        starts.append(link.start)
        link = link.before
    return starts[::-1]


def _options(path: _Path, candidate: Candidate) -> list[_Path]:
    """What `candidate` may be after `path`."""
    options = [_noise(path, candidate)]
    if candidate.number:
        options.append(_paragraph(path, candidate, candidate.number, False))
        if candidate.number == 1 or candidate.number == path.item + 1 > 1:
            options.append(_item(path, candidate))
    if candidate.stuck and candidate.stuck in (path.last + 1, path.last + 2):
        options.append(_paragraph(path, candidate, candidate.stuck, True))
    return options


def _noise(path: _Path, candidate: Candidate) -> _Path:
    """The number only happens to stand at the start of a line."""
    cost = 0.0
    if candidate.marking:
        cost = 7.0
    elif candidate.weight > 0:
        cost = 1.0 if candidate.number and candidate.number != path.last + 1 else 3.0
    return _Path(path.score - cost, path.last, path.item, path.stuck, path.marked, path.chosen)


def _item(path: _Path, candidate: Candidate) -> _Path:
    cost = _MARKED_LIST_ITEM if candidate.marking else _LIST_START if candidate.number == 1 else _LIST_ITEM
    return _Path(path.score + cost, path.last, candidate.number, path.stuck, path.marked, path.chosen)


def _paragraph(path: _Path, candidate: Candidate, number: int, stuck: bool) -> _Path:
    score = path.score + candidate.weight + _follows(path.last, number)
    if candidate.parenthesis:
        score -= 2.0
    if stuck:
        score += _STUCK_AGAIN if path.stuck else _STUCK
    marked = path.marked
    if candidate.marking:
        marked = min(marked + 1, _ALL_MARKED)
    elif marked == _ALL_MARKED:
        # One way only: a telegram that marks its paragraphs marks nearly all of them.
        score += _UNMARKED_AMONG_MARKED
    else:
        marked = 0
    return _Path(score, number, 0, path.stuck or stuck, marked, _Link(Start(candidate, number), path.chosen))


def _follows(last: int, number: int) -> float:
    """How well `number` follows `last` (0 before the first)."""
    if last == 0:
        return 2.5 if number == 1 else -0.5 - min(number, 40) * 0.15
    step = number - last
    if step == 1:
        return _CONTINUES
    if step > 1:
        return -1.0 - 0.5 * min(step - 1, 12)
    if step == 0:
        return -2.5
    if step == -1:
        return -3.0
    return -9.0 if number == 1 else -5.0 - 0.5 * min(-step, 12)
