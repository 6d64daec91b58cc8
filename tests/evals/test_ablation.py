from evals.ablation import EQUAL_IDF, VARIANTS, ablate, table
from evals.metrics import ScoredQuestion
from rag.archive import Archive
from tests.evals.invented import question


def test_every_variant_is_scored_on_every_question(archive: Archive) -> None:
    cranes = question("cranes", (("07OSTERMERE10#1",),))
    variants = ablate(archive, [cranes])
    assert list(variants) == [*VARIANTS, EQUAL_IDF]
    assert all([question.id for question in scored] == ["cranes"] for scored in variants.values())
    assert variants["everything"][0].scores["recall@5"] == 1.0


def test_a_table_compares_each_variant_with_everything() -> None:
    def scored(reciprocal_rank: float) -> list[ScoredQuestion]:
        scores = {"recall@1": 1.0, "recall@5": 1.0, "recall@20": 1.0, "missed@5": 0.0, "mrr": reciprocal_rank}
        return [ScoredQuestion("a", "fact", "test", scores), ScoredQuestion("b", "fact", "test", scores)]

    everything, worse = table("harbour", {"everything": scored(1.0), "no BM25": scored(0.5)}).rows
    assert everything == ["everything", "1.000", "1.000", "1.000", "1.000", "0", "0/0", "+0.000 [+0.000, +0.000]"]
    assert worse == ["no BM25", "1.000", "1.000", "1.000", "0.500", "0", "2/0", "+0.500 [+0.500, +0.500]"]
