"""What the formats cannot hold. Nothing is cut to fit: the delivery is refused, with all that does not fit at once."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from fdtrygd.errors import UserError
from fdtrygd.leveranse.catalogue import Variable
from fdtrygd.leveranse.measured import WHOLE, Measured
from fdtrygd.leveranse.stream import Read
from fdtrygd.screen import one_line, thousands

#: Codes that a sentence names; of more it says how many.
NAMED = 10


@dataclass(frozen=True)
class Limit:
    """The most that a text may have."""

    most: int
    unit: Literal["characters", "bytes"]

    def size(self, text: str) -> int:
        return len(text) if self.unit == "characters" else len(text.encode())

    def broken(self, size: int) -> str | None:
        """How, in words."""
        return f"has {thousands(size)} {self.unit}" if size > self.most else None


@dataclass(frozen=True)
class Limits:
    """What a program takes in its files."""

    program: str
    name: Limit
    #: how a name is written, in whole
    written: re.Pattern[str]
    reserved: re.Pattern[str]
    label: Limit
    title: Limit
    code_text: Limit
    text: Limit
    #: whole numbers, the least and the most
    whole: tuple[int, int]
    #: codes that are numbers
    code: tuple[int, int]
    labels_text: bool


LONG = -(2**31), 2**31 - 1  #: what Arrow and the database have of whole numbers
LIMITS = {
    "dta": Limits(
        program="Stata",
        name=Limit(32, "characters"),
        written=re.compile(r"[A-Za-z_][A-Za-z0-9_]*"),
        reserved=re.compile(
            r"_all|_b|byte|_coef|_cons|double|float|if|in|int|long|_n|_N|_pi|_pred|_rc|_skip|str[0-9].*|strL|using|with"
        ),
        label=Limit(80, "characters"),
        title=Limit(80, "characters"),
        code_text=Limit(32_000, "bytes"),
        text=Limit(2_045, "bytes"),
        whole=(-2_147_483_647, 2_147_483_620),  # above are its missing values
        code=(-127, 100),
        labels_text=False,
    ),
    "sav": Limits(
        program="SPSS",
        name=Limit(64, "bytes"),
        written=re.compile(r"[A-Za-z@][A-Za-z0-9_.$@#]*(?<!\.)"),
        reserved=re.compile(r"all|and|by|eq|ge|gt|le|lt|ne|not|or|to|with", re.IGNORECASE),
        label=Limit(256, "bytes"),
        title=Limit(64, "bytes"),
        code_text=Limit(120, "bytes"),
        text=Limit(32_767, "bytes"),
        whole=LONG,
        code=LONG,
        labels_text=True,
    ),
}


def refuse(reads: Iterable[Read]) -> None:
    """UserError with everything that a table has and one of its formats cannot hold."""
    faults = [
        f"{read.table.name}.{name}: {fault}."
        for read in reads
        for name in read.table.formats
        if name in LIMITS
        for fault in beyond(LIMITS[name], read)
    ]
    if faults:
        raise UserError("\n".join([*faults, "Nothing is delivered."]))


def beyond(limits: Limits, read: Read) -> Iterator[str]:
    """What the table has and the program does not take, each in words."""

    def long(what: str, limit: Limit, size: int) -> Iterator[str]:
        if broken := limit.broken(size):
            yield f"{what} {broken}; {limits.program} takes {thousands(limit.most)}"

    yield from long("the table's title", limits.title, limits.title.size(read.table.title))
    for variable in read.table.variables:
        name, seen = variable.name, read.measured[variable.name]
        yield from long(f"the name {name}", limits.name, limits.name.size(name))
        if not limits.written.fullmatch(name) or limits.reserved.fullmatch(name):
            yield f"{one_line(name)} can be no variable's name in {limits.program}"
        yield from long(f"the label of {name}", limits.label, limits.label.size(variable.label))
        for code, text in labelled(variable, limits):
            yield from long(
                f"the text of code {one_line(code)} of {name}", limits.code_text, limits.code_text.size(text)
            )
        if variable.as_number:
            yield from odd(limits, seen)
        elif variable.type == "tekst":
            yield from long(f"the longest value of {name}", limits.text, seen.longest)
        elif variable.type == "heltall" and (numbers := outside(seen, limits.whole)):
            yield f"{name} has whole numbers {numbers}; {limits.program} takes {span(limits.whole)}"


def odd(limits: Limits, seen: Measured) -> Iterator[str]:
    """The codes of a variable that cannot be numbers, or none so large."""
    way_out = 'koder = "tekst" on the table delivers all codes as text'
    if seen.odd:
        codes = [one_line(code) for code in sorted(seen.odd)]
        more = f" and {thousands(len(codes) - NAMED)} more" if len(codes) > NAMED else ""
        yield f"{seen.variable.name} has codes that are no whole numbers: {', '.join(codes[:NAMED])}{more}; {way_out}"
    if numbers := outside(seen, limits.code):
        yield (
            f"{seen.variable.name} has codes {numbers}; {limits.program} takes {span(limits.code)} "
            f"in a column of codes; {way_out}"
        )


def outside(seen: Measured, allowed: tuple[int, int]) -> str | None:
    """From where to where a column's numbers go, if they leave what is allowed."""
    if seen.least is None or seen.most is None or (allowed[0] <= seen.least and seen.most <= allowed[1]):
        return None
    return f"from {span((seen.least, seen.most))}"


def span(numbers: tuple[int, int]) -> str:
    return f"{thousands(numbers[0])} to {thousands(numbers[1])}"


def labelled(variable: Variable, limits: Limits) -> Iterator[tuple[str, str]]:
    """The codes that have a label in the program's files, with the label; numbers only those that its type holds."""
    for code, text in variable.labels.items():
        if variable.as_number:
            least, most = limits.code
            if WHOLE.fullmatch(code) and least <= int(code) <= most:
                yield code, text
        elif limits.labels_text:
            yield code, text
