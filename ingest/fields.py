from ingest.subject import parse_subject, parse_subject_marking
from ingest.tags import parse_tags
from ingest.references import parse_references
from ingest.signers import parse_signers
from ingest.summary import parse_summary
