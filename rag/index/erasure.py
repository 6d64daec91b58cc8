"""Erasing from indexes, caches and files what was withdrawn from the catalog.

The manifest says that it is still to be done, so that a broken run is taken up again when the store is next opened.
"""

from collections.abc import Sequence
from pathlib import Path

from rag.catalog.catalog import CATALOG_FILE, Catalog
from rag.catalog.database import vacuum_file
from rag.catalog.manifest import ERASE
from rag.catalog.tombstones import Tombstones
from rag.catalog.withdrawals import Withdrawals
from rag.domain.withdrawal import Withdrawal, WithdrawalOrder
from rag.encoders.encoder import SearchEmbeddings
from rag.index.graph_refill import GraphRefill
from rag.index.indexer import Indexer
from rag.index.indexes import Indexes


class Eraser:
    """Withdraws, and returns when no file of the store holds the text any more."""

    def __init__(
        self,
        catalog: Catalog,
        indexes: Indexes,
        indexer: Indexer,
        refill: GraphRefill,
        encoders: Sequence[SearchEmbeddings],
        store: Path,
    ) -> None:
        """`encoders` have caches of texts; `store` is the folder that may hold other databases."""
        self._catalog = catalog
        self._indexes = indexes
        self._indexer = indexer
        self._refill = refill
        self._encoders = encoders
        self._store = store

    def withdraw(self, order: WithdrawalOrder) -> Withdrawal:
        """Carry out a withdrawal or a redaction; raises as `Withdrawals.carry_out`."""
        with self._indexer.lock:  # what is being indexed now may still have the text
            done = Withdrawals(self._catalog).carry_out(order)
            self.finish()
        return done

    def finish(self) -> None:
        """Erase what is still to be erased, also of a withdrawal that was broken off, once the store can be written."""
        if not self._catalog.read_only and ERASE in self._catalog.manifest():
            self.erase()

    def erase(self) -> None:
        """Bring indexes and files up to the tombstones."""
        with self._indexer.lock:
            self._refill.run()  # nothing can be deleted from a damaged graph
            held = self._catalog.ids()
            current = set(held).difference(self._catalog.unindexed())
            self._indexer.rewrite(sorted({stone.cable_id for stone in Tombstones(self._catalog).all()} - current))
            self._indexes.compact(self._catalog.cables(held))
            for encoder in self._encoders:
                encoder.forget()
            self._catalog.erase_deleted()
            for database in self._store.glob("*.sqlite3"):  # such as the Slack bot's
                if database.name != CATALOG_FILE:
                    vacuum_file(database)
            self._catalog.remove_from_manifest(ERASE)
