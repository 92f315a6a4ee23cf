"""What a page may load; everything comes from ourselves.

https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP
"""

from __future__ import annotations

from typing import Any

from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE

CSP_PUBLIC: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "media-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}

# Editors see a preview in a frame of the admin, under the same rules as the visitors otherwise.
CSP_PREVIEW: dict[str, Any] = {**CSP_PUBLIC, "frame-ancestors": [SELF]}

# Wagtail's admin writes <style> elements at run time and starts some fields by inline scripts, which carry a nonce
# (actions/protection/admin_scripts.py). No script may be injected: neither 'unsafe-inline' nor 'unsafe-eval'.
CSP_STAFF: dict[str, Any] = {
    **CSP_PUBLIC,
    "script-src": [SELF, NONCE],
    "style-src": [SELF],
    "style-src-elem": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}

# Addresses of staff; all others are public: no cookie, strict policy, cacheable.
STAFF_PATHS = ("/admin/", "/accounts/", "/_util/")
