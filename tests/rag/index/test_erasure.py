"""After a withdrawal no file of the store holds the text, and a broken withdrawal is taken up again."""

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.catalog.catalog import open_catalog
from rag.catalog.feedback import Feedback, FeedbackVerdict
from rag.catalog.kept_answers import KeptAnswers
from rag.catalog.manifest import ERASE
from rag.catalog.withdrawals import Withdrawals
from rag.domain.cable import Cable, Recipient
from rag.domain.filters import Filters
from rag.domain.kept_answer import KeptQuestion
from rag.domain.paragraph_key import Locator
from rag.domain.withdrawal import WithdrawalOrder
from rag.settings import Settings
from tests.rag.kept import answer_of
from tests.rag.samples import make_cable
from tests.rag.store_files import files_with, holding, holding_vector

WHOLE = "The harbour master Zebulon Quaxworth hid the ledgers of the dredging company in a herring barrel."
OTHER = "The lighthouse committee met on Monday and voted to paint the tower white before the winter storms."
NAMED = "Our source Ysolde Vantongeren told econoff that the grain tariff falls in March of next year."
ALONE = "The envoy Pemberquist whispered that the treaty of the seven straits was never signed by anyone."
WORDS = ("Quaxworth", "Zebulon")
NAME = ("Vantongeren", "Ysolde")


def cables() -> list[Cable]:
    whole = make_cable("08QUILL1", WHOLE, "Nothing else was found in the barrel.", subject="QUAXWORTH AND HIS BARREL")
    whole = replace(whole, signers=("ZEBULON QUAXWORTH",), recipients=(Recipient("to", "QUAXWORTH"),))
    named = replace(make_cable("08QUILL2", OTHER, NAMED, "He left."), problems=("not read: 'Ysolde Vantongeren told'",))
    alone = make_cable("08QUILL3", OTHER, ALONE, references=("08QUILL1",))
    return [whole, named, replace(alone, problems=("unread: 'envoy Pemberquist whispered that'",), summary=Locator(2))]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def archive(store: Path) -> Iterator[Archive]:
    with Archive(Settings(store=store), create=True) as opened:
        for cable in cables():
            opened.catalog.put(replace(cable, subject=f"{cable.subject} AS IT WAS"))  # a copy that is replaced
        opened.index_pending()
        for cable in cables():
            opened.catalog.put(cable)
        opened.index_pending()
        asked = FeedbackVerdict("Where did Quaxworth hide the ledgers?", "up", None, ("08QUILL1#1",), WHOLE)
        Feedback(opened.catalog).add(asked)
        Feedback(opened.catalog).add(FeedbackVerdict("Who is Vantongeren?", "down", None, (), NAMED))
        kept = KeptAnswers(opened.catalog)
        typed = KeptQuestion("Where did Quaxworth hide it?")
        both = answer_of(("08QUILL1#1", WHOLE), ("08QUILL2#2", NAMED), question="Where did Zebulon Quaxworth hide it?")
        kept.keep(both, typed, "Quaxworth")
        kept.keep(answer_of(("08QUILL3#2", ALONE), question=ALONE), KeptQuestion(ALONE), ALONE)
        opened.search("Who hid the ledgers of the dredging company?")
        yield opened


def test_after_a_withdrawal_no_file_holds_the_text(archive: Archive, store: Path) -> None:
    vectors = {window.id: vector for window, vector in archive.indexes.vectors.stored(["08QUILL1"])}
    assert {"catalog.sqlite3-wal"} < set(files_with(store, WORDS[0]))
    assert holding_vector(store, vectors["08QUILL1#1/0"])
    with closing(sqlite3.connect(store / "slack.sqlite3")) as other:
        other.executescript("CREATE TABLE a (b); INSERT INTO a VALUES ('Who is Zebulon?'); UPDATE a SET b = NULL")
    done = archive.withdraw(WithdrawalOrder("08QUILL1", (), "asked for by a person named in it", "the editor"))
    assert done.keys == ("08QUILL1#1", "08QUILL1#2")
    assert not archive.judge._sentences._entries and not archive.judge._tokens._entries
    assert holding(store, *WORDS, "herring barrel") == []
    assert holding_vector(store, vectors["08QUILL1#1/0"]) == []
    assert archive.audit().agrees
    assert archive.catalog.ids() == ["08QUILL2", "08QUILL3"]
    assert archive.catalog.size().paragraphs == 5
    assert "08QUILL1" not in {each.cable_id for each in archive.search("the ledgers of the dredging company")}
    assert [each["question"] for each in Feedback(archive.catalog).candidates()] == ["Who is Vantongeren?"]
    assert [each.answer.text for each in KeptAnswers(archive.catalog).page(9).answers] == [
        f"{ALONE} [[08QUILL3#2]]",
        f"{NAMED} [[08QUILL2#2]]",
    ]


