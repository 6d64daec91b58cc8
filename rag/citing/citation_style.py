"""The styles in which sources are cited, and the formats that programs read."""

from enum import StrEnum


class CitationStyle(StrEnum):
    """How a source is cited."""

    CHICAGO = "chicago"
    CHICAGO_BIBLIOGRAPHY = "chicago-bibliography"
    MLA = "mla"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"


MEDIA_TYPES = {
    CitationStyle.BIBTEX: "application/x-bibtex",
    CitationStyle.RIS: "application/x-research-info-systems",
    CitationStyle.CSL_JSON: "application/vnd.citationstyles.csl+json",
}
"""Of the styles that are formats for programs."""
