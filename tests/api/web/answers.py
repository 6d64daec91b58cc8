"""An answer to show, and the paragraph it cites."""

from rag.domain.answer import Answer, Quote, Sentence
from tests.rag.samples import make_retrieved

KEY = "08ODDHARBOR9#2"
TEXT = "The clerk came late. The ledger was *gone*."
PASSAGE = make_retrieved(KEY, TEXT, "U")
ANSWER = Answer(
    "What was [gone]?",
    "extractive",
    (Sentence("The ledger was *gone*.", (KEY,)), Sentence("So was the clerk.", (), supported=False)),
    (Quote(KEY, "ODDHARBOR 9 ¶2", "The ledger was *gone*.", 21, 43),),
)
