"""Hypothesis strategies of the domain."""

from hypothesis import strategies as st

from rag.domain.cable_id import CableId
from rag.domain.paragraph_key import Locator

ids = st.builds(
    CableId,
    st.integers(0, 99),
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=20),
    st.integers(1, 9_999_999),
)
"""Cable ids."""

locators = st.one_of(
    st.builds(Locator, st.integers(1, 999), st.integers(1, 9)),
    st.builds(Locator, st.integers(1, 999), st.just(1), st.just(True)),
    st.just(Locator(0)),
)
"""Locators of numbered and unnumbered paragraphs, and of the preamble."""
