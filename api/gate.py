"""Who is asking: the clearance of a request's sender."""

import hmac

from starlette.requests import HTTPConnection

from api.loopback import is_loopback
from api.narrowing import narrowed
from rag.access import OWNER, Clearance
from rag.errors import Unauthorized
from rag.keys import Keys

COOKIE = "cables_key"
"""The web page's session: the key itself, out of reach of scripts."""

_FORWARDED = frozenset(("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip"))


class Gate:
    """Admits requests by their key; those of this machine without one, as long as the store has no keys."""

    def __init__(self, keys: Keys, owner_key: str | None, closed: bool = True) -> None:
        """`owner_key` opens everything to programs of this machine; `closed` False does so to everybody."""
        self._keys = keys
        self._owner_key = owner_key
        self._closed = closed

    def admit(self, connection: HTTPConnection) -> Clearance:
        """What the sender may see, within the bounds the request sets itself. Reads the catalog, so it blocks.

        Raises:
            Unauthorized: the sender must show a key, or another one.
            BadInput: a bound cannot be read.
        """
        return narrowed(self._sender(connection), connection, self.admit_key)

    def _sender(self, connection: HTTPConnection) -> Clearance:
        if not self._closed:
            return OWNER
        token = _bearer(connection) or connection.cookies.get(COOKIE)
        if token and self._is_owner(token) and here(connection):
            return OWNER
        if self._keys.required():
            return self.admit_key(token)
        if here(connection):  # whatever key a client may send: there is none it could be
            return OWNER
        raise Unauthorized(
            "this store has no keys, so it answers programs of its own machine only; "
            "`cables keys add NAME --clearance LEVEL` makes a key"
        )

    def _is_owner(self, token: str) -> bool:
        return self._owner_key is not None and hmac.compare_digest(token.encode(), self._owner_key.encode())

    def admit_owner(self, connection: HTTPConnection) -> None:
        """Admit only a program of this machine that shows the key of the store's owner.

        Raises:
            Unauthorized: it does not.
        """
        token = _bearer(connection)
        if not (token and self._is_owner(token) and here(connection)):
            raise Unauthorized("this is for commands of the store's owner, on the machine of the store")

    def admit_key(self, token: str | None) -> Clearance:
        """What the holder of a key may see.

        Raises:
            Unauthorized: it is no good key.
        """
        if not token:
            raise Unauthorized("a key is needed: send it as `Authorization: Bearer KEY`")
        clearance = self._keys.clearance(token)
        if clearance is None:
            raise Unauthorized("this key is not known or was revoked; ask whoever runs the service for another")
        return clearance


def here(connection: HTTPConnection) -> bool:
    """Whether a request comes from this machine and was meant for it.

    A web page can have a browser ask a name of its own that leads to this machine, so the name asked for counts;
    and behind a proxy every sender looks near.
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
