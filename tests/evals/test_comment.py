import re

from markdown_it import MarkdownIt

from evals.against import ChangedQuestion, MetricComparison, RunComparison
from evals.comment import comment
from evals.compare import compare
from evals.evaluation import Evaluation
from evals.gates import Floor, GateVerdict
from evals.golden import GoldenQuestion
from evals.metrics import METRICS, ScoredQuestion
from evals.run import Run

ATTACK = "</pre></details>\n\n# Approved\n\n@everyone [click](https://example.invalid) <img src=x> `code` | cell \u202e"


def metric(name: str, now: float, then: float) -> MetricComparison:
    def run(value: float) -> list[ScoredQuestion]:
        return [ScoredQuestion(f"q{number}", "fact", "test", {name: value}) for number in range(20)]

    return MetricComparison(METRICS[name], compare(METRICS[name], run(now), run(then)), 0, 0)


def evaluation(*changed: ChangedQuestion, base: str = "main", name: str = "sample") -> Evaluation:
    compared = RunComparison(base, (metric("mrr", 0.5, 1.0), metric("recall@5", 1.0, 1.0)), changed, (), 20, 0)
    return Evaluation(Run(name, (), (), ()), against=compared)


def changed(answers: tuple[str, str] | None = None, text: str = "Who ordered the cranes?") -> ChangedQuestion:
    return ChangedQuestion(GoldenQuestion("q0", "fact", text), ("all facts stated", "answered"), answers)


def test_the_verdicts_come_first_and_the_marker_before_them() -> None:
    lines = comment([evaluation()], ["mrr"]).splitlines()
    assert lines[:4] == [
        "<!-- cables eval: sample -->", "## Evaluation: the answers are worse", "", "- sample: MRR is shown worse",
    ]  # fmt: skip
    assert "| MRR (protected) | 0.500 | 1.000 | -0.500 \\[-0.500, -0.500\\] | 0/20/0 | worse |" in lines
    assert "| recall@5 | 1.000 | 1.000 | +0.000 \\[+0.000, +0.000\\] | 0/0/20 | not shown |" in lines
    assert "## Evaluation: no protected metric is shown worse" in comment([evaluation()], ["recall@5"])


def test_floors_stay_a_second_line() -> None:
    floor = GateVerdict(Floor("sample", "all", METRICS["mrr"], least=0.8), 0.5)
    written = comment([evaluation()], [], [floor])
    assert "- sample all: MRR 0.500 (≥ 0.8): below its floor" in written
    assert "### gates" in written


def test_changed_questions_are_listed_with_both_answers_where_they_are_known() -> None:
    written = comment([evaluation(changed(("Forty.", "Fifty.")))], [])
    assert "<details><summary>sample: newly broken (1)</summary>" in written
    assert "no longer all facts stated, answered" in written
    assert "<p>Then:</p><pre>Forty.</pre>" in written
    assert "<p>Now:</p><pre>Fifty.</pre>" in written
    assert "<pre>" not in comment([evaluation(changed())], [])
    assert "newly mended" not in written


def test_many_questions_and_long_answers_stay_within_what_github_takes() -> None:
    written = comment([evaluation(*[changed(("<&>" * 4000, "word " * 4000), "why " * 900)] * 400)], [])
    assert "(400)" in written
    assert "and 380 more" in written
    assert len(written) < 65_536


def test_nothing_in_a_question_or_an_answer_is_markup() -> None:
    written = comment([evaluation(changed((ATTACK, ATTACK), ATTACK))], ["mrr"])
    page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(written)
    assert re.findall(r"<(?!/)(\w+)", page).count("img") == 0
    assert re.findall(r"<h1|<a |<details>|</details>", page) == ["<details>", "</details>"]
    assert page.count("<pre>") == page.count("</pre>") == 2
    # A mention within code notifies nobody.
    bare = re.sub(r"<(code|pre)>.*?</\1>", "", page, flags=re.DOTALL)
    assert "@everyone" in page
    assert "@everyone" not in bare
    assert "\u202e" not in page


def test_a_marker_is_one_comment_whatever_the_set_is_called() -> None:
    first = comment([evaluation(name="a --> b")], []).splitlines()[0]
    assert first == "<!-- cables eval: a ___ b -->"
