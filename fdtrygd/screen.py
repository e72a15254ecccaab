"""How the commands speak: results on stdout, progress and errors on stderr.

What stands in files, folders and codes is text and never a command: whatever is printed goes through `Screen`, which
knows no markup and lets no control character through to the terminal.
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text


class _Visible(dict[int, str]):
    """What stands for a character, found when it is first met: itself, or its number where it commands or hides."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        # Control, format (which may turn the direction of what follows), surrogate (a byte of a file's name), separator
        hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        self[code] = character.encode("unicode_escape").decode() if hidden else character
        return self[code]


_ON_A_SCREEN = _Visible({ord("\n"): "\n"})
_IN_A_LINE = _Visible()


def one_line(text: object) -> str:
    """A name or a code as a part of a sentence: an escape sequence or a line break in it is seen, not obeyed."""
    return str(text).translate(_IN_A_LINE)


class Screen(Console):
    """A terminal or a file: text is text, with what it cannot write as a number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(highlight=False, markup=False, emoji=False, **options)

    def render_str(self, text: str, **options: Any) -> Text:
        # Before it is a Text, which drops a carriage return or a bell without a word
        return super().render_str(text.translate(_ON_A_SCREEN), **options)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            if segment.control:
                yield segment
            else:
                text = segment.text.translate(_ON_A_SCREEN)
                text = text.encode(self.encoding, "backslashreplace").decode(self.encoding)
                yield Segment(text, segment.style)


out = Screen()
err = Screen(stderr=True)


def say(text: str) -> None:
    """A sentence on stdout, as it is: lines are not broken."""
    out.print(text, soft_wrap=True)


def thousands(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def counted(number: int, noun: str) -> str:
    """1 record, 2 000 records"""
    return f"{thousands(number)} {noun}{'s' * (number != 1)}"
