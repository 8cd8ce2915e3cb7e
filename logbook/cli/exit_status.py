"""What a command ends with: the one number that a script reads."""

from typing import Final

DONE: Final = 0
NO: Final = 1  # the answer is no
WRONG: Final = 2  # how it was called, or a file that cannot be read
INTERRUPTED: Final = 130  # as a shell counts a program that the keyboard stopped
NOBODY_READS: Final = 141  # and one that wrote into a closed pipe
