"""Programs that read a table's CSV file with its types, labels and code lists: in R (base R alone) and in SAS.

No open writer makes a SAS file that SAS trusts, so the SAS program reads the CSV file. It is not run by anybody here;
a test holds it to the catalogue.
"""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fdtrygd.leveranse.catalogue import Days, Description, Variable
from fdtrygd.leveranse.measured import Measured
from fdtrygd.leveranse.stream import Read

if TYPE_CHECKING:
    from jinja2 import Environment

#: Words of R that are no names.
R_WORDS = frozenset(("break", "else", "for", "function", "if", "in", "next", "repeat", "while"))


def write(read: Read, description: Description, to: Path) -> None:
    """Writes `to`/<table>.R and `to`/<table>.sas."""
    table = read.table
    name = table.name.replace("-", "_")
    values = {
        "description": description,
        "table": table,
        "lists": {each.code_list: each.labels for each in table.variables if each.labels},
        "pairs": [each for each in table.variables if each.codes and not each.labels],
    }
    r_types = {each.name: r_type(each, description.days_as) for each in table.variables}
    sas_types = {each.name: sas_type(each, read.measured[each.name], description.days_as) for each in table.variables}
    for suffix, more in (
        ("R", {"name": f"{name}_" if name in R_WORDS else name, "types": r_types}),
        ("sas", {"name": name, "types": sas_types}),
    ):
        text = environment().get_template(f"program.{suffix}.j2").render(values | more)
        (to / f"{table.name}.{suffix}").write_text(text, encoding="utf-8", newline="\n")


def r_type(variable: Variable, days_as: Days) -> str:
    """The class of the variable's column in R."""
    day = "Date" if days_as == "dato" else "integer"
    return {"tekst": "character", "dato": day, "heltall": "integer", "logisk": "logical"}[variable.type]


def sas_type(variable: Variable, measured: Measured, days_as: Days) -> tuple[str, str, str | None]:
    """The variable's length, informat and format in SAS; texts are counted in bytes."""
    match variable.type:
        case "tekst":
            return f"${measured.width}", f"${measured.width}.", sas_list(variable) if variable.labels else None
        case "dato" if days_as == "dato":
            return "8", "yymmdd10.", "yymmdd10."
        case "logisk":
            return "8", "janei.", "janei."
    return "8", "32.", None


def sas_list(variable: Variable) -> str:
    """What the variable's code list is called as a format: the name of one cannot end in a digit."""
    name = f"{variable.code_list}"
    return f"${name}_." if name[-1].isdigit() else f"${name}."


@cache
def environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("fdtrygd.leveranse.formats", "."),
        undefined=StrictUndefined,
        autoescape=False,  # no HTML: each language has its own filters
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(r=r_text, sas=sas_text, words=in_a_comment)
    return made


def plain(text: str) -> str:
    """The text on one line, without what commands a screen or a program."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text)


def r_text(text: str) -> str:
    """The text in R, with its quotes; in ASCII, so that R reads it in every locale."""
    quoted = plain(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{re.sub(r"[^ -~]", lambda found: escaped(ord(found[0])), quoted)}"'


def escaped(character: int) -> str:
    return f"\\u{character:04x}" if character < 0x10000 else f"\\U{character:08x}"


def sas_text(text: str) -> str:
    """The text in SAS, with quotes between which & and % are characters like others."""
    return "'{}'".format(plain(text).replace("'", "''"))


def in_a_comment(text: str) -> str:
    """The text where nothing in it ends a comment."""
    return plain(text).replace("*/", "* /").replace("/*", "/ *")
