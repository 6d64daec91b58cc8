"""What differs between two answers to the same question."""

from dataclasses import dataclass
from typing import Any

from rag.domain.answer import Answer, Sentence


@dataclass(frozen=True, slots=True)
class AnswerDifference:
    """Sentences and citations that a later answer has and an earlier one has not, and the other way round.

    Sentences are the same where their words are, whatever they cite. Citations are (key, citation).
    """

    added: tuple[Sentence, ...]
    removed: tuple[Sentence, ...]
    same: tuple[Sentence, ...]
    citations_added: tuple[tuple[str, str], ...]
    citations_removed: tuple[tuple[str, str], ...]

    @classmethod
    def between(cls, before: Answer, after: Answer) -> "AnswerDifference":
        """The difference of the sentences that both show, in the order they have there."""
        old, new = _stated(before), _stated(after)
        old_cited, new_cited = _cited(before), _cited(after)
        return cls(
            added=tuple(sentence for words, sentence in new.items() if words not in old),
            removed=tuple(sentence for words, sentence in old.items() if words not in new),
            same=tuple(sentence for words, sentence in new.items() if words in old),
            citations_added=tuple((key, name) for key, name in new_cited.items() if key not in old_cited),
            citations_removed=tuple((key, name) for key, name in old_cited.items() if key not in new_cited),
        )

    def json(self) -> dict[str, Any]:
        """The objects `sentences` and `citations` of `POST /answers/{id}/again`."""
        return {
            "sentences": {name: [each.json() for each in getattr(self, name)] for name in ("added", "removed", "same")},
            "citations": {
                name: [{"key": key, "citation": citation} for key, citation in cited]
                for name, cited in (("added", self.citations_added), ("removed", self.citations_removed))
            },
        }


def _stated(answer: Answer) -> dict[str, Sentence]:
    return {" ".join(sentence.text.split()): sentence for sentence in answer.sentences if sentence.supported}


def _cited(answer: Answer) -> dict[str, str]:
    return {quote.key: quote.citation for quote in answer.quotes}
