"""Authentication: the clearance of a request's sender."""

import hmac
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from api.auth.loopback import is_loopback
from api.auth.narrowing import narrowed
from rag.catalog.keys import Keys
from rag.domain.access import OWNER, Clearance
from rag.errors import Unauthorized

COOKIE = "cables_key"
"""The web page's session cookie: the key itself, HttpOnly."""

OWNER_NAME, LOCAL_NAME, ANYONE = "owner", "local", "anyone"
"""Senders without a key of their own: with the owner's key, of this machine, of a service that is open to all."""

_FORWARDED = frozenset(("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip"))


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a request: the name of their key, or one of the names above; what they may see; the id of their key."""

    name: str
    clearance: Clearance
    key_id: str | None = None


class Gate:
    """Admits requests by their key. While the store has no keys, requests of this machine need none."""

    def __init__(self, keys: Keys, owner_key: str | None, closed: bool = True) -> None:
        """`owner_key` gives programs of this machine full access; with `closed` False everyone has it."""
        self._keys = keys
        self._owner_key = owner_key
        self._closed = closed

    def admit(self, connection: HTTPConnection) -> Clearance:
        """The sender's clearance, narrowed as the request asks. Blocks: it reads the catalog.

        Raises:
            Unauthorized: there is no valid key.
            BadInput: a header that narrows cannot be read.
        """
        sender = self._sender(connection)
        connection.state.sender, connection.state.key_id = sender.name, sender.key_id

        def also(token: str) -> Clearance:
            other = self._holder(token)
            connection.state.sender, connection.state.key_id = f"{sender.name} for {other.name}", other.key_id
            return other.clearance

        return narrowed(sender.clearance, connection, also)

    def _sender(self, connection: HTTPConnection) -> Sender:
        if not self._closed:
            return Sender(LOCAL_NAME if is_local(connection) else ANYONE, OWNER)
        token = _bearer(connection) or connection.cookies.get(COOKIE)
        if token and self._is_owner(token) and is_local(connection):
            return Sender(OWNER_NAME, OWNER)
        if self._keys.required():
            return self._holder(token)
        if is_local(connection):  # any key that is sent is ignored: the store has none
            return Sender(LOCAL_NAME, OWNER)
        raise Unauthorized(
            "this store has no keys, so it answers programs of its own machine only; "
            "`cables keys add NAME --clearance LEVEL` makes a key"
        )

    def _is_owner(self, token: str) -> bool:
        return self._owner_key is not None and hmac.compare_digest(token.encode(), self._owner_key.encode())

    def admit_owner(self, connection: HTTPConnection) -> None:
        """Admit only a program of this machine with the key of the store's owner.

        Raises:
            Unauthorized: it is another machine or another key.
        """
        token = _bearer(connection)
        if not (token and self._is_owner(token) and is_local(connection)):
            raise Unauthorized("this is for commands of the store's owner, on the machine of the store")

    def admit_key(self, token: str | None) -> Clearance:
        """The clearance of a key.

        Raises:
            Unauthorized: there is no key, or it is not valid.
        """
        return self._holder(token).clearance

    def _holder(self, token: str | None) -> Sender:
        if not token:
            raise Unauthorized("a key is needed: send it as `Authorization: Bearer KEY`")
        key = self._keys.find(token)
        if key is None:
            raise Unauthorized("this key is not known or was revoked; ask whoever runs the service for another")
        return Sender(key.name, key.clearance, key.id)


def is_local(connection: HTTPConnection) -> bool:
    """Whether a request comes from this machine and names this machine as its host.

    The Host header is checked against DNS rebinding: a web page's own name may resolve to this machine. A request with
    proxy headers is never local: behind a proxy every sender has a loopback address.
    """
    if any(name in _FORWARDED or name.startswith("x-forwarded-") for name in connection.headers):
        return False
    host = connection.headers.get("host", "")
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    client = connection.client
    return client is not None and is_loopback(client.host) and is_loopback(name)


def _bearer(connection: HTTPConnection) -> str | None:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
