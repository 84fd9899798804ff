"""Secrets that are known by what carries them: key blocks, addresses, headers, cookies, files, commands."""

from __future__ import annotations

from typing import Final

from vgxness.redaction import judging
from vgxness.redaction.models import Rule

_PRIVATE: Final = r"(?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?"
_SPACE: Final = r"(?:[\s>|#\"'+,]|\\+[nrt])"
_KEY_BLOCKS: Final = (
    # Closed, with a line break or a run of base64 inside: the two markers side by side in code are no key.
    Rule(
        "private-key",
        ("private key",),
        rf"-----BEGIN {_PRIVATE}-----(?=[^-]{{0,400}}(?:\n|\\n|\\r|[A-Za-z0-9+/]{{16}}))"
        rf"[^-]*+(?:-(?!----)[^-]*+)*-----END {_PRIVATE}-----",
    ),
    # Cut short: what follows the first marker for as long as it looks like a key.
    Rule(
        "private-key",
        ("private key",),
        rf"-----BEGIN {_PRIVATE}-----{_SPACE}{{0,12}}"
        r"(?:(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset):[^\n\\]{0,200}(?:\\+[nr]|\s)+){0,6}"
        rf"[A-Za-z0-9+/=]{{16,}}+(?:{_SPACE}{{1,12}}[A-Za-z0-9+/=]{{16,}}+)*"
        rf"(?:{_SPACE}{{1,12}}[A-Za-z0-9+/=]{{1,80}}=)?",
    ),
    Rule(
        "private-key",
        ("private-lines",),
        r"Private-Lines: [0-9]{1,4}\r?\n(?P<secret>(?:[A-Za-z0-9+/=]+\r?\n?)+)",
    ),
    Rule("jwk-private", ('"d"',), r"\"d\"\s{0,3}:\s{0,3}\"(?P<secret>[A-Za-z0-9_-]{32,})"),
)

_ADDRESSES: Final = (
    Rule(
        "url-password",
        ("://",),
        r"://[^\s:/?#@\"'`<>]{0,128}:(?P<secret>[^\s/\"'`<>]{1,256})(?=@)",
        judging.not_reference,
    ),
    Rule(
        "url-password",
        ("://",),
        r"://(?=[A-Za-z0-9_-]{0,40}[0-9])(?P<secret>[A-Za-z0-9_-]{20,256})(?=:?@)",
    ),
    Rule(
        "url-signature",
        ("sig=", "signature=", "security-token="),
        r"[?&;](?i:sig|signature|x-amz-signature|x-amz-security-token|x-goog-signature)="
        r"(?P<secret>[A-Za-z0-9%/+=_.~-]{16,})",
    ),
    Rule(
        "url-secret",
        ("?", "&"),
        r"[?&](?i:key|auth|code|sid|session(?:id)?|access_?token|client_secret|otp)="
        r"(?P<secret>[A-Za-z0-9%/+=_.~-]{12,160})",
        judging.bare_token,
        r"[A-Za-z0-9%/+=_.~-]*",
    ),
    Rule(
        "connection-string",
        ("accountkey", "sharedaccess", "sharedsecret"),
        r"(?i:AccountKey|SharedAccessKey|SharedAccessSignature|SharedSecret)=(?P<secret>[^\s;\"']{8,})",
    ),
    Rule(
        "connection-string",
        ("password=", "pwd="),
        r"(?<=;)(?i:password|pwd)=(?P<secret>[^\s;\"'`$<{]{3,160})",
        judging.not_reference,
        r"[^\s;\"'`]*",
    ),
)

