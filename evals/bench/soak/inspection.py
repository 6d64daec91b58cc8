"""The archive compared with the record of what it acknowledged."""

import hashlib
import json
import random
from collections.abc import Iterable
from typing import Any

import httpx

from evals.bench.soak.commands import SoakCommands
from evals.bench.soak.invented_cable import PARAGRAPHS
from evals.bench.soak.record import SoakRecord

_BUNDLED = 50
"""Most cables of those there from the start that are compared by their words."""
_REVOKED = 5
"""Revoked keys tried at a time: thirty refusals a minute are answered, then 429."""
_PAGE = 200


class Inspection:
    """Looks through the service for what should be there and what should not."""

    def __init__(self, http: httpx.Client, commands: SoakCommands, record: SoakRecord) -> None:
        """`http` holds the service's address and the key of the readers, who may see everything."""
        self._http, self._commands, self._record = http, commands, record
        self.url = str(http.base_url)

    def note_bundled(self) -> None:
        """Note the cables that are there before the first change."""
        ids, cursor = list[str](), ""
        while True:
            page = self._get("/cables", limit=_PAGE, **({"cursor": cursor} if cursor else {})).json()
            ids += [cable["id"] for cable in page["cables"]]
            if not (cursor := page["next"]):
                break
        chosen = random.Random(0).sample(ids, min(_BUNDLED, len(ids)))
        self._record.bundled = dict.fromkeys(ids, "") | {each: self._digest(each) for each in chosen}

    def findings(self) -> list[str]:
        """Everything that is not as recorded; nobody may change the archive meanwhile."""
        record = self._record
        found = self.cables([*record.held, *record.withdrawn]) + self._total()
        found += [f"{each}: its words changed" for each, was in record.bundled.items() if self._differs(each, was)]
        # Answers are kept and verdicts given meanwhile.
        kept, verdicts = list(record.kept), list(record.feedback)
        found += [f"kept answer {each} is lost" for each in kept if self._status(f"/answers/{each}") != 200]
        exported = self._exported()
        found += [f"feedback {each} is lost" for each in verdicts if f"feedback-{each}" not in exported]
        found += [f"the key {name} is lost" for name, key in record.keys.items() if self._status("/cables", key) != 200]
        revoked = record.revoked[-_REVOKED:]
        return found + ["a revoked key is accepted" for key in revoked if self._status("/cables", key) != 401]

    def cables(self, ids: Iterable[str]) -> list[str]:
        """What is wrong with invented cables; those that are uncertain are passed over."""
        return [fault for each in ids if each not in self._record.uncertain and (fault := self._fault(each))]

    def _fault(self, cable_id: str) -> str | None:
        response = self._get(f"/cables/{cable_id}")
        if cable := self._record.held.get(cable_id):
            if response.status_code != 200:
                return f"{cable_id}: lost write, answered {response.status_code}"
            if cable.mark not in response.text:
                return f"{cable_id}: lost write, an earlier revision is there"
            found = self._hits(cable.mark)
            return None if found == PARAGRAPHS else f"{cable_id}: {found} of {PARAGRAPHS} paragraphs are found by words"
        gone = self._record.withdrawn[cable_id]
        if response.status_code not in {404, 410}:
            return f"{cable_id}: withdrawn, and there again"
        return f"{cable_id}: withdrawn, and found by words" if self._hits(gone.mark) else None

    def _hits(self, word: str) -> int:
        response = self._get("/scan", query=word)
        return int(response.json()["total"]) if response.is_success else -1

    def _total(self) -> list[str]:
        if self._record.uncertain:
            return []
        total = self._get("/cables", limit=0).json()["total"]
        expected = len(self._record.bundled) + len(self._record.held)
        return [] if total == expected else [f"the archive has {total} cables, not {expected}"]

    def _differs(self, cable_id: str, was: str) -> bool:
        return bool(was) and self._digest(cable_id) != was

    def _digest(self, cable_id: str) -> str:
        body = self._get(f"/cables/{cable_id}").json()
        texts = [paragraph["text"] for paragraph in body.get("paragraphs", [])]
        return hashlib.sha256(json.dumps(texts).encode()).hexdigest()

    def _exported(self) -> set[str]:
        printed = self._commands.run("feedback", "export") or ""
        return {json.loads(line)["id"] for line in printed.splitlines()}

    def _status(self, path: str, key: str | None = None) -> int:
        headers = {"authorization": f"Bearer {key}"} if key else {}
        return self._http.get(path, params={"limit": 0} if key else {}, headers=headers).status_code

    def _get(self, path: str, **params: Any) -> httpx.Response:
        return self._http.get(path, params=params)
