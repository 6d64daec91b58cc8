"""Sealed answers: what the service answered, carried by a browser until its reader keeps it, and changed by nobody."""

import base64
import hmac
import json
import secrets
import zlib
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import select

from rag.catalog.cable_rows import lock_cables, write_manifest
from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.tables import manifest
from rag.domain.answer import Answer
from rag.domain.kept_answer import KeptQuestion
from rag.errors import BadInput

_SECRET = "answer_seal"  # noqa: S105 - the name of its entry in the manifest
_MOST_BYTES = 4_000_000  # of an answer that is unpacked


class AnswerSeals:
    """Seals answers for one key and one clearance, by HMAC-SHA256 (RFC 2104) under a secret of the store."""

    def __init__(self, catalog: CatalogReader, key_id: str) -> None:
        """`catalog` is as the reader sees it; `key_id` is empty for the owner."""
        self._catalog = catalog
        self._reader = json.dumps([key_id, asdict(catalog.reader)], sort_keys=True).encode()

    def seal(self, answer: Answer, asked: KeptQuestion) -> str:
        """An answer with its question as letters and digits; it has the id under which it would be kept."""
        fields = {"answer": replace(answer, id=secrets.token_hex(8)).json(), "asked": asked.json()}
        packed = zlib.compress(json.dumps(fields).encode())
        return base64.urlsafe_b64encode(self._code(packed) + packed).decode()

    def open(self, sealed: str) -> tuple[Answer, KeptQuestion]:
        """The answer and its question.

        Raises:
            BadInput: this was not sealed here for this reader.
        """
        try:
            data = base64.b64decode(sealed.encode("ascii"), altchars=b"-_", validate=True)
        except ValueError:
            data = b""
        code, packed = data[:32], data[32:]
        if not hmac.compare_digest(code, self._code(packed)):
            raise BadInput("this is no answer that was given here to you; ask the question again")
        fields: dict[str, Any] = json.loads(zlib.decompressobj().decompress(packed, _MOST_BYTES))
        return Answer.from_json(fields["answer"]), KeptQuestion.from_json(fields["asked"])

    def _code(self, packed: bytes) -> bytes:
        return hmac.digest(self._secret(), self._reader + packed, "sha256")

    def _secret(self) -> bytes:
        query = select(manifest.c.value).where(manifest.c.name == _SECRET)
        with self._catalog.begin() as connection:
            secret = connection.scalar(query)
        if secret is None:
            with self._catalog.begin(writing=True) as connection:
                lock_cables(connection)  # another worker may make it now
                secret = connection.scalar(query)
                if secret is None:
                    secret = secrets.token_hex(32)
                    write_manifest(connection, {_SECRET: secret})
        return str(secret).encode()
