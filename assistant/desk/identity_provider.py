"""Entering by the account that the office has anyway: OpenID Connect, by settings.

    begun = provider.begin(back)             # the address to go to, and what to remember meanwhile
    email = provider.finish(back, code, begun.pending)

Code flow with PKCE; the identity token is checked against the provider's keys. Who it is gets in
only with an account of the desk: the provider tells who, the desk tells what they may.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import httpx

from assistant.desk.errors import DeskError
from assistant.running.settings import Settings
from corpus.errors import AsistenteError

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
_SECONDS = 10.0
_LEEWAY = 60
"""Seconds by which clocks may differ."""


class ProviderError(DeskError):
    """The identity provider does not answer, or its answer can't be trusted."""


class ProviderSettingsError(AsistenteError):
    """The settings of the identity provider are not whole."""


@dataclass(frozen=True)
class Pending:
    """What the browser remembers while a person is at the provider's."""

    state: str
    nonce: str
    verifier: str

    def written(self) -> str:
        """As a cookie holds it."""
        return json.dumps(asdict(self), separators=(",", ":"))


def read_pending(written: str) -> Pending | None:
    """What a cookie holds; None for anything else."""
    try:
        told = json.loads(written)
        return Pending(str(told["state"]), str(told["nonce"]), str(told["verifier"]))
    except (ValueError, KeyError, TypeError):
        return None


@dataclass(frozen=True)
class Begun:
    """A login that has begun."""

    address: str
    pending: Pending


class IdentityProvider:
    """An OpenID Connect provider. All methods block, and raise ProviderError."""

    def __init__(self, issuer: str, client_id: str, client_secret: str) -> None:
        self._issuer = issuer.rstrip("/")
        self._client_id = client_id
        self._client_secret = client_secret

    def begin(self, back: str) -> Begun:
        """Begin a login that comes back to an address of the desk."""
        pending = Pending(*(secrets.token_urlsafe(32) for _ in range(3)))
        endpoint = self._document()["authorization_endpoint"]
        with self._client(back) as client:
            address, _ = client.create_authorization_url(
                endpoint,
                state=pending.state,
                nonce=pending.nonce,
                code_verifier=pending.verifier,
            )
        return Begun(address, pending)

    def finish(self, back: str, code: str, pending: Pending) -> str:
        """The verified e-mail address of who has come back with a code."""
        from authlib.common.errors import AuthlibBaseError

        document = self._document()
        try:
            with self._client(back) as client:
                token = client.fetch_token(
                    document["token_endpoint"], code=code, code_verifier=pending.verifier
                )
        except (httpx.HTTPError, AuthlibBaseError, ValueError) as error:
            raise _untrusted() from error
        return self._email(str(token.get("id_token", "")), pending, document)

    def _email(self, id_token: str, pending: Pending, document: dict[str, Any]) -> str:
        from joserfc import jwt
        from joserfc.errors import JoseError

        rules = jwt.JWTClaimsRegistry(
            leeway=_LEEWAY,
            iss={"essential": True, "value": document["issuer"]},
            aud={"essential": True, "value": self._client_id},
            exp={"essential": True},
            nonce={"essential": True, "value": pending.nonce},
        )
        try:
            claims = jwt.decode(id_token, self._keys(document), algorithms=_ALGORITHMS).claims
            rules.validate(claims)
        except (JoseError, ValueError) as error:
            raise _untrusted() from error
        if claims.get("email_verified") is not True or not claims.get("email"):
            raise ProviderError(
                "Su proveedor de identidad no confirma su correo; pida a quien lo administra que lo"
                " haga."
            )
        return str(claims["email"])

    def _client(self, back: str) -> Any:
        from authlib.integrations.httpx_client import OAuth2Client

        return OAuth2Client(
            self._client_id,
            self._client_secret,
            scope="openid email",
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=_SECONDS,
        )

    def _document(self) -> dict[str, Any]:
        document = self._fetched(f"{self._issuer}/.well-known/openid-configuration")
        if str(document.get("issuer", "")).rstrip("/") != self._issuer:
            raise _untrusted()
        return document

    def _keys(self, document: dict[str, Any]) -> "KeySet":
        from joserfc.jwk import KeySet

        keys: Any = self._fetched(document["jwks_uri"])
        return KeySet.import_key_set(keys)

    def _fetched(self, address: str) -> dict[str, Any]:
        try:
            response = httpx.get(address, timeout=_SECONDS)
            response.raise_for_status()
            told = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderError(
                "El proveedor de identidad no responde; entre con su contraseña, o inténtelo "
                "después."
            ) from error
        if not isinstance(told, dict):
            raise _untrusted()
        return told


def identity_provider_of(settings: Settings) -> IdentityProvider | None:
    """The provider of the settings; None where there is none. Raises ProviderSettingsError."""
    secret = settings.oidc_client_secret
    if settings.oidc_issuer is None:
        return None
    if settings.oidc_client_id is None or secret is None:
        raise ProviderSettingsError(
            "Con ASISTENTE_OIDC_ISSUER hacen falta ASISTENTE_OIDC_CLIENT_ID y "
            "ASISTENTE_OIDC_CLIENT_SECRET."
        )
    from importlib.util import find_spec

    if not find_spec("authlib") or not find_spec("joserfc"):
        raise ProviderSettingsError(
            "Para ASISTENTE_OIDC_ISSUER instale el extra: «asistente-del-manual[oidc]»."
        )
    return IdentityProvider(
        settings.oidc_issuer, settings.oidc_client_id, secret.get_secret_value()
    )


def _untrusted() -> ProviderError:
    return ProviderError(
        "No se pudo comprobar lo que dice el proveedor de identidad; inténtelo otra vez."
    )
