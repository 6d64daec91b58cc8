"""The content security policy of the pages."""

from api.web.policy import CONTENT_SECURITY_POLICY, PAGE_HEADERS


def test_scripts_and_styles_come_from_the_service_alone() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == rules["base-uri"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert "unsafe" not in CONTENT_SECURITY_POLICY and "nonce" not in CONTENT_SECURITY_POLICY
    assert PAGE_HEADERS["referrer-policy"] == "same-origin"
