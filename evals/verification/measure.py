"""`python -m evals.verification.measure [--half test] [--show N] [--judge]`: how well sentences are verified.

With `--judge` the language model that `CABLES_LLM` names judges them, instead of their words. Prints which share of the
true sentences passes and which share of the false ones is withheld, by kind. It needs the cables of the largest
benchmark, see `evals/archives.py`.
"""

import argparse
import asyncio
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console

from evals.archives import MORE
from evals.table import Table
from evals.verification.sentences import CitedSentence, cited_paragraphs, load_sentences
from rag.answers.entailment import Entailment
from rag.answers.verification import SentenceVerdict, Verifier
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.encoders.embedding import SentenceEmbeddings
from rag.errors import BadInput, CablesError
from rag.llm.llm import chat_model
from rag.llm.model_calls import ModelCalls
from rag.settings import Settings

Verify = Callable[[CitedSentence, Sequence[RetrievedParagraph]], SentenceVerdict]


@dataclass(frozen=True, slots=True)
class Measured:
    """A sentence of the benchmark with what was said of it."""

    sentence: CitedSentence
    verdict: SentenceVerdict

    @property
    def right(self) -> bool:
        """Whether it passed as it is true, or was withheld as it is false."""
        return self.verdict.supported == self.sentence.supported


def measure(
    sentences: Sequence[CitedSentence], paragraphs: Mapping[str, RetrievedParagraph], verify: Verify
) -> list[Measured]:
    """The verdict on each sentence whose paragraphs are all there."""
    return [
        Measured(sentence, verify(sentence, [paragraphs[key] for key in sentence.cites]))
        for sentence in sentences
        if all(key in paragraphs for key in sentence.cites)
    ]


def table(measured: Sequence[Measured], half: str) -> Table:
    """The shares that are right, of all true and false ones and by kind."""
    groups: list[tuple[str, list[Measured]]] = []
    for supported, title in ((True, "true, passed"), (False, "false, withheld")):
        own = [each for each in measured if each.sentence.supported is supported]
        groups.append((title, own))
        kinds = sorted({each.sentence.kind for each in own})
        groups += [(f"  {kind}", [each for each in own if each.sentence.kind == kind]) for kind in kinds]
    rows = [(title, f"{sum(each.right for each in own)}/{len(own)}", _share(own)) for title, own in groups]
    return Table(f"Verification, {half} half", ("sentences", "right", "share"), rows)


def _share(measured: Sequence[Measured]) -> str:
    return f"{sum(each.right for each in measured) / len(measured):.3f}" if measured else "none"


def by_words() -> Verify:
    """What an answer is checked with where no model judges."""
    verifier = Verifier(SentenceEmbeddings())
    return lambda sentence, cited: verifier.verdict(sentence.sentence, cited, sentence.question)


def judged(settings: Settings) -> Verify:
    """The judgement of the language model of these settings.

    Raises:
        BadInput: they name none.
    """
    model = chat_model(settings)
    if model is None:
        raise BadInput("no language model is set; name one in CABLES_LLM")
    judge = Entailment(ModelCalls(model, settings.llm_budget))

    def verify(sentence: CitedSentence, cited: Sequence[RetrievedParagraph]) -> SentenceVerdict:
        holds = asyncio.run(judge.holds(sentence.question, sentence.sentence, cited))
        return SentenceVerdict() if holds else SentenceVerdict(("what it says",))

    return verify


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tune", "test"), default="test")
    parser.add_argument("--show", type=int, default=0, help="print the first N sentences that are judged wrongly")
    parser.add_argument("--judge", action="store_true", help="the model that CABLES_LLM names judges")
    options = parser.parse_args()
    if MORE.missing:
        print(f"there are no cables in {MORE.missing}", file=sys.stderr)
        return 1
    sentences = [sentence for sentence in load_sentences() if sentence.half == options.half]
    try:
        verify = judged(Settings()) if options.judge else by_words()
        measured = measure(sentences, cited_paragraphs(sentences, MORE.cables), verify)
    except CablesError as error:
        print(error, file=sys.stderr)
        return 1
    Console().print(table(measured, options.half).rich())
    for each in [each for each in measured if not each.right][: options.show]:
        print(f"{each.sentence.kind}: {each.sentence.sentence} {each.sentence.cites} {each.verdict.missing}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
