"""Numbers and dates as the source's tables write them: Norwegian, with the standard signs of Statistisk årbok."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from fdtrygd import norsk
from fdtrygd.norsk import SPACE

#: The signs for zero, for a figure that is not available, and for one that cannot occur.
NONE, MISSING, IMPOSSIBLE = "-", "..", "."
#: The sign of a negative number, which differs from the one for zero.
MINUS = "\N{MINUS SIGN}"

Number = int | float | Decimal


def number(value: Number | None, decimals: int = 0) -> str:
    """1 234 567 or 12,3: no-break spaces between thousands, a decimal comma, `-` for zero and `..` for None."""
    if value is None:
        return MISSING
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if exact == 0:
        return NONE
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    written = f"{abs(rounded):,}".replace(",", SPACE).replace(".", ",")
    return (MINUS if rounded < 0 else "") + written


def in_words(value: Number, decimals: int = 0) -> str:
    """The same in a sentence, where zero is 0."""
    return number(value, decimals) if value else "0"


def plain(value: Number | None) -> str:
    """A number that may be whole or not, with as many decimals as it has, at most two."""
    if value is None or value == int(value):
        return number(value)
    return number(value, min(2, len(str(value).partition(".")[2])))


def change(value: Number | None) -> str:
    """A change in per cent, with its sign."""
    if value is None:
        return MISSING
    written = number(value, 1)
    return f"{'+' if value > 0 else ''}{written if value else '0,0'}{SPACE}%"


def month(day: date) -> str:
    """oktober 2002"""
    return norsk.month(day.year, day.month)


def short_month(day: date) -> str:
    """okt. 2002"""
    return norsk.short_month(day.year, day.month)


def day(value: date | None) -> str:
    """31.10.2002"""
    return MISSING if value is None else f"{value:%d.%m.%Y}"


def moment(value: datetime | None) -> str:
    """31.10.2002 kl. 14.05.09"""
    return MISSING if value is None else f"{value:%d.%m.%Y kl. %H.%M.%S}"


def code(value: object) -> str:
    """A code as delivered, without six or more digits in a row: they may be part of a fødselsnummer."""
    return re.sub(r"\d{6,}", "(siffer, ikke vist)", str(value))


def typed(value: object) -> str:
    """What somebody may have typed, or a warning that quotes a code, without a fødselsnummer or a part of one."""
    quoted = re.sub(r"\b(hovedarbstat|tiltak|ytelse|as_gr) (\S+)", lambda m: f"{m[1]} {code(m[2])}", str(value))
    return re.sub(r"\d{11}", "(11 siffer, ikke vist)", quoted)


def sentence(words: str) -> str:
    """A sentence from the database, with numbers and dates as the report writes them.

    12345.6 and 12 345,6 become 12 345,6, and 2003-03 becomes mars 2003. File names and codes are left as they are, and
    so is a number like 2003, which is a year unless it counts something.
    """
    words = re.sub(r"(?<![\w.-])(\d{4})-(\d{2})-(\d{2})(?![\w-])", r"\3.\2.\1", words)
    words = re.sub(
        r"(?<![\w.-])(\d{4})-(0[1-9]|1[0-2])(?![\w-])", lambda m: month(date(int(m[1]), int(m[2]), 1)), words
    )
    # The database may have put spaces into a number already: its parts must not be taken for numbers
    words = re.sub(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)", lambda m: m[0].replace(" ", SPACE), words)
    return re.sub(
        rf"(?<![\w.,:/=-])(?<!\d{SPACE})(?<!tiltak )(?<!ytelse )(?<!as_gr )(?<!hovedarbstat )(\d+)(?:\.(\d+))?"
        r"(?![\w:/-]|[.,]\d)"
        r"(?=( (?:av|records|registreringer|registreringene|personer|dager)\b)?)",
        lambda m: (
            (m[1] if re.fullmatch("19..|20..", m[1]) and not (m[2] or m[3]) else f"{int(m[1]):,}".replace(",", SPACE))
            + (f",{m[2]}" if m[2] else "")
        ),
        words,
    )


def count(value: Number, one: str, many: str) -> str:
    """1 kode, 2 koder"""
    return f"{number(value)}{SPACE}{one if value == 1 else many}"


def listed(parts: Iterable[str]) -> str:
    """a, b og c"""
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} og {last}" if first else last
