"""A grammar that holds a small model to the form of an answer, for servers of llama.cpp."""

_GRAMMAR = r"""root ::= sentence (" " sentence){{0,2}}
sentence ::= [A-Z0-9] part{{15,500}} "."? " " source source?
part ::= [^.\[\]\n] | "." [^ .\[\]\n] | ([A-Z] "."){{1,4}} " " | title ". "
title ::= "Amb" | "Col" | "Dr" | "Gen" | "Gov" | "Lt" | "Maj" | "Mr" | "Mrs" | "Ms" | "No" | "Prof" | "Sen" | "St"
source ::= "[" ({numbers}) "]"
"""


def reply_grammar(sources: int) -> str:
    """In llama.cpp's GBNF: one to three sentences, each with one or two of the numbers 1 to `sources` behind it.

    A full stop before a space ends a sentence, so that none is left without a number; initials and titles do not.
    """
    return _GRAMMAR.format(numbers=" | ".join(f'"{number}"' for number in range(1, sources + 1)))
