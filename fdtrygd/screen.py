"""How the commands speak: results on stdout, progress and errors on stderr."""

from rich.console import Console

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def say(text: str) -> None:
    """A sentence on stdout, as it is: lines are not broken, brackets are not markup."""
    out.print(text, soft_wrap=True, markup=False)


def thousands(number: int) -> str:
    return f"{number:,}".replace(",", " ")
