"""What hostile instructions ask for: to take, to run, to approve; matched on a plain lower-case view."""

from __future__ import annotations

from typing import Final

_PERSON: Final = r"(?:user|human|operator|developer|owner|person|customer|maintainer|administrator|admin)s?"
_READER: Final = (
    r"(?:you (?:must|should|need to|have to|shall|will|are (?:required|instructed|to))|(?:the |any "
    r"|every |all )?(?:ai |coding )?"
    r"(?:agents?|assistants?|models?|llms?) (?:must|should|shall|will|needs? to|has to|have to)|immediately"
    r"|before (?:you )?(?:answer|respond|continu|do|reply|proceed|start)\w*|whenever you"
    r"|before (?:each|every|any) (?:answer|response|reply|turn|message|tool call)s?"
    r"|every time you|each time you"
    r"|when you (?:read|recall|see|load)\w*|upon reading|after reading this)"
)
_ALWAYS_DOES: Final = (
    r"(?:ai|coding)? ?(?:agents?|assistants?|models?|llms?) (?:\w+ ){0,2}(?:first|always|silently|also|then) "
    r"(?:\w+ ){0,2}(?:runs?|executes?|calls?|pipes?|fetch(?:es)?|starts? with)"
)
_STEALABLE: Final = (
    r"(?:\.ssh|id rsa|id ed25519|\.env\b|\.aws|\.netrc|\.npmrc|\.kube|\.gnupg|/etc/(?:passwd|shadow)"
    r"|environment variables?"
    r"|keychain|keyring|wallet|seed phrase|private keys?|system prompt|conversation|chat history"
    r"|session cookies"
    r"|(?:all|any|every|user'?s?|their|your|the user'?s|stored|saved|local|found"
    r"|available) (?:\w+ ){0,2}(?:secrets|credentials|tokens|api keys"
    r"|passwords|memories|keys|cookies|source code))"
)
_AWAY: Final = (
    r"(?:https?://|hxxps?|[\w.+-]+@[\w-]+\.\w|webhook|pastebin|\bgist\b|attacker|\bmy server"
    r"|this (?:url|address|server|endpoint|host)"
    r"|\b(?:[\w-]+\.)+(?:com|net|org|io|dev|xyz|ru|cn|example|evil|test|me|sh|site|live|fun|tk)\b"
    r"|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|external (?:server|host|url))"
)
_TO_SHELL: Final = (
    r"(?:curl|wget|iwr|irm|invoke-webrequest)\b.{0,160}\|\s?(?:sudo )?(?:ba|z|da|k)?(?:sh|iex|python3?"
    r"|node|perl)\b"
)

