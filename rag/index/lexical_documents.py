"""The documents and the text analysis of the lexical index."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import tantivy

from rag.domain.access import access_class, header_class
from rag.domain.cable import Cable
from rag.index.context import context_of
from rag.text.literal_words import literal_text
from rag.text.name_sounds import letters_of

ANALYZER = "english"
"""The name under which an index knows `analyzer()`."""


_WORD = re.compile(r"[^\W\d_]+(?:['’‘`][^\W\d_]+)*(?:-[^\W\d_]+(?:['’‘`][^\W\d_]+)*)*")
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$", re.IGNORECASE)
_LONGEST = 40
_EPOCH, _UNDATED = 1 << 33, (1 << 34) - 1  # seconds in 34 bits, from the year 1697 on


def analyzer() -> tantivy.TextAnalyzer:
    """The analyzer of both texts and questions."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(40))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stopword("english"))
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def schema() -> tantivy.Schema:
    """The fields of a document."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("digest", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("cable_id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("post", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("tags", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("classification", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("access", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("header_access", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("seconds", indexed=True, fast=True)
    builder.add_integer_field("month", fast=True)  # 200808
    builder.add_integer_field("words", fast=True)
    builder.add_text_field("name", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("text", stored=True, tokenizer_name=ANALYZER, index_option="freq")
    builder.add_text_field("literal", tokenizer_name="whitespace", index_option="position")
    builder.add_integer_field("turn", indexed=True, fast=True)
    return builder.build()


def capitalised(text: str) -> Iterator[str]:
    """The capitalised words of a text as written, without possessive endings; those with hyphens whole and in parts."""
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0])
        parts = word.split("-")
        own = [part for part in parts if part[:1].isupper()]
        yield from own
        if own and len(parts) > 1:
            yield word


def names_in(text: str) -> frozenset[str]:
    """The capitalised words of a text, which may be names, in plain letters."""
    letters = map(letters_of, set(capitalised(text)))
    return frozenset(name for name in letters if 1 < len(name) <= _LONGEST)


def turn_of(cable: Cable, position: int) -> int:
    """A number by which paragraphs are in order: by date, undated ones last, then by cable and position.

    A few paragraphs of cables of one second may share it.
    """
    second = _UNDATED if cable.date is None else int(cable.date.timestamp()) + _EPOCH
    digest = hashlib.sha256(str(cable.id).encode()).digest()
    cable_bits = int.from_bytes(digest[:4]) >> 13
    return second << 29 | cable_bits << 10 | min(position, 1023)


def documents_of(cable: Cable, analyzer: tantivy.TextAnalyzer) -> Iterable[dict[str, Any]]:
    """One document for each paragraph; `digest` is a digest of its other fields."""
    for position, paragraph in enumerate(cable.paragraphs):
        text = f"{context_of(cable, paragraph)}\n{paragraph.text}"
        document: dict[str, Any] = {
            "key": str(paragraph.key),
            "cable_id": str(cable.id),
            "post": cable.id.post,
            "tags": list(cable.tags),
            "classification": (cable.classification or "").upper(),
            "access": access_class(paragraph.effective_marking),
            "header_access": header_class(cable),
            "words": len(analyzer.analyze(text)),
            "name": sorted(names_in(text)),
            "text": text,
            "literal": literal_text(paragraph.text),
            "turn": turn_of(cable, position),
        }
        if cable.date is not None:
            document["seconds"] = int(cable.date.timestamp())
            document["month"] = 100 * cable.date.year + cable.date.month
        digest = hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
        yield document | {"digest": digest[:32]}
