from pathlib import Path

from rag.catalog.catalog import Catalog
from rag.catalog.keys import Keys, least_clearance
from rag.domain.access import OWNER, Clearance
from rag.domain.marking import Level


def test_a_key_is_nowhere_in_the_catalog(tmp_path: Path) -> None:
    with Catalog(f"sqlite:///{tmp_path / 'catalog.sqlite3'}") as catalog:
        token = Keys(catalog).add("ada", Clearance(Level.C, nodis=True))
        assert Keys(catalog).clearance(token) == Clearance(Level.C, nodis=True)
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"ada" in held
    assert token.rpartition("_")[2].encode() not in held


def test_a_revoked_key_opens_nothing_and_its_name_is_free(tmp_path: Path) -> None:
    with Catalog(f"sqlite:///{tmp_path / 'catalog.sqlite3'}") as catalog:
        keys = Keys(catalog)
        assert not keys.required()
        old = keys.add("ada", Clearance(Level.S))
        keys.revoke("ada")
        assert keys.clearance(old) is None
        assert keys.required()
        new = keys.add("ada", Clearance(Level.U))
        assert keys.clearance(new) == Clearance(Level.U)
        assert [key.revoked is None for key in keys.all()] == [False, True]


def test_the_least_clearance_is_what_every_good_key_opens(tmp_path: Path) -> None:
    with Catalog(f"sqlite:///{tmp_path / 'catalog.sqlite3'}") as catalog:
        keys = Keys(catalog)
        assert least_clearance(keys.all()) == OWNER
        keys.add("ada", Clearance(Level.S, noforn=True, nodis=True))
        keys.add("bo", Clearance(Level.C, noforn=True, exdis=True))
        keys.add("cy", Clearance(Level.U))
        keys.revoke("cy")
        assert least_clearance(keys.all()) == Clearance(Level.C, noforn=True)
