"""The pages for trying queries, each under a policy that lets it run and load what is written in it and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from werkzeug.wrappers import Response

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_SCRIPT = re.compile(r'<script [^>]*?src="(https://[^"]+)"')
_STYLE = re.compile(r'<link [^>]*?href="(https://[^"]+)"')


class Page:
    """An HTML file beside this module."""

    def __init__(self, name: str) -> None:
        self._html = Path(__file__).with_name(name).read_text(encoding="utf-8")
        self._policy = _policy(self._html)

    def response(self) -> Response:
        """Give the page."""
        response = Response(self._html, content_type="text/html; charset=utf-8")
        response.headers["Content-Security-Policy"] = self._policy
        return response


def _policy(html: str) -> str:
    scripts = [f"'sha256-{_sha256(script)}'" for script in _INLINE_SCRIPT.findall(html)] + _SCRIPT.findall(html)
    # styles may be inline: GraphiQL makes some as it runs
    styles = ["'unsafe-inline'", *_STYLE.findall(html)]
    return (
        f"default-src 'none'; script-src {' '.join(scripts)}; style-src {' '.join(styles)}; img-src data:; font-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
