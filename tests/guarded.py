"""What every page carries, so that a browser and a cache guard it."""

from typing import Any

PROMISED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SELF = {"script", "style", "font", "connect"}
POLICY = {
    **{f"{kind}-src": "'self'" for kind in SELF},
    "default-src": "'none'",
    "img-src": "'self' data:",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# These hold nothing of anybody.
PUBLIC = {"manual", "manual-chapter", "admin:jsi18n"}
# What our policy refuses: a browser would leave it out.
INLINE = ("<style", " style=", " onclick=", " onchange=", "<script>")


def assert_guarded(page: Any, name: str) -> None:
    assert {header: page.headers.get(header) for header in PROMISED} == PROMISED, name
    said = page.headers["Content-Security-Policy"].split("; ")
    assert dict(part.split(" ", 1) for part in said) == POLICY, name
    for cookie in page.cookies.values():
        assert cookie["samesite"] in ("Lax", "Strict"), (name, cookie.key)


def is_for_one_browser(page: Any) -> bool:
    """Whether a cache between the portal and people may not give it to another."""
    kept, differs = (page.headers.get(h, "") for h in ("Cache-Control", "Vary"))
    return "no-store" in kept or "private" in kept or "Cookie" in differs


def assert_nothing_inline(page: Any, name: str) -> None:
    """But for a file to keep, such as an e-mail, which has its own style."""
    if "html" in page.headers.get("Content-Type", ""):
        text = page.getvalue().decode()
        assert [inline for inline in INLINE if inline in text] == [], name
