"""The language of questions."""

import pytest

from evals.archives import BENCHMARKS
from evals.golden import load
from rag.text.language import language_of


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("¿Quién firmó el acuerdo con Morales?", "es"),
        ("Que pense Morales de Chavez ?", "fr"),
        ("Pourquoi Kadhafi a-t-il annulé sa visite ?", "fr"),
        ("Was sagte Merkel über Opel?", "de"),
        ("Кто встречался с Путиным в Москве?", "ru"),
        ("メルケル首相は Opel について何と言いましたか。", "ja"),
    ],
)
def test_another_language_is_recognised(question: str, language: str) -> None:
    assert language_of(question) == language


@pytest.mark.parametrize(
    "question",
    [
        "Who is Evo Morales?",
        "Bundestag Merkel Steinmeier",
        "Lula da Silva",
        "Petrobras pre-sal",
        "Quai d'Orsay on Chad",
        "Did de Hoop Scheffer visit Kyiv?",
        "Partido Popular and Convergencia i Unio",
        "Khadafi",
        "why?",
        "2008",
    ],
)
def test_english_about_foreign_names_is_english(question: str) -> None:
    assert language_of(question) == "en"


def test_no_golden_question_of_the_tune_halves_is_taken_for_another_language() -> None:
    questions = [each for golden in load(mark.golden for mark in BENCHMARKS) for each in golden.questions]
    asked = [each.question for each in questions if each.half == "tune"]
    assert len(asked) > 200
    assert [question for question in asked if language_of(question) != "en"] == []
