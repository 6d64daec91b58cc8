"""English number words, and the figures they stand for."""

ONE_TO_TEN = "one two three four five six seven eight nine ten".split()
_TEENS = "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {"dozen": "12", "hundred": "100", "thousand": "1000", "million": "1000000", "billion": "1000000000"}
_ORDINALS = "first second third fourth fifth".split()

FIGURES = (
    {word: str(value) for value, word in enumerate(("zero", *ONE_TO_TEN, *_TEENS))}
    | {word: str(10 * value) for value, word in enumerate(_TENS, 2)}
    | _SCALES
    | {word: str(value) for value, word in enumerate(_ORDINALS, 1)}
    | {"half": "0.5"}
)
"""Digits by word, as strings; fractions other than a half are left out, since "third" is more often an ordinal."""

QUANTITY = "|".join(
    [*ONE_TO_TEN[1:], *_TEENS, *_TENS, *(f"{scale}s?" for scale in _SCALES), "half", "third", "quarter", "percent"]
)
"""Words that say how many or how much, as an alternation for a pattern; "one" is left out: it is a pronoun too."""
