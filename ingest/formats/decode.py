"""Bytes to text; every guess and loss is reported."""

import codecs

from charset_normalizer import from_bytes

from ingest.errors import NotACable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90", b"\x1f\x8b", b"BZh",
    b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"\xfd7zXZ", b"Rar!", b"7z\xbc\xaf", b"RIFF", b"OggS", b"ID3",
)  # fmt: skip
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\v\x1b\x1a")
_CONTROL_SHARE = 0.02  # a telegram may hold a few stray control characters, binary data holds many
_SNIFF = 64 * 1024  # bytes; enough for the detector, which is slow on more
_WESTERN = "cp1252"
_CANDIDATES = [_WESTERN, "cp1250", "cp1251", "cp1254", "mac_roman", "cp437"]
_FEW = 3
_EQUAL = 0.02  # difference in the detector's `chaos` that is not significant


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of `data` with `\\n` as line ends, and the problems met in decoding it.

    Tried in this order: byte order mark, UTF-16 by its zeros, UTF-8, the detected encoding, Windows-1252.
    Undecodable bytes stay visible as `\\xNN`.

    Raises:
        NotACable: the data is empty or binary.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise NotACable("empty file")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_bom(data, encoding)
    if utf16 := _utf16_without_bom(data[:_SNIFF]):
        return _plain_lines(data.decode(utf16, errors="replace")), (f"read as {utf16}: no byte order mark",)
    refuse_binary(data[:_SNIFF])
    try:
        return _plain_lines(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        text, problem = _guess(data)
        return _plain_lines(text), (problem,)


def encoding_of(head: bytes) -> str:
    """The encoding of a text that begins with these bytes, found as `decode` finds it."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    if utf16 := _utf16_without_bom(head[:_SNIFF]):
        return utf16
    sample = head[:_SNIFF]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        high = sum(byte >= 0x80 for byte in sample)
        return "utf-8-sig" if _FEW * _broken(sample) < high else _detect(sample)
    return "utf-8-sig"


def refuse_binary(head: bytes) -> None:
    """Raise NotACable if `head`, the first bytes of an input, is binary data."""
    if head.startswith(_MAGIC):
        raise NotACable("binary data (a document, image or archive), not text")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > max(1, _CONTROL_SHARE * len(head)):
        raise NotACable("binary data, not text")


def _with_bom(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        text = data.decode(encoding)
        problems: tuple[str, ...] = ()
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace" if encoding != "utf-8-sig" else "backslashreplace")
        problems = (f"bytes that are not {encoding} are kept visible",)
    return _plain_lines(text), problems


def _utf16_without_bom(head: bytes) -> str | None:
    """The encoding of UTF-16 without a byte order mark, where every other byte of English text is zero; or None."""
    if b"\0" not in head:
        return None
    pairs = len(head) // 2
    for encoding, zeros, letters in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if pairs > 8 and zeros.count(0) > 0.8 * pairs and letters.count(0) < 0.02 * pairs:
            return encoding
    return None


def _guess(data: bytes) -> tuple[str, str]:
    as_utf8 = data.decode("utf-8", errors="backslashreplace")
    high = sum(byte >= 0x80 for byte in data[:_SNIFF])
    # A few broken bytes among valid multi-byte characters: the file is UTF-8.
    if _FEW * _broken(data[:_SNIFF]) < high:
        return as_utf8, "bytes that are not utf-8 are kept visible as \\xNN"
    encoding = _detect(data[:_SNIFF])
    text = data.decode(encoding, errors="backslashreplace")
    return text, f"read as {encoding}: the text is not utf-8"


def _detect(sample: bytes) -> str:
    matches = from_bytes(sample, threshold=0.3, cp_isolation=_CANDIDATES)
    best = matches.best()
    if best is None:
        return _WESTERN
    # Telegrams are in English with Western names, so Windows-1252 is preferred among equally good encodings.
    western = any(
        _WESTERN in (match.encoding, *match.could_be_from_charset) and match.chaos <= best.chaos + _EQUAL
        for match in matches
    )
    return _WESTERN if western else best.encoding


def _broken(data: bytes) -> int:
    return data.decode("utf-8", errors="replace").count("\ufffd")


def _plain_lines(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text.lstrip("\ufeff")
