"""The content security policy of the pages: everything from the service itself, no inline script, no inline style."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

PAGE_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    # A form of the pages must name its origin, which is how forms of other sites are refused.
    "referrer-policy": "same-origin",
}
"""Headers of every page and of every part of one."""
