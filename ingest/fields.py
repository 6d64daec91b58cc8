"""The fields of a telegram, each read from its text by a pure function; none raises on any text.

Every function takes the whole text, transmission header included, and looks at the header (12,000 characters at most),
except `parse_summary` (24,000 characters) and `parse_signers` (the end).
"""

from ingest.addresses import dtg_text, parse_dtg, parse_origin, parse_recipients
from ingest.declassification import parse_declassification
from ingest.message_line import MessageLine, parse_caveats, parse_classification, parse_message_line
from ingest.officers import parse_classified_by
from ingest.references import parse_references
from ingest.signers import parse_signers
from ingest.subject import parse_subject, parse_subject_marking
from ingest.summary import parse_summary
from ingest.tags import parse_tags
from rag.cable import Recipient

__all__ = [
    "MessageLine",
    "Recipient",
    "dtg_text",
    "parse_caveats",
    "parse_classification",
    "parse_classified_by",
    "parse_declassification",
    "parse_dtg",
    "parse_message_line",
    "parse_origin",
    "parse_recipients",
    "parse_references",
    "parse_signers",
    "parse_subject",
    "parse_subject_marking",
    "parse_summary",
    "parse_tags",
]
