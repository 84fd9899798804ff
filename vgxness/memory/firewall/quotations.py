"""Whether a hostile phrase is only talked about: it stands in quotes, and the words around it describe it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_QUOTED: Final = "|".join(
    (
        r"```[^`]{1,600}```",
        r"``[^`\n]{1,300}``",
        r"`[^`\n]{1,300}`",
        r'"[^"\n]{1,300}"',
        r"“[^”\n]{1,300}”",
        r"„[^“”\n]{1,300}[“”]",
        r"«[^»\n]{1,300}»",
        r"\u2018[^\u2019\n]{1,300}\u2019",
        r"「[^」\n]{1,300}」",
        r"『[^』\n]{1,300}』",
        r"(?<!\w)'(?=\S)(?:[^'\n]|(?<=\w)'(?=\w)){1,300}(?<=\S)'(?!\w)",
    )
)
_DESCRIBES: Final = (
    r"(?i)\b(?:test(?:s|ed|ing)?|fixture|examples?|corpus|payloads?|attack(?:s|er)?|inject(?:ion|ions"
    r"|ed)?|jailbreak"
    r"|detect(?:s|ed|ion)?|block(?:s|ed)?|refuse[sd]?|reject(?:s|ed)?|firewall|filter(?:s|ed)?"
    r"|saniti[sz]e[sd]?|escape[sd]?"
    r"|phrases?|strings?|literals?|patterns?|regex|rules?|cve|vulnerab\w+|threat|hostile|malicious"
    r"|tokeni[sz]er|template"
    r"|parser|pars(?:e|es|ed|ing)|bug|docs?|documentation|readme|quotes?|quoted|says?|said|contain(?:s"
    r"|ed|ing)?|sample"
    r"|red[- ]team\w*|assert(?:s|ed|ion)?|flag(?:s|ged)?|match(?:es|ed)?|found|review(?:ed|er)?"
    r"|threshold|classifier"
    r"|warn(?:s|ing)?|format|token|schema|decided|refus\w+|prueba\w*|ataque\w*|inyecc\w+|bloque\w+"
    r"|detect\w+|rechaz\w+"
    r"|angriff\w*|abgelehnt|erkennt|erkannt|attaque\w*|bloqu\w+|rejet\w+|teste\w*|тест\w*|атак\w*"
    r"|инъекц\w+)\b"
    r"|测试|攻击|注入|拦截|检测|拒绝|示例|テスト|攻撃|インジェクション|検出|拒否|例"
)
_POINTS_BACK: Final = (
    r"(?i)\b(?:follow|obey|execute|perform|carry out|comply with|do|apply|run|act on|treat)\b[^.\n]{0,40}"
    r"\b(?:following|quoted|above|below|instructions?|it|this|that|exactly|as (?:an? )?(?:order"
    r"|command|instruction))\b"
    r"|\b(?:you must|you should|you have to|you will)\b|(?:按照|执行|遵守)[^。]{0,10}(?:以下|上述|引号)"
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def without_quotations(text: str) -> str:
    """Return the text with what is quoted left out, where the rest describes it; else the same text."""
    outside = _compiled(_QUOTED).sub(" … ", text)
    if outside == text or not _compiled(_DESCRIBES).search(outside):
        return text
    return text if _compiled(_POINTS_BACK).search(outside) else outside
