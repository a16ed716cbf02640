"""Text that reads like an instruction to a machine. No filter finds all of it, and nothing may depend on it finding any: what
is found is shown to people and not given to a language model, because honest files do not talk to models.
"""

import re

INSTRUCTIONS = re.compile(
    r"""
      \b(ignore|disregard|forget|override|bypass)\b [^.\n]{0,40} \b(previous|prior|above|earlier|all|any|your|the|these)\b
        [^.\n]{0,30} \b(instructions?|prompts?|rules?|guidelines|directions?|context)\b
    | \b(ignoriere|vergiss|missachte)\b [^.\n]{0,40} \b(anweisungen|vorgaben|regeln)\b
    | \b(ignore[zr]?|oublie[zr]?)\b [^.\n]{0,40} \b(instructions|consignes|r[eè]gles)\b
    | \b(ignora|olvida|dimentica)\b [^.\n]{0,40} \b(instrucciones|istruzioni|reglas|regole)\b
    | \b(negeer|vergeet)\b [^.\n]{0,40} \b(instructies|regels)\b
    | \b(system|developer|assistant) \s* (prompt|message|role|instruction)s?\b
    | ^\s* (system|assistant|developer) \s* : \s* \S
    | <\|? \s* /? (im_start|im_end|system|assistant|endoftext|inst) \b
    | \[/?INST\] | \#{2,}\s*(instruction|system|response)
    | \byou \s are \s (now \s)? (an?|the) \s [^.\n]{0,30} \b(ai|assistant|model|chatbot|llm|agent)\b
    | \b(as|dear) \s an? \s (ai|language \s model|llm)\b
    | \b(respond|reply|answer|output) \s (only \s)? (with|the|a|as|in) \b [^.\n]{0,30} \b(json|verified|approved)\b
    | \b(mark|classify|treat|report|set|rate|flag|output) \b [^.\n]{0,40}
        \b(as|to) \s (verified|approved|genuine|authentic|low \s risk|safe|passed|valid)\b
    | \b(approve|accept|verify|whitelist) \s (this|the) \s (customer|applicant|document|application|passport)\b
    | DOCUMENT\s*>>> | <<<\s*DOCUMENT
    | \bnew \s instructions? \s* :
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)


def reads_as_instruction(text: str) -> bool:
    """Whether some of the text speaks to a machine."""
    return INSTRUCTIONS.search(text) is not None
