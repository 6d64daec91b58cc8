"""Repairs the indexes so that they agree with the catalog again."""

from rag.catalog.catalog import Catalog
from rag.catalog.manifest import ERASE
from rag.catalog.withdrawals import enforce
from rag.errors import CablesError
from rag.index.audit import SURPLUS, UNREADABLE, VECTORS, WITHDRAWN_TEXT, Audit
from rag.index.indexes import Indexes


def mark_for_repair(catalog: Catalog, indexes: Indexes, audit: Audit) -> int:
    """Delete surplus entries and mark every differing cable to be indexed again; returns how many cables these are.

    Raises:
        CablesError: indexing some cables again would not repair the indexes.
    """
    if audit.damage:
        raise CablesError(f"the catalog's database is damaged ({audit.damage[0]}); `cables restore` a backup")
    if not audit.same_encoder:
        raise CablesError("the vectors were made by another encoder; rebuild all of them with `cables rebuild --all`")
    with catalog.begin(writing=True) as connection:
        enforce(connection, audit.withdrawn)
    withdrawn = {difference.cable_id for difference in audit.differences if difference.what == WITHDRAWN_TEXT}
    withdrawn.update(audit.withdrawn)
    known = set(catalog.ids())
    differing = {difference.cable_id for difference in audit.differences} & known
    catalog.mark_unindexed(sorted(differing))
    surplus = [difference for difference in audit.differences if difference.what == SURPLUS]
    window_ids = [difference.entry for difference in surplus if difference.index == VECTORS]
    indexes.drop(window_ids, sorted({difference.cable_id for difference in surplus} - known))
    if withdrawn:
        indexes.remove(sorted(withdrawn))
        catalog.set_manifest({ERASE: "yes"})
    # The indexer reuses stored vectors of unchanged texts, so unreadable and invalid ones are deleted.
    unreadable = {difference.cable_id for difference in audit.differences if difference.what == UNREADABLE}
    indexes.vectors.remove(sorted(unreadable))
    return len(differing | set(audit.withdrawn) | set(audit.unindexed))
