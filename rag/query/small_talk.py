"""Greetings, thanks and "what can you do?": answered at once, without a search."""

import re

_HELLO = re.compile(
    r"(?:(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening|day)|how are you|how do you do)"
    r"(?: there| again| all| bot| everyone)?[\s,.!?]*)+",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:(?:ok(?:ay)?|great|thanks?|thank you|thx|cheers|perfect|nice|cool|awesome|got it|bye|goodbye|see you)"
    r"(?: a lot| so much| very much| you| again| later| for (?:that|the help|your help))?[\s,.!]*)+",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"(?:(?:please )?help(?: me)?|what (?:can|do|could) you (?:do|know|answer|help(?: me)? with)(?: for me)?"
    r"|what can i ask(?: you)?|who are you|what are you|how do(?:es)? (?:you|this|it) work|what is this"
    r"|how (?:can|do|should) i (?:use|ask) (?:you|this|it))[\s.!?]*",
    re.IGNORECASE,
)
_ABILITIES = (
    "I answer questions from an archive of diplomatic cables, {cables:,} of them here, and cite the paragraph each "
    "sentence stands on. Ask about a person, an event, a number or a reason; name a post or a time to narrow the "
    'search ("in cables from {post} in {year}"), or a paragraph to read it ("{citation}").'
)


def small_talk(words: str, cables: int) -> str | None:
    """A fitting reply to words that ask the archive nothing, or None for a question. `cables` is the archive's size."""
    plain = " ".join(words.split())
    if _HELP.fullmatch(plain):
        return _ABILITIES.format(cables=cables, post="Tokyo", year=2008, citation="TOKYO 2367 ¶3")
    if _HELLO.fullmatch(plain):
        return f"Hello. Ask me anything about the {cables:,} cables of this archive; every answer cites its paragraphs."
    if _THANKS.fullmatch(plain):
        return "You are welcome."
    return None
