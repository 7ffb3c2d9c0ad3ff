"""Who may ask the server: a browser on this machine that has the token, for our own page, under our own name."""

from http.cookies import SimpleCookie

import pytest
from aiohttp import ClientResponse, WSServerHandshakeError

from greenstar.web.server import PAGE
from tests.web.conftest import Serve


async def test_the_token_in_the_address_becomes_a_cookie_that_no_script_reads_and_no_other_page_sends(
    serve: Serve,
) -> None:
    server = await serve()
    answer = await server.client.get(f"/?t={server.guard.token}", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    (cookie,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (server.guard.token, True, "Strict")
    page = await server.client.get("/")
    assert page.status == 200
    assert "Attach a file" in await page.text()
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert f"connect-src 'self' ws://127.0.0.1:{server.guard.port};" in policy
    assert page.headers["Cache-Control"] == "no-store"


async def test_without_the_token_or_with_another_nothing_is_answered(serve: Serve) -> None:
    server = await serve()
    for path in ("/", "/?t=", "/?t=other", "/page/page.mjs", "/terminal", "/nothing"):
        answer = await server.client.get(path, headers=server.origin)
        assert answer.status == 403, path
        assert "the token is missing" in await answer.text()
    assert (await server.client.post("/files/x", data=b"x", headers=server.origin)).status == 403
    assert not server.folder.exists()


async def test_another_host_is_refused_whoever_asks(serve: Serve) -> None:
    server = await serve()
    await server.let_in()
    for host in ("rebound.example", f"rebound.example:{server.guard.port}", "127.0.0.1", f"127.0.0.1:{1}"):
        answer = await server.client.get(f"/?t={server.guard.token}", headers={"Host": host})
        assert (answer.status, answer.headers.get("Set-Cookie")) == (421, None), host


async def test_another_origin_is_refused_and_so_is_none_where_something_is_done(serve: Serve) -> None:
    server = await serve()
    await server.let_in()
    port = server.guard.port
    for origin in (f"http://127.0.0.1:{port + 1}", f"https://127.0.0.1:{port}", "http://evil.example", "null"):
        assert (await server.client.get("/", headers={"Origin": origin})).status == 403, origin
        assert (await _upload(server.client.post, {"Origin": origin})).status == 403, origin
        with pytest.raises(WSServerHandshakeError, match="403"):
            await server.client.ws_connect("/terminal", headers={"Origin": origin})
    assert (await _upload(server.client.post, {})).status == 403
    with pytest.raises(WSServerHandshakeError, match="403"):
        await server.client.ws_connect("/terminal")


async def _upload(post: object, headers: dict[str, str]) -> ClientResponse:
    assert callable(post)
    answer: ClientResponse = await post("/files/x", data=b"x", headers=headers)
    return answer


async def test_the_page_asks_nobody_outside_and_only_its_own_parts_are_served(serve: Serve) -> None:
    server = await serve()
    await server.let_in()
    for name in ("xterm.mjs", "addon-fit.mjs", "addon-unicode11.mjs", "xterm.css", "page.css", "page.mjs", "icon.svg"):
        assert (await server.client.get(f"/page/{name}")).status == 200, name
    for path in ("/page/index.html", "/page/LICENSE-xterm.txt", "/page/..%2fserver.py", "/page/", "/files", "/nothing"):
        answer = await server.client.get(path)
        assert answer.status == 404, path
        assert "Content-Security-Policy" in answer.headers
    ours = "".join((PAGE / name).read_text() for name in ("index.html", "page.mjs", "page.css"))
    assert "//" not in ours.replace("// ", "").replace("ws://${location.host}", "")
