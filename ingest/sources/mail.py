"""Mail: the text of a message, and its attachments, as documents of their own.

The fields of a message's head are no part of any document, so that no `Subject:` of the mail becomes a telegram's.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import PurePosixPath
from typing import cast

from ingest.sources.budget import UnpackingBudget
from ingest.sources.document import Document, Rejection, one_line

_COUNT = re.compile(rb"\s{0,8}(\d{1,10})\s{0,8}\n(?=[A-Za-z-]{2,40}:)")  # before a message in Apple Mail's files
_HEAD = re.compile(rb"(?:[A-Za-z][!-9;-~]{0,80}:[^\n]{0,4000}\n(?:[ \t][^\n]{0,4000}\n){0,200}){2,1000}?(?:\n|\Z)")
_NAME = re.compile(rb"(?m)^([A-Za-z][!-9;-~]{0,80}):")
_SENDER = re.compile(rb"(?mi)^from:[^\n]{0,400}@")
_CERTAIN = frozenset(
    b"mime-version message-id received return-path delivered-to content-transfer-encoding content-type".split()
)
_USUAL = frozenset(b"from to cc subject date reply-to sender".split())
_SILENT = ("image/", "audio/", "video/", "font/", "text/calendar", "text/x-vcard", "text/vcard", "text/css")
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
_SIGNATURE = re.compile(r"\n-- \n(?:[^\n]{0,200}\n?){0,10}\Z")
_FEW_WORDS = 20  # a plain part that only points to the HTML part has fewer
_LONGEST_NAME = 120


def is_mail(head: bytes) -> bool:
    """Whether the first bytes are the head of a message."""
    start = head[count.end() :] if (count := _COUNT.match(head)) else head
    fields = _HEAD.match(start.replace(b"\r\n", b"\n"))
    if fields is None:
        return False
    names = {name.lower() for name in _NAME.findall(fields[0])}
    sent = _SENDER.search(fields[0]) is not None and len(names & _USUAL) > 1
    return sent or (bool(names & _CERTAIN) and len(names & (_USUAL | _CERTAIN)) > 1)


def mail_parts(document: Document, budget: UnpackingBudget) -> Iterator[Document | Rejection]:
    """The text of a message under the document's name, and its attachments as `name!attachment`."""
    with document.open() as stream:
        data = stream.read()
    if count := _COUNT.match(data):
        data = data[count.end() : count.end() + int(count[1])]
    budget.spend(len(data))
    try:
        parts = list(_documents(email.message_from_bytes(data, policy=email.policy.default), document.name))
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        parts = [Rejection(document.name, f"damaged mail: {one_line(error)}")]
    yield from parts or [Rejection(document.name, "mail without text (or encrypted)")]


def _documents(message: EmailMessage, name: str) -> Iterator[Document | Rejection]:
    body = _body(message)
    if body is not None and (text := _text(body)).strip():
        yield Document(name, text)
    for number, part in enumerate(_attachments(message, body), 1):
        yield _attachment(part, f"{name}!{_name(part, number)}")


def _body(message: EmailMessage) -> EmailMessage | None:
    plain = cast("EmailMessage | None", message.get_body(("plain",)))
    html = cast("EmailMessage | None", message.get_body(("html",)))
    if plain is not None and html is not None and len(_text(plain).split()) < _FEW_WORDS:
        return html
    return plain if plain is not None else html


def _attachments(message: EmailMessage, body: EmailMessage | None) -> Iterator[EmailMessage]:
    """All parts that may hold a telegram, except the body and its other versions."""
    kind = message.get_content_type()
    if kind == "message/rfc822" or not message.is_multipart():
        silent = kind.startswith(_SILENT) or kind in _SIGNATURES
        if message is not body and not silent:
            yield message
        return
    parts = cast("list[EmailMessage]", message.get_payload())
    if kind == "multipart/alternative" and body is not None:
        parts = [part for part in parts if part.get_content_maintype() != "text" or part is body]
    for part in parts:
        yield from _attachments(part, body)


def _attachment(part: EmailMessage, name: str) -> Document | Rejection:
    if part.get_content_type() == "message/rfc822":
        return Document(name, bytes(cast(EmailMessage, part.get_payload(0))))
    if part.get_content_maintype() == "text":
        return Document(name, _text(part))
    data = part.get_payload(decode=True)
    return Document(name, data) if isinstance(data, bytes) else Rejection(name, "an attachment without content")


def _text(part: EmailMessage) -> bytes:
    """A text part as UTF-8; as it stands where its declared encoding is wrong."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b""
    try:
        text = data.decode(part.get_content_charset() or "utf-8")
    except (ValueError, LookupError):
        return data
    return _SIGNATURE.sub("\n", text.replace("\r\n", "\n")).encode("utf-8", "replace")


def _name(part: EmailMessage, number: int) -> str:
    name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
    return "".join(character for character in name if character.isprintable())[:_LONGEST_NAME] or f"part {number}"
