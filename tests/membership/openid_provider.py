"""A small OpenID Connect provider, as a process of its own.

It has what OpenID Connect asks of a provider: discovery, a login page, codes that work
once, PKCE, tokens signed with RS256, the key to check them, and userinfo. On its login
page one fills in who one is, so that a test can be anybody.

    python openid_provider.py CLIENT_ID CLIENT_SECRET

It prints its own address on the first line.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT_ID, CLIENT_SECRET = sys.argv[1:3]
codes: dict[str, dict[str, str]] = {}
tokens: dict[str, dict[str, Any]] = {}

PAGE = """<!doctype html><html lang="nl"><title>Inloggen</title><form method="post">
<label>E-mail <input name="email"></label>
<label><input type="checkbox" name="verified"> gecontroleerd</label>
<button>Inloggen</button></form></html>"""


class Provider(BaseHTTPRequestHandler):
    @property
    def issuer(self) -> str:
        return f"http://{self.headers['Host']}"

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.path).query))

    @property
    def form(self) -> dict[str, str]:
        length = int(self.headers.get("Content-Length", 0))
        return dict(parse_qsl(self.rfile.read(length).decode()))

    def do_GET(self) -> None:
        pages = {
            "/.well-known/openid-configuration": self.discovery,
            "/jwks": self.jwks,
            "/authorize": self.login_page,
            "/userinfo": self.userinfo,
        }
        pages.get(urlsplit(self.path).path, self.unknown)()

    def do_POST(self) -> None:
        pages = {"/authorize": self.authorize, "/token": self.token}
        pages.get(urlsplit(self.path).path, self.unknown)()

    def discovery(self) -> None:
        self.answer(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/jwks",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        )

    def jwks(self) -> None:
        key = jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        self.answer({"keys": [{**key, "kid": "1", "use": "sig", "alg": "RS256"}]})

    def login_page(self) -> None:
        asked = self.query
        known = asked.get("client_id") == CLIENT_ID
        right = asked.get("response_type") == "code" and "state" in asked
        if not known or not right or asked.get("code_challenge_method") != "S256":
            return self.answer({"error": "invalid_request"}, 400)
        return self.send(PAGE.encode(), "text/html")

    def authorize(self) -> None:
        """Whoever fills in the page is logged in, or cancels by giving no address."""
        asked, who = self.query, self.form
        back = {"state": asked["state"]}
        if who.get("email"):
            code = secrets.token_urlsafe(16)
            codes[code] = {**asked, **who}
            back["code"] = code
        else:
            back["error"] = "access_denied"
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def token(self) -> None:
        sent = self.form
        given = codes.pop(sent.get("code", ""), None)
        if given is None or not self.is_client(sent, given):
            return self.answer({"error": "invalid_grant"}, 400)
        sub = hashlib.sha256(given["email"].encode()).hexdigest()[:16]
        access = secrets.token_urlsafe(16)
        tokens[access] = {"sub": given.get("sub", sub), "email": given["email"]}
        tokens[access]["email_verified"] = VERIFIED.get(
            given.get("verified", ""), False
        )
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": sub,
            "aud": given.get("aud", CLIENT_ID),
            "iat": now,
            "exp": now + int(given.get("lives", 300)),
        }
        signed = jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "1"})
        answer = {"access_token": access, "token_type": "Bearer", "id_token": signed}
        return self.answer(answer)

    def is_client(self, sent: dict[str, str], given: dict[str, str]) -> bool:
        """The one who asked for the code: same secret, same address, same PKCE."""
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        return (
            (sent.get("client_id"), sent.get("client_secret"))
            == (CLIENT_ID, CLIENT_SECRET)
            and sent.get("redirect_uri") == given["redirect_uri"]
            and challenge == given["code_challenge"]
        )

    def userinfo(self) -> None:
        access = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if access not in tokens:
            return self.answer({"error": "invalid_token"}, 401)
        return self.answer(tokens[access])

    def unknown(self) -> None:
        self.answer({"error": "not_found"}, 404)

    def answer(self, data: dict[str, Any], status: int = 200) -> None:
        self.send(json.dumps(data).encode(), "application/json", status)

    def send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Silent: the tests look at the answers."""


# Some providers say it in a word; only the real thing counts.
VERIFIED: dict[str, Any] = {"on": True, "word": "true", "no word": "false"}

if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)  # noqa: T201
    server.serve_forever()
