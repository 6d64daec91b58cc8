"""Documents in other documents: archives, compressed files, mailboxes and mail, each recognised by its first bytes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ingest.formats.registry import HEAD
from ingest.sources.archives import is_zip, untar, unzip
from ingest.sources.budget import UnpackingBudget
from ingest.sources.compressed import holds_tar, is_compressed, uncompressed
from ingest.sources.document import Document, Rejection
from ingest.sources.mail import is_mail, mail_parts
from ingest.sources.mailbox import is_mailbox, messages
from ingest.sources.spool import may_be_large, too_large

_DEEPEST = 5  # a zip archive of mailboxes with messages that hold compressed attachments


@dataclass(frozen=True, slots=True)
class _Container:
    recognises: Callable[[Document, bytes], bool]
    members: Callable[[Document, UnpackingBudget], Iterator[Document | Rejection]]
    archive: bool = False


def _unzipped(document: Document, budget: UnpackingBudget) -> Iterator[Document | Rejection]:
    with document.open() as stream:
        yield from unzip(stream, document.name, budget.limit)


def _untarred(document: Document, budget: UnpackingBudget) -> Iterator[Document | Rejection]:
    with document.open() as stream:
        yield from untar(stream, document.name, budget.limit)


_CONTAINERS = (
    _Container(lambda document, head: is_zip(head), _unzipped, archive=True),
    _Container(holds_tar, _untarred, archive=True),
    _Container(lambda document, head: is_compressed(head), uncompressed),
    _Container(lambda document, head: is_mailbox(head), messages),
    _Container(lambda document, head: is_mail(head), mail_parts),
)


def expanded(
    document: Document, budget: UnpackingBudget, depth: int = 0, archived: bool = False
) -> Iterator[Document | Rejection]:
    """The documents that a container holds, at any depth; the document itself where it is none.

    `archived` says that an archive stands around it, in which no second one is opened.
    """
    with document.open() as stream:
        head = stream.read(HEAD)
    container = next((each for each in _CONTAINERS if each.recognises(document, head)), None)
    if container is None:
        yield too_large(document.name) if document.opener and not may_be_large(head) else document
    elif container.archive and archived:
        yield Rejection(document.name, "an archive inside an archive; unpack the outer one first")
    elif depth == _DEEPEST:
        yield Rejection(document.name, "too many containers in each other; unpack the outer ones first")
    else:
        for member in container.members(document, budget):
            if isinstance(member, Document):
                yield from expanded(member, budget, depth + 1, archived or container.archive)
            else:
                yield member