_AUTHORIZATION: Final = r"(?i:authorization)\\{0,3}[\"']?\s{0,3}[:=]\s{0,3}\\{0,3}[\"']?"
_HEADERS: Final = (
    Rule(
        "authorization",
        ("authorization",),
        rf"{_AUTHORIZATION}(?i:bearer|basic|token|digest|api-?key|negotiate|ntlm|key|bot|genie ?key"
        r"|splunk|sso-key)[ \t=]{1,3}(?P<secret>[A-Za-z0-9._~+/=:-]{3,160})",
        judging.not_reference,
        r"[A-Za-z0-9._~+/=:-]*",
    ),
    Rule(
        "authorization",
        ("authorization",),
        rf"{_AUTHORIZATION}(?!AWS4)(?P<secret>[A-Za-z0-9._~+/=-]{{16,160}})",
        judging.bare_token,
        r"[A-Za-z0-9._~+/=-]*",
    ),
    Rule(
        "authorization",
        ("signature=",),
        r"AWS4-HMAC-SHA256[^\n]{0,400}?Signature=(?P<secret>[0-9a-f]{32,})",
    ),
    Rule(
        "bearer-token",
        ("bearer",),
        r"(?i:\bbearer)[ \t:]{1,3}(?P<secret>[A-Za-z0-9._~+/=-]{6,160})",
        judging.bearer,
        r"[A-Za-z0-9._~+/=-]*",
    ),
    Rule(
        "basic-auth",
        ("basic",),
        r"\bBasic (?P<secret>(?=[A-Za-z0-9+/]{0,60}[A-Z0-9])[A-Za-z0-9+/]{12,}={1,2})",
    ),
    Rule(
        "cookie",
        ("cookie",),
        r"(?<![\w-])(?i:cookie)[\"']?: {0,3}[\"']?(?P<secret>[^\s=;:\"'<>{]{1,64}=[^\n\"'<{`]{4,})",
    ),
    Rule(
        "cookie",
        ("set-cookie",),
        r"(?i:set-cookie)[\"']?: {0,3}[\"']?[^\s=;:\"'<>{]{1,64}=(?P<secret>[^\s;\"'<{`]{4,})",
    ),
    Rule(
        "cookie",
        ("sess", "sid="),
        r"(?<![\w-])(?i:_gitlab_session|phpsessid|jsessionid|connect\.sid|sessionid|laravel_session"
        r"|asp\.net_sessionid)=(?P<secret>[A-Za-z0-9%._~+/=:-]{12,})",
    ),
)

_FILES: Final = (
    Rule(
        "netrc",
        ("login",),
        r"(?i:\blogin)\s{1,8}(?!and\s|or\s)[^\s\"']{1,128}\s{1,8}(?i:password)\s{1,8}(?P<secret>[^\s\"']{2,160})",
        judging.not_reference,
        r"[^\s\"']*",
    ),
    Rule(
        "pgpass",
        (":54", ":64", ":*:"),
        r"(?m:^)[\w.*-]{1,128}:(?:5432|5433|6432|\*):[\w*-]{1,64}:[\w*-]{1,64}:(?P<secret>\S{3,})",
    ),
    Rule(
        "npmrc-auth",
        ("_auth", "_password"),
        r"_(?:authToken|auth|password)\s?=\s?(?P<secret>[A-Za-z0-9+/=._-]{6,160})(?![A-Za-z0-9(.\[])",
        judging.bare_token,
    ),
    Rule("docker-auth", ('"auth"',), r"\"auth\"\s{0,3}:\s{0,3}\"(?P<secret>[A-Za-z0-9+/=]{12,})\""),
    Rule(
        "xml-secret",
        ("</",),
        r"<(?:\w{1,20}:)?[\w.-]{0,40}(?i:password|passwd|secret|token|api-?key|passphrase)>"
        r"(?P<secret>[^<>\s]{3,160})(?=</)",
        judging.literal,
    ),
    Rule(
        "xml-secret",
        ("value=",),
        r"(?i:key|name)=\"[^\"<>\n]{0,60}(?i:password|secret|token|api_?key)\"\s{1,3}"
        r"value=\"(?P<secret>[^\"\n]{3,400})\"",
        judging.literal,
    ),
)

_COMMANDS: Final = (
    Rule(
        "command-login",
        ("curl", "http", "wget"),
        r"\b(?:curl|https?|wget|xh)\b[^\n]{0,300}?\s(?:-u|--user|-a|--auth)[ =]?[\"']?[^\s:\"'$/]{1,64}:"
        r"(?P<secret>[^\s\"'$]{2,})",
        judging.login,
    ),
    Rule("command-login", ("sshpass",), r"\bsshpass\s+-p\s?[\"']?(?P<secret>[^\s\"'$]{2,})"),
    Rule(
        "command-login",
        ("mysql", "mariadb"),
        r"\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\n]{0,200}?\s-p(?P<secret>[^\s\"'$<-][^\s\"'$]{2,})",
    ),
    Rule(
        "command-login",
        ("login",),
        r"\b(?:docker|podman|helm|oras)\s(?:registry\s)?login\b[^\n]{0,200}?\s-p[ =][\"']?"
        r"(?P<secret>[^\s\"'$<]{3,})",
    ),
    Rule(
        "command-login",
        ("redis-cli",),
        r"\bredis-cli\b[^\n]{0,200}?\s-a[ =][\"']?(?P<secret>[^\s\"'$<]{3,})",
    ),
)

CARRIER_RULES: Final[tuple[Rule, ...]] = (*_KEY_BLOCKS, *_ADDRESSES, *_HEADERS, *_FILES, *_COMMANDS)
