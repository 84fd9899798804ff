"""What a conversation, a tool call or a template looks like: matched on a view that keeps its lines."""

from __future__ import annotations

from typing import Final

SHAPE_RULES: Final[tuple[tuple[str, str], ...]] = (
    (
        "template-token",
        (
            r"<\|\s?(?:im_start|im_end|im_sep|system|user|assistant|tool|endoftext|end|eot_id|eom_id"
            r"|start_header_id|end_header_id|begin_of_text|end_of_text|start|channel|message|return|call"
            r"|constrain|endofprompt|start_of_role|end_of_role)\s?\|>"
        ),
    ),
    (
        "template-token",
        (
            r"\[/?inst\]|<</?sys>>|<(?:start|end)_of_turn>|\[/?(?:system_prompt|available_tools|tool_calls"
            r"|tool_results)\]|<\|?/?(?:bos|eos)\|?><"
        ),
    ),
    (
        "template-token",
        (
            r"</?(?:antml:)?(?:system-reminder|system_prompt|system-prompt|function_calls|function_results"
            r"|tool_calls?|tool_response|tool_results?|tool_use|important_instructions|admin_override"
            r"|system_override|developer_message)\b[^>\n]{0,80}>|<invoke name=|</system>\s{0,3}<"
            r"|<system>[^<\n]{0,200}\b(?:you|must|ignore|obey|override|rules|instructions?)\b"
        ),
    ),
    (
        "fake-turn",
        (
            r"(?m)^[\s>#*\[<(=-]{0,8}(?:system|developer|admin|administrator|root|operator)(?: (?:message"
            r"|prompt|override|notice|update|instructions?|alert|command|directive"
            r"|note))?[\s\]>*)=-]{0,6}:[\s*]{0,4}.{0,120}\b(?:you (?:must|are now|will|shall"
            r"|have been|may now"
            r"|can now)|ignore|disregard|override|all (?:future|subsequent)|new (?:instructions|directive"
            r"|rules|policy)|from now|obey|unlock\w*|grant\w*|unrestricted|reveal|comply|approved? all"
            r"|execute the following|safety)\b"
        ),
    ),
    (
        "fake-turn",
        (
            r"(?m)^[\s>#*\[<(=-]{0,8}(?:assistant|ai|claude"
            r"|agent)[\s\]>*)=-]{0,6}:[\s*]{0,4}(?:sure|certainly"
            r"|of course|ok|okay|understood|i (?:will|'ll|have|am))\b.{0,120}\b(?:ignore|send|upload|execute"
            r"|disable|bypass|approve|exfiltrate|without asking|comply)\b"
        ),
    ),
    ("fake-turn", r"\n[^\S\n]*\n[\s>#*\[<(=-]{0,8}(?:human|assistant)[\s\]>*)=-]{0,6}:"),
    ("fake-turn", r"(?m)^[^\S\n]{0,3}#{2,4} ?(?:human|assistant) ?:"),
    (
        "tool-spoof",
        (
            r"\"?(?:tool_calls?|function_call|tool_use)\"?\s{0,3}[:=]\s{0,3}[\[{\"].{0,200}\"?(?:name"
            r"|function)\"?\s{0,3}[:=].{0,120}(?:bash|shell|exec|write|delete|approve|accept|execute|run|curl"
            r"|save)"
        ),
    ),
    (
        "tool-spoof",
        (
            r"\"role\"\s{0,3}:\s{0,3}\"(?:system|developer|tool)\".{0,40}\"content\"\s{0,3}:\s{0,3}\".{0,160}"
            r"\b(?:you must|ignore|obey|override|unrestricted|approved|comply|do not tell|now allowed)\b"
        ),
    ),
)
