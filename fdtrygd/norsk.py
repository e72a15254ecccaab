"""Days, months and numbers as Norwegian text has them."""

from datetime import date

MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "desember",
)  # fmt: skip
#: Between thousands, where a line must not break.
SPACE = "\N{NO-BREAK SPACE}"


def day(value: date) -> str:
    """31. desember 2003"""
    return f"{value.day}. {month(value.year, value.month)}"


def month(year: int, number: int) -> str:
    """oktober 2002"""
    return f"{MONTHS[number - 1]} {year}"


def short_month(year: int, number: int) -> str:
    """okt. 2002"""
    name = MONTHS[number - 1]
    return f"{name if len(name) <= 4 else name[:3] + '.'} {year}"


def number(value: int) -> str:
    """1 234 567, from four digits on, as years and codes are not counts."""
    return f"{value:,}".replace(",", SPACE)


def counted(value: int, one: str, more: str) -> str:
    """1 person, 2 personer"""
    return f"{number(value)} {one if value == 1 else more}"
