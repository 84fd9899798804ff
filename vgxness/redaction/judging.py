"""Whether what stands after a secret's name is a secret, or code, a reference, a placeholder or prose."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_REFERENCE_STARTS: Final = (
    "$", "<", "{", "[", "(", "%(", "%s", "...", "…", "#{", "@", "!", "&", "*", "`", "--", "__", "\\", "=",
)  # fmt: skip
_PLACEHOLDER: Final = (
    r"(?i)(?:%\w+%|x{3,}.*|y{3,}|none|null|nil|true|false|undefined|redacted"
    r"|(?:your|enter|insert|replace)[-_ ].*"
    r"|<.*>|example|todo|vault:.*|arn:.*|op://.*|secret://.*|ref\+.*"
    r"|(?:os|process|settings|config|secrets|self|this|args|ctx|req|request|env|import|props|options|opts|cfg|conf"
    r"|params|data|creds|credentials|user|session|response|res|body|event)\??\.[\w.?\[\]]+)"
)
_WORDS: Final = frozenset(
    {
        "pass", "password", "passwd", "passphrase", "passwort", "contraseña", "contrasena", "senha",
        "secret", "secrets", "token", "tokens", "key", "keys", "string", "str", "text", "hidden",
        "required", "optional", "bearer", "basic", "value", "include", "same-origin", "omit", "integer",
        "number", "boolean", "bytes", "uuid", "apikey", "api_key", "api-key", "unknown", "invalid",
        "missing", "expired", "any", "object", "never", "default", "hash", "jwt", "oauth", "client_secret",
        "access_token", "refresh_token", "auth", "authentication", "credentials", "credential", "varchar",
        "nullable", "empty", "unset",
    }
)  # fmt: skip
_SENTENCE: Final = (
    r"(?i)\b(?:your|the|must|please|is|are|not|enter|required|invalid|forgot|an?|of|for|to|and|or|with|incorrect"
    r"|confirm|new|show|reset|le|la|de|el|password|token|secret|key)\b"
)
_TYPE_NUMBER: Final = (
    r"(?i)(?:u?int|float|str|utf|sha|md|base|b|v|bcrypt|argon|ed|rs|hs|es|ps|aes|rsa|hmac|varchar|nvarchar|char)"
    r"[-_]?\d{1,5}(?:[-_]\w+)?"
)
_NUMBERED_NAME: Final = r"[A-Za-z_.]+\d{1,3}"
_DOTTED_NAME: Final = r"[A-Za-z_]\w*(?:\??\.[A-Za-z_]\w*)+"
_CALL: Final = r"[A-Za-z_][\w.]*[(\[](?:[\w.\s,]*[)\]])?"
_IDENTIFIER: Final = r"[A-Za-z_][\w.?]*"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _is(pattern: str, value: str) -> bool:
    return _compiled(pattern).fullmatch(value) is not None


def _is_reference(value: str) -> bool:
    return value.startswith(_REFERENCE_STARTS) or _is(_PLACEHOLDER, value) or value.endswith("placeholder")


def _is_called(match: re.Match[str]) -> bool:
    """Whether the value is a function or a table: what follows opens a bracket."""
    after = match.string[match.end("secret") : match.end("secret") + 1]
    return after in {"(", "["} and _is(_IDENTIFIER, match["secret"])


def _is_word(value: str) -> bool:
    return value.lower().strip(" .,:;?!*") in _WORDS


def _has_digit(value: str) -> bool:
    return _compiled(r"\d").search(value) is not None


def _looks_random(value: str) -> bool:
    """Whether letters stand with digits or signs, as they do in no word; six characters or more."""
    odd = _compiled(r"[0-9!@#$%^~]").search(value)
    return len(value) >= 6 and odd is not None and _compiled(r"[^\W\d_]").search(value) is not None


def setting(match: re.Match[str]) -> bool:
    """Whether the value of an upper-case name is one: all but references, calls and `KEY=value`."""
    value = match["secret"]
    if _is_reference(value) or _is(_CALL, value) or _is(_DOTTED_NAME, value):
        return False
    documented = match.group().startswith("KEY=") and value.lower() in {"value", "val", "v"}
    return not documented and value.lower() not in {"string", "str", "bytes"}


def literal(match: re.Match[str]) -> bool:
    """Whether a quoted value is a password or a key: not a placeholder, a type's name or a label."""
    value = match["secret"]
    if len(value) < 3 or _is_reference(value) or _is_word(value):
        return False
    if value.isspace() or "{" in value or "${" in value:
        return False
    return not (" " in value and _compiled(_SENTENCE).search(value))


def token_literal(match: re.Match[str]) -> bool:
    """Whether a quoted value is a token: a literal with a digit, or too long for a word."""
    value = match["secret"]
    if not literal(match) or " " in value or _is(_TYPE_NUMBER, value):
        return False
    return (len(value) >= 6 and _has_digit(value)) or len(value) >= 24


def bare(match: re.Match[str]) -> bool:
    """Whether an unquoted value of a password or key is a secret: it looks like no word, type or code."""
    value = match["secret"].rstrip(".")
    if (
        _is_reference(value)
        or _is_called(match)
        or _is_word(value)
        or _is(_TYPE_NUMBER, value)
        or _is(_DOTTED_NAME, value)
    ):
        return False
    return _looks_random(value) and "://" not in value and not value.startswith(("/", "./", "~/"))


def bare_token(match: re.Match[str]) -> bool:
    """Whether an unquoted value of a token is a secret: as `bare`, and no numbered name such as token1."""
    value = match["secret"].rstrip(".")
    return bare(match) and len(value) >= 8 and _has_digit(value) and not _is(_NUMBERED_NAME, value)


def not_reference(match: re.Match[str]) -> bool:
    """Whether a value in a place that only holds secrets is written out."""
    return not _is_reference(match["secret"])


def bearer(match: re.Match[str]) -> bool:
    """Whether what follows `Bearer` is a token and not the next word of a sentence."""
    value = match["secret"].rstrip(".")
    if _is_reference(value) or value.lower().startswith(
        ("token", "auth", "scheme", "realm", "header", "cred")
    ):
        return False
    if len(value) < 6 or (value.isupper() and "_" in value):
        return False
    return _has_digit(value) or len(value) >= 20 or any(sign in value for sign in "._-+/=")


def login(match: re.Match[str]) -> bool:
    """Whether `user:password` after `-u` is one; `1000:1000` is a user and a group id."""
    return not_reference(match) and not match["secret"].isdigit()