def test_a_withdrawn_paragraph_leaves_the_rest_of_its_cable(archive: Archive, store: Path) -> None:
    vectors = {window.id: vector for window, vector in archive.indexes.vectors.stored(["08QUILL3"])}
    done = archive.withdraw(WithdrawalOrder("08QUILL3", ("2",), "a source"))
    assert (done.keys, done.sources) == (("08QUILL3#2",), ("invented.txt",))
    assert holding(store, "Pemberquist", "seven straits") == []
    assert holding_vector(store, vectors["08QUILL3#2/0"]) == []
    cable = archive.catalog.cable("08QUILL3")
    assert cable is not None
    assert [str(each.key) for each in cable.paragraphs] == ["08QUILL3#1"]
    assert (cable.summary, cable.problems, cable.references) == (None, (), ("08QUILL1",))
    assert archive.audit().agrees
    assert "Pemberquist" not in str(archive.search("the treaty of the seven straits"))


def test_after_a_redaction_no_file_holds_the_name(archive: Archive, store: Path) -> None:
    vectors = {window.id: vector for window, vector in archive.indexes.vectors.stored(["08QUILL2"])}
    done = archive.withdraw(WithdrawalOrder("08QUILL2", ("2",), "a source", None, "ysolde  VANTONGEREN", "XXXX"))
    assert (done.keys, done.elsewhere) == (("08QUILL2#2",), ())
    feedback = Feedback(archive.catalog).candidates()
    assert feedback[1]["answer"] == NAMED.replace("Ysolde Vantongeren", "XXXX")
    assert archive.search("grain tariff in March", 1)[0].text == NAMED.replace("Ysolde Vantongeren", "XXXX")
    archive.withdraw(WithdrawalOrder("08QUILL3", ("1",), "to see that one name alone is replaced in a verdict"))
    assert holding(store, "Ysolde Vantongeren", "Ysolde") == []
    assert holding_vector(store, vectors["08QUILL2#2/0"]) == []
    cable = archive.catalog.cable("08QUILL2")
    assert cable is not None and cable.problems == ("not read: 'XXXX told'",)
    assert archive.audit().agrees


def test_a_broken_withdrawal_is_taken_up_when_the_store_is_next_opened(archive: Archive, store: Path) -> None:
    settings = archive.settings
    archive.close()
    with closing(open_catalog(settings)) as catalog:  # as far as a killed process came
        Withdrawals(catalog).carry_out(WithdrawalOrder("08QUILL1", (), "a reason"))
        assert ERASE in catalog.manifest()
    with Archive(settings) as opened:
        assert ERASE not in opened.catalog.manifest()
        assert holding(store, *WORDS) == []
        assert opened.audit().agrees
        assert opened.withdraw(WithdrawalOrder("08QUILL1", (), "again")).already


def test_a_broken_withdrawal_is_finished_when_it_is_given_again(archive: Archive, store: Path) -> None:
    order = WithdrawalOrder("08QUILL1", (), "a reason")
    Withdrawals(archive.catalog).carry_out(order)  # as far as a request came before its process was ended
    done = archive.withdraw(order)
    assert done.already and done.keys == ("08QUILL1",)
    assert holding(store, *WORDS) == [] and ERASE not in archive.catalog.manifest()


def test_the_last_cable(store: Path) -> None:
    with Archive(Settings(store=store), create=True) as archive:
        archive.catalog.put(cables()[0])
        archive.index_pending()
        archive.withdraw(WithdrawalOrder("08QUILL1", (), "all there was"))
        assert holding(store, *WORDS) == []
        assert archive.audit().agrees
        assert archive.search("dredging company") == []


def test_searches_go_on_meanwhile(archive: Archive) -> None:
    vector, done = archive.embeddings.embed_query("the grain tariff"), threading.Event()

    def search() -> int:
        count = 0
        while not done.is_set():
            assert archive.indexes.vectors.search(vector, 3, Filters())
            archive.check()
            count += 1
        return count

    with ThreadPoolExecutor(2) as searching:
        running = [searching.submit(search) for _ in range(2)]
        try:
            archive.withdraw(WithdrawalOrder("08QUILL1", (), "a reason"))
            archive.withdraw(WithdrawalOrder("08QUILL3", ("2",), "a reason"))
        finally:
            done.set()
        assert all(each.result() > 1 for each in running)
    assert archive.audit().agrees
