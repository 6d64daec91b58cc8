"""Questions in another language."""

from rag.answers.other_language import in_other_language
from rag.archive import Archive
from rag.query.parsed_query import ParsedQuery
from rag.query.query import Query


def test_the_reason_says_what_was_done_and_how_to_ask() -> None:
    assert in_other_language(ParsedQuery("Who?"), multilingual=False) is None
    english_only = in_other_language(ParsedQuery("¿Quién?", language="es"), multilingual=False)
    assert english_only is not None and not english_only.final
    assert "is in Spanish and the archive in English" in english_only.reason and "ask in English" in english_only.reason
    by_meaning = in_other_language(ParsedQuery("¿Quién?", language="es"), multilingual=True)
    assert by_meaning is not None and "nearest in meaning" in by_meaning.reason


def test_no_word_of_another_language_is_corrected_or_counted(sample: Archive) -> None:
    answer = sample.chain.invoke(Query("Que pense Quillmark de la construction du phare ?"))
    assert answer.abstained and answer.question == "Que pense Quillmark de la construction du phare ?"
    assert answer.reason is not None and answer.reason.startswith("the question is in French")
    assert "mention" not in answer.reason and "mentions" not in answer.searched
    assert [(each.field, each.value) for each in answer.filters] == [("language", "French")]
    assert answer.closest  # found by the name


def test_the_language_can_be_dismissed(sample: Archive) -> None:
    query = Query("Que pense Quillmark de la construction du phare ?", dismissed=frozenset({"language"}))
    assert "language" not in {each.field for each in sample.chain.invoke(query).filters}
