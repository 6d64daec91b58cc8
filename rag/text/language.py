"""The language of a question, as far as it is certain: whatever is not surely another language is English.

Names say nothing of it ("Bundestag Merkel Steinmeier" may be asked in English), so what tells is the words between
them.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
LANGUAGES = {
    "en": "English",
    "ar": "Arabic",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}
"""Languages that are told apart, by ISO 639-1 code."""

_FEWEST_WORDS = 3
"""A shorter question says too little of its language."""
_FEWEST_BETWEEN = 2
_LEAST_ENGLISH, _LEAST_ENGLISH_WHOLE = 0.05, 0.10
"""Probabilities below which the words between the names, and the whole question, are not English."""
_WORD = re.compile(r"[^\W\d_]+")
_PARTICLES = r"(?:da|de|do|dos|das|del|della|di|la|el|al|bin|ibn|van|von|der|den|du|des|y|e|und|et)"
_NAME = re.compile(rf"(?<!\w)[A-ZÀ-ÖØ-Þ0-9][\w'’-]*(?: {_PARTICLES}(?= [A-ZÀ-Þ]))?")
_FIRST_WORD = re.compile(r"[\W_]*\w+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def language_of(question: str) -> str:
    """The ISO 639-1 code of a question's language; `en` where it is not certain to be another."""
    letters = "".join(_WORD.findall(question))
    if 2 * len(_LATIN.findall(letters)) < len(letters):
        return _likeliest(_probabilities(question))  # in a script that English is not written in
    if len(question.split()) < _FEWEST_WORDS:
        return ENGLISH
    first = _FIRST_WORD.match(question)
    start = first.end() if first else 0
    between = question[:start] + _NAME.sub(" ", question[start:])
    if sum(not re.fullmatch(_PARTICLES, word) for word in _WORD.findall(between)) < _FEWEST_BETWEEN:
        return ENGLISH
    whole, without_names = _probabilities(question), _probabilities(between)
    if without_names[ENGLISH] >= _LEAST_ENGLISH or whole[ENGLISH] >= _LEAST_ENGLISH_WHOLE:
        return ENGLISH
    return _likeliest({code: whole[code] * without_names[code] for code in whole})


def _likeliest(probabilities: dict[str, float]) -> str:
    return max(probabilities, key=lambda code: probabilities[code])


def _probabilities(text: str) -> dict[str, float]:
    return {code: float(probability) for code, probability in _identifier().rank(text)}


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
