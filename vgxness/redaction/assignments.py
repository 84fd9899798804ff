"""Secrets that are known by the name they are given: `API_KEY=…`, `"password": "…"`, `--token=…`.

An upper-case name is a setting, and its value is secret whatever it looks like (the original's `*TOKEN=`,
`*SECRET=`, `*KEY=`, `*PASSWORD=`). A lower-case name is often code (`token = parse(x)`, `api_key: str`), so
there the value has to be a literal, or to look like no word.
"""

from __future__ import annotations

from typing import Final

from vgxness.redaction import judging
from vgxness.redaction.models import Rule

_SETTING_TRIGGERS: Final = ("token", "secret", "key", "passw", "passphrase", "pwd", "credential")
_STRONG_TRIGGERS: Final = ("secret", "passw", "passphrase", "pwd", "key", "credential")

# Names that end in KEY and open nothing.
_OPEN_KEYS: Final = "".join(
    f"(?<!{word}_)"
    for word in (
        "PRIMARY", "FOREIGN", "SORT", "PUBLIC", "CACHE", "PARTITION", "HOT", "GROUP", "UNIQUE", "INDEX",
        "ROUTING", "TOPIC", "REGISTRY", "OBJECT", "SHORTCUT", "HASH", "RANGE", "SHARD", "QUERY", "LOOKUP",
        "FILTER", "S3", "DICT",
    )
)  # fmt: skip
_SETTING_NAME: Final = (
    rf"(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|(?<=[A-Z]_)PWD|CREDENTIALS?|(?<![A-Z]){_OPEN_KEYS}KEY"
    r"|(?:API|ACCESS|SECRET|PRIVATE|AUTH|MASTER|ACCOUNT|SIGNING|LICENSE|ENCRYPTION)KEY)"
    r"(?:_(?:BASE|OLD|NEW|PROD|DEV|LIVE|TEST|PRIMARY|SECONDARY|V?[0-9]{1,2}))?"
)
_STRONG_NAME: Final = (
    r"(?i:secret|passw(?:or)?d|passphrase|(?<![a-z])pwd|api[_-]?key|credentials?"
    r"|(?:access|private|account|auth|master|signing|encryption|license|deploy|service|webhook|session|secret"
    r"|subscription|shared[-_]?access)[_-]?key)"
)
_SUFFIX: Final = (
    r"(?:[_-]?(?:[0-9]{1,2}|(?i:base|value|old|new|prod|dev|live|test|primary|secondary))(?![A-Za-z0-9_]))?"
)
_IS: Final = r"\s{0,3}(?:=>|:=|:(?![:=])|=(?![=>~]))\s{0,3}"
_TYPED: Final = r"(?:\s{0,2}:\s{0,2}[A-Za-z_][\w. |\[\]]{0,40})?"
_AFTER_NAME: Final = rf"{_SUFFIX}[\"'\]]{{0,2}}"
_BARE: Final = r"[^\s\"'`<>()\[\]{},;|&\\]"
_ENV: Final = r"[^\s\"'`<>;|&]"
_QUOTES: Final = (('"', r"[^\"\n]"), ("'", r"[^'\n]"), ("`", r"[^`\n]"))


def _settings() -> tuple[Rule, ...]:
    """Return the rules of upper-case names followed at once by `=`."""
    quoted = (
        Rule("assigned-secret", _SETTING_TRIGGERS, rf"{_SETTING_NAME}={mark}(?P<secret>{inside}{{1,160}})",
             judging.setting, f"{inside}*")
        for mark, inside in _QUOTES[:2]
    )  # fmt: skip
    plain = rf"{_SETTING_NAME}=(?P<secret>{_ENV}{{1,160}})"
    return (*quoted, Rule("assigned-secret", _SETTING_TRIGGERS, plain, judging.setting, f"{_ENV}*"))


def _literals() -> tuple[Rule, ...]:
    """Return the rules of names in any case whose value stands in quotes, escaped ones included."""
    rules: list[Rule] = []
    for mark, inside in (*_QUOTES, (r'\\{1,3}"', r"[^\"\\\n]")):
        value = rf"{mark}(?P<secret>{inside}{{1,160}})"
        close = r"(?:\\{1,3}[\"'])?" if mark.startswith("\\") else ""
        strong = rf"{_STRONG_NAME}{_AFTER_NAME}{close}{_TYPED}{_IS}{value}"
        weak = rf"(?i:token){_AFTER_NAME}{close}{_TYPED}{_IS}{value}"
        rules.append(Rule("assigned-secret", _STRONG_TRIGGERS, strong, judging.literal, f"{inside}*"))
        rules.append(Rule("assigned-secret", ("token",), weak, judging.token_literal, f"{inside}*"))
    return tuple(rules)


def _bare() -> tuple[Rule, ...]:
    """Return the rules of names in any case whose value stands bare: YAML, INI, properties, query strings."""
    strong = rf"{_STRONG_NAME}{_AFTER_NAME}{_IS}(?P<secret>{_BARE}{{1,160}})"
    weak = rf"(?i:token){_AFTER_NAME}{_IS}(?P<secret>{_BARE}{{1,160}})"
    line = rf"(?m:^)[ \t]*[\w.-]{{0,60}}(?i:password|passwd)=(?P<secret>{_BARE}{{6,160}})[ \t]*(?m:$)"
    return (
        Rule("assigned-secret", _STRONG_TRIGGERS, strong, judging.bare, f"{_BARE}*"),
        Rule("assigned-secret", ("token",), weak, judging.bare_token, f"{_BARE}*"),
        Rule("assigned-secret", ("passw",), line, judging.literal, f"{_BARE}*"),
    )


_FLAG: Final = (
    r"(?<![\w-])--?(?i:[a-z-]{0,24}(?:password|passwd|passphrase|secret|api-?key|access-?key|token))"
    r"(?:=|[ \t]{1,3})[\"']?"
    rf"(?P<secret>{_BARE}{{3,160}})"
)

ASSIGNMENT_RULES: Final[tuple[Rule, ...]] = (
    *_settings(),
    *_literals(),
    *_bare(),
    Rule("flag-secret", ("-",), _FLAG, judging.bare, f"{_BARE}*"),
    Rule(
        "said-secret",
        ("passw", "passphrase"),
        rf"(?i:password|passphrase)s?\s(?i:is|was|are)[: ]\s{{0,2}}[\"'`]?(?P<secret>{_BARE}{{6,160}})",
        judging.bare,
        f"{_BARE}*",
    ),
)
