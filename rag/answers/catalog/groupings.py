"""Cables counted by what they have in common: main topics, posts, signers, years."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rag.answers.catalog.cable_sets import CableSets, FoundCables
from rag.answers.catalog.reply import CatalogReply
from rag.answers.catalog.wording import counted, listed, sentence
from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.counting import CableCounts, CableSelection
from rag.catalog.listing import ValueCount
from rag.domain.answer import Sentence
from rag.domain.answer_table import AnswerTable
from rag.domain.filters import Filters
from rag.domain.tag_meanings import tag_meaning
from rag.query.catalog_question import CatalogQuestion, Group
from rag.text.surface_facts import folded

_SAID = 5
"""Values that the sentence names."""
_MOST_TAGS = 20
_MOST_SUBJECTS = 20_000
"""Subjects whose words are counted at most."""
_MOST_WORDS = 8
_WORD = re.compile(r"[^\W\d_][\w'’-]{2,}")
_STOP = frozenset(
    "the and for with from into over about after before during between amid against upon under not new its his "
    "her their "
    "our are was were will has have had but who how what why when out off all via per one two more than that this says "
    "say said cable ref subject part corrected copy u.s us".split()
)


class Groupings:
    """Counts by value for one reader."""

    def __init__(self, catalog: CatalogReader, sets: CableSets) -> None:
        self._catalog = catalog
        self._counts = CableCounts(catalog)
        self._sets = sets

    def groups(self, question: CatalogQuestion, filters: Filters) -> CatalogReply:
        """How many cables by post, signer, year, month, tag or classification."""
        by: Group = question.group or "post"
        found = self._sets.find(question.conditions, filters)
        groups = self._counts.groups(found.chosen, by)
        ranked = sorted(groups, key=lambda group: (group.count if question.fewest else -group.count, group.value))
        in_order = groups if by in ("year", "month") else ranked
        table = AnswerTable(
            (by, "cables"),
            tuple((self._name(by, group), group.count) for group in in_order),
            found.complete,
            f"number of {found.rule}, by {by}",
        )
        return CatalogReply((Sentence(self._said(by, ranked, found), ()),), table=table)

    def topics(self, question: CatalogQuestion, filters: Filters) -> CatalogReply:
        """The TAGS by how many cables have them, and the commonest words of the subjects."""
        found = self._sets.find(question.conditions, filters)
        tags = self._counts.groups(found.chosen, "tag")
        most = question.most or _MOST_TAGS
        named = [f"{tag.value}{_meant(tag.value)}: {tag.count:,}" for tag in tags[: question.most or _SAID]]
        said = f"the commonest TAGS of {counted(found.total)} {found.description}".strip()
        first = Sentence(
            sentence(
                f"{said} are {listed(named)}" if named else f"{counted(found.total)} {found.description} with TAGS"
            ),
            (),
        )
        sentences = [first]
        if words := self._subject_words(found.chosen):
            sentences.append(Sentence(sentence(f"the commonest words of their subjects are {listed(words)}"), ()))
        table = AnswerTable(
            ("tag", "meaning", "cables"),
            tuple((tag.value, tag_meaning(tag.value), tag.count) for tag in tags[:most]),
            len(tags) <= most,
            f"number of {found.rule}, by tag",
        )
        return CatalogReply(tuple(sentences), table=table)

    def _said(self, by: Group, ranked: Sequence[ValueCount], found: FoundCables) -> str:
        if not ranked:
            return sentence(f"{counted(0)} {found.description}".strip())
        named = [f"{self._name(by, group)}: {group.count:,}" for group in ranked[:_SAID]]
        more = f"; {len(ranked) - _SAID} more are in the table" if len(ranked) > _SAID else ""
        text = f"{counted(found.total)} {found.description}".strip()
        return sentence(f"{text}, by {by}: {'; '.join(named)}{more}")

    def _name(self, by: Group, group: ValueCount) -> str:
        posts: Mapping[str, str] = self._catalog.posts() if by == "post" else {}
        return posts.get(group.value, group.value)

    def _subject_words(self, chosen: CableSelection) -> list[str]:
        counts: Counter[str] = Counter()
        for subject in self._counts.subjects(chosen, _MOST_SUBJECTS):
            counts.update(set(_words(subject)))
        posts = {folded(name) for name in self._catalog.posts().values()}
        common = [(word, count) for word, count in counts.most_common(_MOST_WORDS + len(posts)) if count > 1]
        return [word.upper() for word, _ in common if word not in posts][:_MOST_WORDS]


def _words(subject: str) -> Iterator[str]:
    for word in _WORD.findall(subject):
        plain = re.sub(r"['’]s$", "", folded(word))
        if plain not in _STOP:
            yield plain


def _meant(tag: str) -> str:
    meaning = tag_meaning(tag)
    return f" ({meaning})" if meaning else ""
