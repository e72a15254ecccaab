"""An order in Norwegian, as its recipient reads it: days, numbers, whom it is about, which rows it picked."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from fdtrygd import norsk
from fdtrygd.leveranse.catalogue import Description, Table

#: The templates write with them, too.
number, counted = norsk.number, norsk.counted
#: Levels of a criterion: a row of it
LEVELS = {"tilfelle": "tilfelle", "gruppetilfelle": "gruppetilfelle", "periode": "periode"}
#: Where a criterion's condition is about another variable than its name says
CONDITIONS = {("tilfelle", "hoved"): "hoved_inn"}


def day(value: date | str) -> str:
    """31. desember 2003"""
    return norsk.day(date.fromisoformat(value) if isinstance(value, str) else value)


def listed(parts: Iterable[str], last: str = "og") -> str:
    """a, b og c"""
    *first, end = parts
    return f"{', '.join(first)} {last} {end}" if first else end


def period(value: Mapping[str, Any], of: str = "") -> str:
    """fra og med … til og med …, of days or numbers; one of the two may be missing."""
    said = []
    for key, words in (("fra", "fra og med"), ("til", "til og med")):
        if key in value:
            said.append(f"{words} {day(value[key]) if of == 'dato' else number(value[key])}")
    return " ".join(said)


def codes(variable: str, values: Iterable[str], description: Description) -> str:
    """1 (Helt ledig) eller 2 (…), where the delivery has a list in which the code stands alone."""
    texts = {code.code: code.text for code in description.code_lists.get(variable, ()) if code.together_with is None}
    return listed((f"{value} ({texts[value]})" if value in texts else value for value in values), "eller")


def population(description: Description) -> list[str]:
    """Whom the order is about, in sentences."""
    return persons(description.content["populasjon"], description)


def project_population(description: Description) -> list[str]:
    """Whom the project's decision is about, in sentences."""
    return persons(description.project["populasjon"], description)


def persons(asked: Mapping[str, Any], description: Description) -> list[str]:
    """A population, in sentences."""
    last = day(description.last)
    if "alle" in asked:
        said = [f"Alle som har vært registrert en gang i serien, til og med {last}."]
    elif "tverrsnitt" in asked:
        days = sorted(asked["tverrsnitt"]["dager"])
        which = f"på {day(days[0])}" if len(days) == 1 else f"på minst en av dagene {listed(map(day, days))}"
        said = [f"Alle som var registrert {which}."]
    elif "liste" in asked:
        said = ["Personene på listen som prosjektet sendte inn."]
    else:
        said = [criterion(asked["kriterium"], description)]
    if share := asked.get("utvalg"):
        percent = f"{share * 100:.6f}".rstrip("0").rstrip(".").replace(".", ",")
        said.append(
            f"Av disse et tilfeldig utvalg på {percent} prosent. De samme personene trekkes hver gang, og et større "
            "utvalg inneholder det mindre."
        )
    return said


def criterion(asked: Mapping[str, Any], description: Description) -> str:
    """A criterion's sentence: one row of the level meets all of it."""
    level = asked["nivaa"]
    met = [
        f"{CONDITIONS.get((level, name), name)} er {codes(name, asked[name], description)}"
        for name in ("hoved", "hovedarbstat", "tiltak", "ytelse", "begynte")
        if name in asked
    ]
    run = period({"fra": description.series_start.isoformat(), "til": description.last.isoformat(), **asked}, "dato")
    where = f" der {listed(met)}," if met else ""
    return f"Alle som har minst ett {LEVELS[level]}{where} som løper på minst en dag {run}.".replace(
        "minst ett periode", "minst en periode"
    )


def rows(table: Table, description: Description) -> list[str]:
    """Which rows of the form the order picked, in sentences; none where it picked all."""
    said = []
    if table.days:
        said.append(f"Dagene {listed(map(day, table.days))}." if len(table.days) > 1 else f"{day(table.days[0])}.")
    met = []
    for name, asked in table.rows.items():
        match asked:
            case bool():
                met.append(f"{name} er {'ja (true)' if asked else 'nei (false)'}")
            case list():
                met.append(f"{name} er {codes(name, asked, description)}")
            case _:
                of = "dato" if isinstance(next(iter(asked.values())), str) else ""
                met.append(f"{name} er {period(asked, of)}")
    if met and table.form == "hendelser":
        said.append(f"Hele gruppetilfeller der minst en rad oppfyller dette: {listed(met)}.")
    elif met:
        said.append(f"Bare rader der {listed(met)}.")
        if table.form in ("periode", "gruppetilfelle"):
            said.append("Radene i et tilfelle følger derfor ikke alltid på hverandre uten opphold.")
    for each in table.days:
        if each not in description.extractions:
            said.append(f"{day(each)} er ingen uttrekksdag: det er for få personer.")
    return said
