from dataclasses import replace

from rag.domain.cable import Cable
from rag.index.lexical_documents import analyzer, documents_of
from tests.rag.samples import make_cable

CABLE = make_cable("08QUILL1", "A lantern was lit.", classification="confidential", subject="LIGHTS")


def digest(cable: Cable) -> str:
    (document,) = documents_of(cable, analyzer())
    return str(document["digest"])


def test_words_are_stemmed_and_lose_case_accents_and_stop_words() -> None:
    assert analyzer().analyze("The Émigrés in SAILING") == ["emigr", "sail"]
    assert analyzer().analyze("x" * 41) == []


def test_a_document_has_the_text_with_its_context_and_the_fields_of_its_cable() -> None:
    (document,) = documents_of(CABLE, analyzer())
    assert document["key"] == "08QUILL1#1"
    assert document["text"] == "QUILL. 28 August 2008. LIGHTS\nA lantern was lit."
    assert document["words"] == len(analyzer().analyze(document["text"]))
    assert (document["post"], document["tags"], document["classification"]) == ("QUILL", ["PREL"], "CONFIDENTIAL")
    assert document["month"] == 200808


def test_an_undated_cable_has_no_month() -> None:
    (document,) = documents_of(make_cable("08QUILL1", "A lantern.", day=None), analyzer())
    assert "month" not in document and "seconds" not in document


def test_the_digest_changes_with_every_field() -> None:
    assert digest(CABLE) == digest(replace(CABLE, source="elsewhere.txt"))
    changed = [
        replace(CABLE, tags=("ETRD",)),
        replace(CABLE, classification="SECRET"),
        replace(CABLE, date=None),
        make_cable("08QUILL1", "A lantern is lit.", classification="confidential", subject="LIGHTS"),
    ]
    assert len({digest(CABLE), *map(digest, changed)}) == 5