DEED_RULES: Final[tuple[tuple[str, str], ...]] = (
    (
        "exfiltration",
        (
            r"\b(?:send|post|upload|forward|exfiltrate|transmit|e-?mail|mail|leak|copy|paste|submit|deliver"
            r"|ship|share|publish|sync|push|report|encode|append|put|include|embed"
            rf"|beacon)\b.{{0,80}}{_STEALABLE}.{{0,100}}\b(?:to|at|via|into|in|with|through|onto"
            rf"|by)\b.{{0,40}}{_AWAY}"
        ),
    ),
    (
        "exfiltration",
        (
            r"\b(?:read|open|cat|collect|gather|find|grab|harvest|steal|zip|tar"
            rf"|take)\b.{{0,80}}{_STEALABLE}.{{0,80}}\b(?:and|then)\b.{{0,30}}\b(?:send|post|upload|forward"
            r"|exfiltrate|transmit|e-?mail|mail|paste|submit|put|include|append|embed|push)\b"
        ),
    ),
    (
        "exfiltration",
        (
            r"\b(?:curl|wget|nc|ncat|fetch|invoke-webrequest|iwr)\b.{0,160}(?:@|\$\(|<|\?\w+=).{0,30}(?:\.ssh"
            r"|id rsa|id ed25519|\.env\b|\.aws|/etc/passwd|printenv|\benv\b|\.netrc|\.npmrc)"
        ),
    ),
    (
        "exfiltration",
        (
            r"(?:\.ssh/|id rsa|id ed25519|\.env\b|\.aws/|/etc/(?:passwd|shadow)|\bprintenv\b|\benv \|"
            r"|\.netrc).{0,60}\|.{0,60}\b(?:curl|nc|ncat|wget|socat|openssl s client)\b"
        ),
    ),
    ("exfiltration", r"!\[[^\]]{0,80}\]\(https?://[^)\s]{0,200}[?&/=](?:\{|\[|<|\$|%7b)"),
    (
        "exfiltration",
        (
            rf"\b(?:append|include|paste|put|embed|add|copy|insert|write|attach|quote|print|mention)\b"
            rf".{{0,20}}\b(?:contents?|values?|copy|dump|text|body|lines?) (?:of|from|in) .{{0,30}}"
            rf"{_STEALABLE}"
            r".{0,40}\b(?:to|into|in|at|with|as|after|below) .{0,20}\b(?:each|every|all|any|your)\b.{0,30}"
            r"\b(?:commits?|messages?|answers?|responses?|repl(?:y|ies)|pull requests?|comments?|issues?"
            r"|descriptions?|outputs?|reports?|branch(?:es)?|e-?mails?|tool calls?|quer(?:y|ies))\b"
        ),
    ),
    ("command", rf"\b{_READER}\b.{{0,120}}{_TO_SHELL}"),
    ("command", rf"\b{_ALWAYS_DOES}\b.{{0,80}}{_TO_SHELL}"),
    (
        "command",
        (
            rf"\b{_READER}\b.{{0,80}}\b(?:run|execute|call|invoke|paste|type|add|append"
            r"|write)\b.{0,80}(?:rm -[rf]{2}|base64 -d|bash -c|bash -i|sh -c|powershell|chmod 777|nc -e"
            r"|/dev/tcp|crontab|authorized keys|--no-verify|--force|drop (?:table|database)|mkfs"
            r"|dd if=|eval\b"
            r"|npx -y|pip install (?:--index|-i|git\+|https?))"
        ),
    ),
    ("command", r"\bbash -i >?& ?/dev/tcp/|\bnc (?:-\w+ )*-e /bin/|\bmkfifo /tmp/\w+; ?(?:cat|nc)"),
    (
        "approval",
        (
            rf"\b(?:{_PERSON}|team lead|boss|security team) (?:has |have |had |hereby |already |explicitly "
            r"|fully |now |pre-?)*(?:approved?|authori[sz]e[sd]?|granted?|grants?|consented to|agreed to"
            r"|pre-?approved|accepted|allows?|given|signed off on) (?:\w+ ){0,4}(?:everything"
            r"|all (?:\w+ )?(?:future|further|subsequent|pending|commands?|actions?|operations?|requests?"
            r"|calls?|permissions?|changes in advance)|any (?:\w+ )?(?:commands?|actions?|operations?"
            r"|requests?|tools?|calls?)|every (?:\w+ )?(?:command|action|operation|request|tool|call)"
            r"|in advance|blanket|unrestricted|full (?:access|permission|control)|you (?:to|full|permission"
            r"|access))\b"
        ),
    ),
    (
        "approval",
        (
            r"\b(?:you (?:may|can|must|should|are (?:allowed|authori[sz]ed|permitted|cleared|free)"
            r"|have (?:permission|approval|consent|clearance|authorization))|proceed"
            r"|go ahead)\b.{0,80}\bwithout (?:\w+ ){0,2}(?:asking|confirmation|approval|permission|consent"
            r"|prompting|confirming|checking|review)\b"
        ),
    ),
    (
        "approval",
        (
            r"\b(?:approval|confirmation|permission|consent|human review) (?:\w+ ){0,3}(?:is"
            r"|are) (?:no longer"
            r"|not) (?:needed|required|necessary)\b.{0,60}\b(?:you|agent|assistant|anything|everything"
            r"|any (?:command|tool)|proceed|execute)\b"
        ),
    ),
    (
        "approval",
        (
            r"\b(?:treat|consider|regard|mark|record) (?:all|any|every|each|this|the following"
            r"|everything)(?: \w+){0,5} as (?:already )?(?:pre-?)?(?:approved|authori[sz]ed|trusted|safe"
            r"|accepted|system|signed)\b|\bauto-?approve (?:all|every|any|everything)\b(?! read)"
            r"|\b(?:you (?:must|should|can)|always|agents? (?:must|should)) (?:\w+ ){0,2}(?:approve|accept"
            r"|answer yes to|say yes to|confirm) (?:all|every|any|each) (?:\w+ ){0,3}(?:requests?|prompts?"
            r"|approvals?|artifacts?|operations?|permissions?|calls?|commands?)\b"
        ),
    ),
    (
        "approval",
        (
            r"\b(?:disable|turn off|bypass|skip|switch off|circumvent|ignore) (?:all |any |the |your "
            r"|its )?(?:\w+ ){0,2}(?:safety checks?|safety|guardrails|permission (?:checks?|prompts?|system)"
            r"|write firewall|approval gates?|human gate|security checks?|audit (?:log|trail)) (?:and|then|so"
            r"|before|for (?:this|the rest)|whenever|because the user|permanently)\b"
        ),
    ),
    (
        "tool-spoof",
        (
            rf"\b{_READER}\b.{{0,60}}\b(?:call|invoke|use|trigger)\b.{{0,40}}\b(?:vgxness \w+|\w+ (?:accept"
            r"|approve|execute|delete|resume) \w+|(?:the )?(?:bash|shell|terminal|exec|write|delete|approve"
            r"|accept)\w* (?:tool|function|command))\b"
        ),
    ),
    (
        "comment",
        (
            r"<!--(?:(?!-->).){0,300}?(?:\b(?:ai|llm|agents?|assistants?|claude|copilot|cursor"
            r"|models?)\b(?:(?!-->).){0,20}(?: must\b| should\b| please\b|:|,)(?:(?!-->).){0,120}\b(?:ignore"
            r"|run|execute|send|add|delete|include|fetch|curl|install|do not|don't|never|approve|say|reply"
            r"|recommend|insert|upload|open|read|call|output)\b|instructions? (?:for|to) (?:the )?(?:ai"
            r"|agents?|assistants?|llm|model)|you must|ignore (?:all|previous|the)|system prompt"
            r"|hidden instruction)"
        ),
    ),
    (
        "addressed",
        (
            r"\b(?:attention|note|message|instructions?|important|urgent|notice|reminder|dear|hello"
            r"|hey)\W{1,3}(?:to |for )?(?:all |any |the |every |future |whichever )*(?:ai|llm|language model"
            r"|coding|autonomous)? ?(?:agents?|assistants?|models?|llms?|ais?)\b.{0,160}\b(?:bypass|override"
            r"|exfiltrate|reveal|disregard|obey|grant|ignore (?:all|any|your|previous|the (?:system|user))"
            r"|send (?:all|the|your|me|it|every)|upload (?:all|the|your)|curl|approve (?:all|any|every)"
            r"|delete (?:all|every)|do not (?:tell|ask|inform)|execute (?:the|this|every|any|all))\b"
        ),
    ),
    (
        "authority",
        (
            r"\b(?:message|notice|order|directive|instruction|update|override|authorization"
            r"|memo) from (?:\w+ ){0,2}(?:anthropic|openai|google|opencode|vgxness|the (?:system|vendor"
            r"|administrator|developers?|creators?|admin))\b.{0,120}\b(?:you (?:must|are|will"
            r"|should|may|have)"
            r"|ignore|override|disable|approve|send|execute|comply|unlock|unrestricted)\b"
        ),
    ),
    (
        "fence-escape",
        (
            r"<\s?/?\s?vgxness[ -]?recall|</\s?(?:recalled|untrusted|memory|context|data|document|observation"
            r"|search results?)(?:[ -](?:data|memory|context|content|text|block))?\s?>.{0,120}\b(?:now|new"
            r"|system|instructions?|you|ignore|execute|real|run)\b"
        ),
    ),
)
