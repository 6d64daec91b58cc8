"""A paragraph as retrieval hands it on, and its form as a LangChain document."""

from dataclasses import asdict, dataclass
from typing import Any

from langchain_core.documents import Document


@dataclass(frozen=True, slots=True)
class Passage:
    """One retrieved paragraph. `date` is ISO 8601 UTC; `score` orders the passages of one search, nothing more."""

    key: str
    citation: str
    cable_id: str
    post: str
    date: str | None
    subject: str | None
    heading: str | None
    marking: str | None
    effective_marking: str | None
    text: str
    score: float

    def document(self) -> Document:
        """The passage as a LangChain document: its text, everything else as metadata."""
        metadata = asdict(self)
        return Document(page_content=metadata.pop("text"), metadata=metadata, id=self.key)

    def search_json(self) -> dict[str, Any]:
        """The JSON object of one search result."""
        names = ("key", "citation", "cable_id", "date", "subject", "heading", "marking", "text", "score")
        return {name: getattr(self, name) for name in names}
