"""Which of the candidate lines are paragraphs: the best consistent numbering, found by beam search.

A candidate is one of three things: the next paragraph, an item of a numbered list inside a paragraph, or a number that
only happens to start a line. A numbering is a choice for every candidate; its score adds the candidates' own evidence
and how well each number follows the one before. The beam holds the best few numberings that differ in the state that
decides what may follow, so the search is linear in the number of candidates.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from ingest.number_candidates import Candidate

_BEAM = 40
# Texts with more candidates than this are no telegrams, and must not take long either.
_NARROWER = ((20_000, 1), (1_500, 4))
_HOPELESS = -4.0  # weight of an unmarked number in the middle of a sentence: it never starts a paragraph
_WELL_PLACED = 1.5  # weight of a number behind a blank line or a sentence's end

_CONTINUES = 3.0
_STUCK = -3.0  # reading `13.` as ¶3 needs the numbering to ask for it
_STUCK_AGAIN = 0.0  # once one pilcrow is lost, the next ones mostly are
_STUCK_MAYBE = -1.0  # reading `13.` as ¶13 where pilcrows are known to be lost
_LIST_ITEM, _LIST_START = -0.3, -0.6
_BREAKS_LIST = -3.0  # an item in all but name
_MARKED_LIST_ITEM = _MARKED_NOISE = -12.0
_UNMARKED_AMONG_MARKED = -6.0


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
    chosen: "_Link | None" = None

    def state(self) -> tuple[int, int, bool]:
        return self.last, self.item, self.stuck


@dataclass(slots=True)
class _Link:
    start: Start
    before: "_Link | None"


def choose(candidates: Sequence[Candidate], restarts: Set[int] = frozenset()) -> list[Start]:
    """The starts of the paragraphs among `candidates`, in order.

    `restarts` holds lines from which on a new message counts from 1 again.
    """
    likely = [each for each in candidates if each.marking or each.weight > _HOPELESS]
    dotted = [each for each in likely if not each.parenthesis]
    if not any(each.marking for each in dotted):  # `1) (C)` numbers paragraphs where nothing else does
        dotted = [each for each in likely if each.marking or not each.parenthesis]
    if dotted and _obvious(dotted):
        return [Start(candidate, candidate.number) for candidate in dotted]
    starts = _Search(dotted, restarts).run()
    if not starts and len(dotted) < len(likely):
        starts = _Search(likely, restarts).run()
    return starts


def _obvious(candidates: Sequence[Candidate]) -> bool:
    """Whether the candidates count from 1 without a gap, each well placed: true of most telegrams."""
    return all(
        candidate.number == position and candidate.weight >= _WELL_PLACED
        for position, candidate in enumerate(candidates, 1)
    )


class _Search:
    def __init__(self, candidates: Sequence[Candidate], restarts: Set[int]) -> None:
        self._candidates = candidates
        self._restarts = sorted(restarts)
        self._width = next((width for many, width in _NARROWER if len(candidates) > many), _BEAM)
        self._unmarked = _UNMARKED_AMONG_MARKED if _marks_its_paragraphs(candidates) else 0.0

    def run(self) -> list[Start]:
        paths = [_Path(0.0)]
        for candidate in self._candidates:
            if self._restarts and self._restarts[0] <= candidate.line:
                while self._restarts and self._restarts[0] <= candidate.line:
                    self._restarts.pop(0)
                paths = [_Path(path.score, 0, 0, path.stuck, path.chosen) for path in paths]
            grown: dict[tuple[int, int, bool], _Path] = {}
            for path in paths:
                for option in self._options(path, candidate):
                    state = option.state()
                    known = grown.get(state)
                    if known is None or option.score > known.score:
                        grown[state] = option
            paths = sorted(grown.values(), key=_score, reverse=True)[: self._width]
        return _starts(max(paths, key=_score))

    def _options(self, path: _Path, candidate: Candidate) -> list[_Path]:
        """What `candidate` may be after `path`."""
        options = [_noise(path, candidate)]
        if candidate.number:
            options.append(self._paragraph(path, candidate, candidate.number, False))
            if candidate.number == 1 or candidate.number == path.item + 1 > 1:
                options.append(_item(path, candidate, candidate.number))
        if candidate.stuck:
            if candidate.stuck >= path.last - 1 and (path.stuck or candidate.stuck <= path.last + 2):
                options.append(self._paragraph(path, candidate, candidate.stuck, True))
            if path.stuck and (candidate.stuck == 1 or candidate.stuck == path.item + 1 > 1):
                options.append(_item(path, candidate, candidate.stuck))
        return options

    def _paragraph(self, path: _Path, candidate: Candidate, number: int, stuck: bool) -> _Path:
        score = path.score + candidate.weight + _follows(path.last, number)
        if candidate.parenthesis and not candidate.marking:
            score -= 2.0
        if not candidate.marking:
            score += self._unmarked
        if number == path.item + 1 > 1 and number != path.last + 1:
            score += _BREAKS_LIST
        if stuck:
            score += _STUCK_AGAIN if path.stuck else _STUCK
        elif path.stuck and candidate.stuck:
            score += _STUCK_MAYBE
        return _Path(score, number, 0, path.stuck or stuck, _Link(Start(candidate, number), path.chosen))


def _marks_its_paragraphs(candidates: Sequence[Candidate]) -> bool:
    """Whether the telegram marks its paragraphs: then the unmarked numbers in it are mostly those of lists."""
    placed = [candidate for candidate in candidates if candidate.weight >= _WELL_PLACED]
    return bool(placed and placed[0].marking) and sum(each.marking is not None for each in placed) > 1


def _score(path: _Path) -> float:
    return path.score


def _starts(path: _Path) -> list[Start]:
    starts = []
    link = path.chosen
    while link is not None:
        starts.append(link.start)
        link = link.before
    return starts[::-1]


def _noise(path: _Path, candidate: Candidate) -> _Path:
    """The number only happens to stand at the start of a line."""
    cost = 0.0
    if candidate.marking:
        cost = _MARKED_NOISE
    elif candidate.weight > 0:
        cost = -3.0 if path.last + 1 in (candidate.number, candidate.stuck) else -1.0
    return _Path(path.score + cost, path.last, path.item, path.stuck, path.chosen)


def _item(path: _Path, candidate: Candidate, number: int) -> _Path:
    cost = _MARKED_LIST_ITEM if candidate.marking else _LIST_START if number == 1 else _LIST_ITEM
    return _Path(path.score + cost, path.last, number, path.stuck, path.chosen)


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
        # Nobody leaves out a hundred; a pilcrow read as a 1 does.
        return -1.0 - 0.6 * min(step - 1, 12) - 0.05 * min(max(step - 13, 0), 100)
    if step == 0:
        return -3.0
    return -3.0 if step == -1 else -5.0 - 0.5 * min(-step, 12)
