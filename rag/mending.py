"""Making the indexes agree with the catalog again."""

from rag.audit import SURPLUS, UNREADABLE, VECTORS, Audit
from rag.catalog import Catalog
from rag.errors import CablesError
from rag.indexes import Indexes


def mark_for_mending(catalog: Catalog, indexes: Indexes, audit: Audit) -> int:
    """Drop what belongs to no cable and have every cable that differs indexed anew; returns how many those are.

    Raises:
        CablesError: indexing some cables anew would not mend it.
    """
    if audit.damage:
        raise CablesError(f"the catalog's database is damaged ({audit.damage[0]}); `cables restore` a backup")
    if not audit.same_encoder:
        raise CablesError("the vectors are another encoder's; make all anew with `cables rebuild --all`")
    known = set(catalog.ids())
    differing = {each.cable_id for each in audit.differences} & known
    catalog.mark_unindexed(sorted(differing))
    surplus = [each for each in audit.differences if each.what == SURPLUS]
    windows = [each.entry for each in surplus if each.index == VECTORS]
    indexes.drop(windows, sorted({each.cable_id for each in surplus} - known))
    # Vectors that cannot be read, or are none, must not be taken over.
    indexes.vectors.remove(sorted({each.cable_id for each in audit.differences if each.what == UNREADABLE}))
    return len(differing | set(audit.waiting))
