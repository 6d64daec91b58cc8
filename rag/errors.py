"""The one error tree of the product: every message is a single line that names the remedy."""


class CablesError(Exception):
    """Root of all errors the product raises on purpose.

    `retryable` tells a caller whether the same call may succeed later, unchanged.
    """

    retryable = False


class BadInput(CablesError):
    """What the caller gave cannot be used; the message says what would be accepted."""


class NotFound(CablesError):
    """The cable, paragraph or store asked for is not there."""


class Ambiguous(BadInput):
    """A citation that several cables of the archive answer to."""


class Unauthorized(CablesError):
    """The caller is not known: no key, a wrong one, or a store without keys asked from another machine."""


class StoreMissing(NotFound):
    """No store stands at the given folder."""


class StoreInUse(CablesError):
    """Another process owns the store's indexes."""

    retryable = True


class StoreUnavailable(CablesError):
    """The database or the vector server behind the store does not answer."""

    retryable = True


class StoreMismatch(CablesError):
    """The store was built with another model, parser or schema."""


class ModelUnavailable(CablesError):
    """A configured model cannot be used: unknown name, missing key or missing package."""


class ModelFailed(CablesError):
    """The language model did not answer: time-out, rate limit, refusal or broken reply."""

    retryable = True
