"""The rules that the commands judge by."""

from logbook.cli.asides import say
from logbook.guidance.rule import Rules
from logbook.services.guidance_in_use import load_guidance


def rules_in_use() -> Rules:
    """Return the rules to judge by, and say so where they are not those that the program came with.

    Raises:
        RuleError: the guidance is refused, and no good copy of an earlier one is there.
    """
    in_use = load_guidance()
    if in_use.warning:
        say(in_use.warning)
    return in_use.rules
