"""Heads of forwarded mail within a text: `From: ...`, `Sent: ...`, `To: ...`, `Subject: FW: ...`.

Without their removal a mail's subject would be read as the telegram's.
"""

import re

_FIELD = r"(?:From|Sent|Date|To|Cc|Bcc|Subject|Reply-To|Importance|Attachments|Message-ID|X-[A-Za-z-]{1,30})"
_LINE = rf"[ \t>*]{{0,8}}{_FIELD}:[^\n]{{0,400}}(?:\n[ \t]{{1,8}}\S[^\n]{{0,400}}){{0,4}}\n"
_ABOVE = r"[ \t>*]{0,8}(?:-{2,12}[ ]?(?:Original|Forwarded)[^\n]{0,60}|Begin forwarded message:)[ \t]{0,4}\n\s{0,4}"
_MAIL_HEAD = re.compile(rf"(?m)^(?:{_ABOVE})?(?P<fields>(?:{_LINE}){{3,14}})")
_WHEN = re.compile(r"(?m)^[ \t>*]{0,8}(?:Sent|Date):")
_FROM = re.compile(r"(?m)^[ \t>*]{0,8}From:")


def without_mail_heads(text: str) -> str:
    """The text without the heads of mail: three or more fields in a row, sender and date among them."""
    return _MAIL_HEAD.sub(_removed, text) if "From:" in text else text


def _removed(head: re.Match[str]) -> str:
    fields = head["fields"]
    return "\n" if _WHEN.search(fields) and _FROM.search(fields) else head[0]
