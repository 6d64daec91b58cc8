"""What a reader is told who asks in another language than the archive's."""

from rag.answers.abstention import Abstention
from rag.query.parsed_query import ParsedQuery
from rag.text.language import LANGUAGES


def in_other_language(query: ParsedQuery, multilingual: bool) -> Abstention | None:
    """Why a question in another language is not answered by quotation; None for one in English.

    `multilingual` says whether the encoder understood it, so that the paragraphs found are near it in meaning.
    """
    if query.in_english:
        return None
    asked = f"the question is in {LANGUAGES[query.language]} and the archive in English"
    if multilingual:
        return Abstention(f"{asked}: the passages nearest in meaning are named; ask in English to have them quoted")
    return Abstention(
        f"{asked}, and the encoder in use reads English only: only its names were searched for; ask in English, "
        "or have a multilingual encoder or a language model set"
    )
