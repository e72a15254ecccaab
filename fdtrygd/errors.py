"""Errors that the person at the keyboard can mend."""


class UserError(Exception):
    """What is wrong and what to do about it, in a sentence; never carries a fødselsnummer.

    The command line prints the message on stderr and exits with status 1.
    """
