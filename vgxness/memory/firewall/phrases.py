"""What hostile instructions look like in English: one row a family, matched on a plain lower-case view.

Each row names the reader of the memory, or the person it wants to get round. A plain order ("always use
pnpm") is what memory is for and is in no row.
"""

from __future__ import annotations

from typing import Final

_Rules = tuple[tuple[str, str], ...]
_SOME: Final = r"(?:[\w'-]+,? ){0,4}"
_PERSON: Final = r"(?:user|human|operator|developer|owner|person|customer|maintainer|administrator|admin)s?"
_ORDERS: Final = (
    r"(?:instructions?|prompts?|directions|guidelines|guardrails|directives?|programming|training|orders)"
)
_BEFORE: Final = (
    r"(?:previous|prior|above|earlier|preceding|foregoing|past|system|developer|safety|initial|original|your)"
)
PHRASE_RULES: Final[_Rules] = (
    (
        "override",
        (
            r"\b(?:ignore|disregard|forget|neglect|(?:do not|don't|stop|cease|no longer) (?:follow|obey|adher"
            r"|heed)\w*(?: to)?"
            r"|pay no attention to|discard|override|overrule|abandon|set aside|erase"
            rf"|unlearn)(?: about)? {_SOME}{_BEFORE} {_SOME}{_ORDERS}\b"
        ),
    ),
    (
        "override",
        (
            r"\b(?:ignore|disregard|forget) (?:everything|anything|all|what)(?: that"
            r"| which)? (?:\w+ ){0,3}(?:told|said|instructed|above|before|previously|learned|given)\b"
        ),
    ),
    (
        "override",
        (
            r"\b(?:ignore|disregard|forget|bypass|violate|break) (?:all "
            r"|any )?(?:of )?your (?:\w+ ){0,2}(?:rules|constraints|restrictions|limits|policies|policy"
            r"|filters|safeguards|instructions)\b"
        ),
    ),
    (
        "override",
        (
            r"\b(?:these|this|the following|my|new) (?:new )?(?:instructions?|rules|directives?"
            r"|message|prompt"
            r"|orders)? ?(?:supersedes?|overrides?|replaces?|take (?:precedence|priority) over"
            rf"|takes (?:precedence|priority) over) {_SOME}(?:{_ORDERS}|system|everything|rules|else)\b"
        ),
    ),
    (
        "override",
        (
            r"\b(?:all|any) (?:previous|prior|earlier|above) (?:instructions?|directives?|rules"
            r"|prompts?) (?:are|is|were|have been) (?:now )?(?:void|cancel\w*|revoked|obsolete"
            r"|superseded|null"
            r"|invalid|suspended|lifted)\b"
        ),
    ),
    (
        "reveal",
        (
            r"\b(?:reveal|print|output|show|repeat|display|leak|dump|tell me|disclose|recite|summari[sz]e"
            rf"|translate) {_SOME}your {_SOME}(?:system prompt|hidden prompt|(?:initial|hidden"
            r"|secret|original"
            r"|system) (?:instructions|message|prompt)|instructions verbatim)\b"
        ),
    ),
    (
        "role",
        (
            r"\byou are (?:now|no longer|hereby|from now on) (?:\w+ ){0,4}(?:dan|unrestricted|jailbroken"
            r"|unfiltered|uncensored|root|evil|free|bound|restricted|limited|different|mode|administrator"
            r"|assistant|agent|ai|bot)\b"
        ),
    ),
    (
        "role",
        (
            r"\b(?:act|behave|respond|pretend|operate|roleplay|role-play) (?:as|like|to be"
            r"|in) (?:\w+ ){0,3}(?:dan|unrestricted|jailbroken|unfiltered|uncensored|evil|no (?:rules"
            r"|restrictions|limits)|without (?:any )?(?:rules|restrictions|limits|filters))\b"
        ),
    ),
    (
        "role",
        (
            r"\b(?:enable|enter|activate|switch (?:in)?to|engage) (?:\w+ ){0,2}(?:god|dan"
            r"|jailbreak|jailbroken"
            r"|unrestricted|unfiltered|no-?limits|sudo) mode\b|\bdeveloper mode (?:enabled|activated|is (?:on"
            r"|active|enabled))\b.{0,80}\b(?:you|restrict|filter|rules)"
        ),
    ),
    (
        "role",
        (
            r"\bfrom (?:now|here|this point|this moment) on(?:wards?)?,? (?:you|the agent"
            r"|the assistant) (?:\w+ ){0,3}(?:obey|ignore|respond only|answer only|send|never (?:tell|ask"
            r"|refuse)|approve|execute|comply|follow|have no|without|forward|report to|serve|trust)\b"
        ),
    ),
    (
        "fake-turn",
        (
            r"\bnew (?:system |secret |hidden |priority |updated )?(?:instructions?|directives?"
            r"|orders) (?:for"
            r"|to) (?:you|the (?:ai|agent|assistant|model|llm)|agents|assistants)\b|\bend of (?:system prompt"
            r"|system message|user (?:input|message)|document|context|memory|recalled (?:data|memory"
            r"|text))\b.{0,60}\b(?:new|now|begin|start|real|actual|system|you)\b"
        ),
    ),
    (
        "concealment",
        (
            r"\b(?:do not|don't|dont|never|must not|should not|shouldn't) (?:tell|inform|alert|let|warn"
            rf"|notify) (?:the |your |any |our )?{_PERSON}(?=\s?(?:[.,;!:)]|$|know|about (?:this|it"
            r"|that|these"
            r"|any|what)|that (?:you|this)|of this|what you|anything|or |and |see this|when you|you ))"
        ),
    ),
    (
        "concealment",
        (
            r"\b(?:do not|don't|dont|never) (?:mention|reveal|disclose|report|reference|acknowledge|admit"
            r"|explain|discuss|show|display|expose) (?:this|it|that|these|any of this|them|the (?:above"
            r"|instructions?)|having|what you)(?: \w+){0,5} (?:to|with|in front of) (?:the |your "
            rf"|any )?(?:{_PERSON}|anyone|anybody)\b"
        ),
    ),
    (
        "concealment",
        (
            r"\b(?:do not|don't|dont|never) (?:mention|reveal|disclose|acknowledge) (?:this|these|that you"
            r"|the existence of (?:this|these)) (?:\w+ ){0,3}(?:instructions?|note|message|memory|rule|read"
            r"|were|did|received)"
        ),
    ),
    (
        "concealment",
        (
            r"\bwithout (?:telling|informing|alerting|notifying|letting|the knowledge of) (?:the "
            rf"|your )?{_PERSON}\b|\bwithout the {_PERSON}'?s? (?:knowing|noticing|knowledge|being aware"
            r"|seeing)\b|\b(?:keep|hide|conceal) (?:this|it|these|that) (?:\w+ ){0,3}from (?:the "
            rf"|your )?(?:{_PERSON}|everyone|anyone)\b|\b(?:keep (?:this|it) between us"
            rf"|behind the {_PERSON}'?s? back)\b"
        ),
    ),
    (
        "concealment",
        (
            r"\b(?:silently|secretly|quietly|covertly|discreetly|stealthily) (?:send|exfiltrate"
            r"|upload|forward"
            r"|approve|copy|execute|transmit|append|add|run|post|install|delete|push|disable) (?:the|all|any"
            r"|every|a|this|it|your|their|each)\b"
        ),
    ),
)

SQUEEZED_RULES: Final[_Rules] = (
    (
        "override",
        (
            r"(?:ignore|disregard|forget)(?:all|any)?(?:of)?(?:the|your|my)?(?:previous|prior|above|earlier"
            r"|preceding|system)(?:system|developer)?(?:instructions?|prompts?|directives?|guidelines)"
        ),
    ),
    ("concealment", r"(?:donot|dont|never)(?:tell|inform|alert)the(?:user|human)(?:aboutthis|anything)"),
    (
        "exfiltration",
        (
            r"(?:send|upload|post|exfiltrate)(?:all)?(?:the)?(?:user)?s?(?:contentsof)?(?:sshkeys?|envfiles?"
            r"|apikeys|passwords|credentials|secrets)to(?:http|evil|attacker)"
        ),
    ),
)
