"""A small OpenID Connect provider on loopback, which says of people what a test wants."""

import base64
import hashlib
import html
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY, OTHER_KEY = (RSAKey.generate_key(2048, auto_kid=True) for _ in range(2))


@dataclass
class Provider:
    """What the provider says of whoever comes."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: KEY)
    asked: dict[str, str] = field(default_factory=dict)


@contextmanager
def provider_at(name: str) -> Iterator[Provider]:
    """A provider that lets in whom the test says, under a name of this machine."""
    says = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/.well-known"):
                self._tell(
                    {
                        "issuer": says.issuer,
                        "authorization_endpoint": f"{says.issuer}/authorize",
                        "token_endpoint": f"{says.issuer}/token",
                        "jwks_uri": f"{says.issuer}/keys",
                    }
                )
            elif self.path.startswith("/authorize"):
                says.asked = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
                back = {"code": "abc", "state": says.asked["state"]}
                address = f"{says.asked['redirect_uri']}?{urlencode(back)}"
                link = f'<a href="{html.escape(address)}">Soy yo</a>'
                self._show(f"<!doctype html><title>Cuentas</title>{link}", "text/html")
            else:
                self._tell({"keys": [KEY.as_dict(private=False)]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {k: v[0] for k, v in parse_qs(body).items()}
            made = hashlib.sha256(form["code_verifier"].encode()).digest()
            challenge = base64.urlsafe_b64encode(made).rstrip(b"=").decode()
            assert challenge == says.asked["code_challenge"]
            claims = {
                "iss": says.issuer,
                "aud": "mesa",
                "exp": int(time.time()) + 60,
                "nonce": says.asked["nonce"],
                "email_verified": True,
                **says.claims,
            }
            token = jwt.encode({"alg": "RS256", "kid": says.key.kid}, claims, says.key)
            self._tell({"access_token": "x", "token_type": "Bearer", "id_token": token})

        def _tell(self, what: dict[str, Any]) -> None:
            self._show(json.dumps(what), "application/json")

        def _show(self, what: str, kind: str) -> None:
            body = what.encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    says.issuer = f"http://{name}:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield says
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
