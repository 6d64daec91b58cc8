"""Prompt injection: sentences planted in a cable to give a language model instructions.

Such a sentence is no evidence. It is never quoted as an answer and supports no sentence of a model.
"""

import re

_ROLES = r"system|assistant|user|human|ai|developer|tool"
_SAY = r"answer|reply|respond|output|print|write|say|state|repeat|begin|start|end"
_IMPERATIVE = r"(?:^|[.:;!?\]#>]\s|\b(?:please|you (?:must|should|will|are to))\s)\W*"
"""Where a verb is an order: a minister who "told us to forget the rules" gives none."""
_PATTERNS = (
    rf"^\W*(?:{_ROLES})\s*(?:prompt|message|note|instruction)?\s*[:>\]|]",
    rf"{_IMPERATIVE}(?:ignore|disregard|forget|override|bypass|drop)\b.{{0,40}}"
    r"\b(?:instruct|prompt|rules?\b|guideline|direction|told|context|sources?\b|above)",
    r"\b(?:new|updated|following|these|hidden|secret|real|system)\s+(?:instructions?|rules?|prompt)\s*:",
    r"\byou\s+are\s+(?:now|no\s+longer|an?\s+(?:ai|assistant|language|chat|model|bot|unrestricted))\b",
    r"\b(?:as|like|being)\s+an?\s+(?:ai|assistant|language\s+model|chatbot)\b",
    r"\b(?:language|ai)\s+models?\b.{0,60}\b(?:must|should|shall|will|are)\b",
    rf"{_IMPERATIVE}(?:{_SAY})\b.{{0,25}}\b(?:only|exactly|with|every|instead|the\s+(?:words?|phrase|following|sentence))\b"
    r".{0,60}(?:[\"“'‘:]|\b(?-i:[A-Z]{4,})\b)",
    r"\b(?:tell|inform|assure|convince)\s+(?:the\s+)?(?:reader|user|historian|journalist|questioner|human)s?\b",
    rf"{_IMPERATIVE}cite\b.{{0,40}}(?:¶|\bpara\b|\bsources?\b|\binstead\b|\[?\d+\]?)",
    r"\b(?:reveal|leak|show|print|repeat|disclose)\b.{0,30}\b(?:prompt|instructions|rules|key|password|api)\b",
    rf"\b(?:when|if)\s+(?:asked|you\s+are\s+asked|answering|summari[sz]ing)\b[^,.]{{0,60}},\s*(?:{_SAY}|claim|cite)\b",
    r"<\s*/?\s*(?:source|system|question|instructions?|script|img|iframe|assistant|user)\b",
    r"javascript:|\]\(\s*https?:|#{3}\s*(?:system|instruction)|\[\s*/?\s*inst\s*\]|<\|?\s*im_(?:start|end)",
    r"\bBEGIN\s+(?:SYSTEM|INSTRUCTIONS?|PROMPT)\b|\bjailbreak\b",
)
_INJECTION = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)


def is_prompt_injection(sentence: str) -> bool:
    """Whether the sentence instructs a language model, imitates a conversation's role line or carries markup."""
    return _INJECTION.search(sentence) is not None
