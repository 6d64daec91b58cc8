from dataclasses import replace
from hashlib import sha256

from rag.catalog.catalog import Catalog
from rag.catalog.cited_sources import cited_sources, readable
from rag.domain.access import Clearance
from rag.domain.marking import Level
from tests.rag.samples import make_cable

KEYS = ("08QUILL1#1", "08QUILL1#2", "08QUILL1", "08QUILL2#1", "08QUILL9")


def test_digests_of_what_the_reader_may_see(catalog: Catalog) -> None:
    cable = make_cable("08QUILL1", ("U", "A lamp."), "A bell.")
    catalog.put(cable)
    catalog.put(make_cable("08QUILL2", "A ferry."))
    whole = cited_sources(catalog, KEYS)
    assert whole.keys() == {"08QUILL1#1", "08QUILL1#2", "08QUILL1", "08QUILL2#1"}
    assert whole["08QUILL1#1"].digest == sha256(b"A lamp.").hexdigest()
    low = catalog.as_reader(Clearance(Level.U))
    assert cited_sources(low, KEYS).keys() == {"08QUILL1#1", "08QUILL1"}
    assert not cited_sources(low, KEYS)["08QUILL1"].is_open
    assert readable(low, KEYS) == {"08QUILL1#1": True, "08QUILL1": False}
    assert readable(catalog, ["08QUILL1", "08QUILL9"]) == {"08QUILL1": True}
    catalog.put(replace(cable, source="elsewhere.txt"))
    assert cited_sources(catalog, KEYS) == whole
    catalog.put(replace(cable, subject="ANOTHER"))
    assert cited_sources(catalog, KEYS)["08QUILL1"] != whole["08QUILL1"]
