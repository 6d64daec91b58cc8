"""Text that would be links, mentions or formatting if Slack read it as markup, and checks that it does not."""

from typing import Any

HOSTILE = (
    "<!channel> <!here> @here @channel @everyone <@U1> <#C1> <https://evil.example|click> https://evil.example "
    "*bold* _it_ ~no~ `code` ```block``` [a](https://evil.example) > quote :bomb: & &lt;!channel&gt; <script>"
)


def every_text(value: Any) -> Any:
    if isinstance(value, dict):
        if value.get("type") in {"plain_text", "mrkdwn"}:
            yield value["text"]
        for item in value.values():
            yield from every_text(item)
    elif isinstance(value, list):
        for item in value:
            yield from every_text(item)


def assert_inert(value: Any) -> None:
    """Only plain text, without a control character, without emoji names turned into pictures."""
    if isinstance(value, dict):
        assert value.get("type") != "mrkdwn"
        if value.get("type") == "plain_text":
            assert not any(sign in value["text"] for sign in "<>")
            assert value.get("emoji", False) is False
        for item in value.values():
            assert_inert(item)
    elif isinstance(value, list):
        for item in value:
            assert_inert(item)
