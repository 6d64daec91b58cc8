"""All errors of the product: every message is a single line that names the remedy."""


class CablesError(Exception):
    """Root of all errors the product raises on purpose.

    `retryable` tells a caller whether the same call may succeed later, unchanged.
    """

    retryable = False


class BadInput(CablesError):
    """The input cannot be used; the message says what would be accepted."""


class NotFound(CablesError):
    """The cable, paragraph or store does not exist."""


class Ambiguous(BadInput):
    """A citation that matches several cables of the archive."""


class Unauthorized(CablesError):
    """The caller is not known: no key, a wrong key, or a store without keys called from another machine."""


class Withdrawn(NotFound):
    """The cable or paragraph was taken out of the archive. Only the owner is told; for others it does not exist."""


class StoreMissing(NotFound):
    """There is no store in the given folder."""


class StoreInUse(CablesError):
    """Another process owns the store's indexes."""

    retryable = True


class StoreUnavailable(CablesError):
    """The database or the vector server behind the store does not answer."""

    retryable = True


class GraphDamaged(StoreUnavailable):
    """The files of the vector index cannot be used; it is made anew from the other indexes."""


class StoreMismatch(CablesError):
    """The store was built with another model, parser or schema."""


class ModelUnavailable(CablesError):
    """A configured model cannot be used: unknown name, missing key or package, or its server fails."""


class ModelFailed(CablesError):
    """The language model did not answer: time-out, rate limit, refusal or broken reply."""

    retryable = True
