from datetime import UTC, datetime

from rag.domain.withdrawal import KnownBackup, Withdrawal


def test_what_came_of_an_order_as_json() -> None:
    backup = KnownBackup("/a.backup", datetime(2026, 11, 29, tzinfo=UTC))
    assert Withdrawal("08QUILL1", ("08QUILL1#1",), (), ("a.txt",), (backup,)).json() == {
        "cable_id": "08QUILL1",
        "keys": ("08QUILL1#1",),
        "elsewhere": (),
        "sources": ("a.txt",),
        "backups": [{"path": "/a.backup", "made": "2026-11-29T00:00:00+00:00"}],
        "already": False,
    }
