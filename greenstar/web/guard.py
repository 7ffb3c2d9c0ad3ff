"""Who may ask the server anything: a browser on this machine that was given the address with the token in it.

A page of somebody else's can make a browser send requests to loopback. It cannot send the cookie with them (SameSite),
it cannot pass for our origin, and a name of its own that leads here (DNS rebinding) is not a host of ours.
"""

import hmac
import secrets
from collections.abc import Awaitable, Callable

from aiohttp import web

from greenstar.i18n.catalogue import Catalogue

HOSTS = ("127.0.0.1", "localhost")
_PARAMETER = "t"
_WRITING = ("POST", "PUT", "PATCH", "DELETE")
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# The terminal writes its colours and sizes into style elements; everything else comes from here and nowhere else.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self' {socket}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Guard:
    """Knows the token and the port of one server."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.token = secrets.token_urlsafe(32)
        self.port = 0  # known once the server listens
        self._catalogue = catalogue

    @property
    def address(self) -> str:
        """What a person opens in a browser."""
        return f"http://{HOSTS[0]}:{self.port}/?{_PARAMETER}={self.token}"

    @property
    def _cookie(self) -> str:
        """Cookies know no ports: another server on this machine has another name."""
        return f"greenstar_{self.port}"

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer only who may ask, and tell the browser what a page of ours may do."""
        response: web.StreamResponse | None = self._refusal(request) or self._let_in(request)
        if response is None:
            try:
                response = await handler(request)
            except web.HTTPException as error:
                response = error
        if not response.prepared:
            policy = _POLICY.format(socket=f"ws://{request.host}")
            for name, value in {"Content-Security-Policy": policy, **_HEADERS}.items():
                response.headers.setdefault(name, value)
        if isinstance(response, web.HTTPException):
            raise response
        return response

    def _refusal(self, request: web.Request) -> web.Response | None:
        """421 for another host, 403 for another origin or without the token."""
        if request.host not in {f"{host}:{self.port}" for host in HOSTS}:
            return self._say(421, "web.other_host")
        origin = request.headers.get("Origin")
        acts = request.method in _WRITING or "Upgrade" in request.headers
        if (origin is None and acts) or (origin is not None and origin != f"http://{request.host}"):
            return self._say(403, "web.other_origin")
        given = request.query.get(_PARAMETER) or request.cookies.get(self._cookie) or ""
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            return self._say(403, "web.no_token")
        return None

    def _let_in(self, request: web.Request) -> web.Response | None:
        """Where the token stands in the address: keep it as a cookie, and go on where it is not to be seen."""
        if _PARAMETER not in request.query:
            return None
        response = web.Response(status=303, headers={"Location": request.path})
        response.set_cookie(self._cookie, self.token, httponly=True, samesite="Strict", path="/")
        return response

    def _say(self, status: int, key: str) -> web.Response:
        return web.Response(status=status, text=f"{self._catalogue.say(key)}\n")
