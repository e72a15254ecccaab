"""Which controls of the year found something, and which did not."""

from fdtrygd.rapport import text
from fdtrygd.rapport.source import Row, Source
from fdtrygd.rapport.tables import LOOK, OK, SIGNS, WRONG, Cell, Table, num, table

#: What a run of the controls was part of.
OCCASIONS = {"load": "lastingen", "check": "make check"}


def last_check(data: Source) -> Row | None:
    """The last run of the controls that came to its end."""
    done = [row for row in data["kontrollkjoring"] if row["ferdig"] is not None]
    return done[-1] if done else None


def stale(data: Source) -> bool:
    """Whether the year was loaded again after the controls ran."""
    check, (loaded,) = last_check(data), [row["lastet"] for row in data.of_year("lastet_aargang")]
    return check is not None and check["startet"] < loaded


def offences(data: Source) -> list[Row]:
    """The controls that found something."""
    return [row for row in data["kontrollstatus"] if row["antall"]]


def promise(data: Source, row: Row) -> Cell:
    """What a control promises, and the query that shows its records."""
    words = data.catalogue[row["kontroll"]]["lover_norsk"] or row["tittel"]
    return Cell(f"{words} Spørring: {row['sporring']}", "tekst")


def compared(row: Row, *names: str) -> list[Cell]:
    """Counts that need an earlier run or year to compare with."""
    return [Cell(text.IMPOSSIBLE if row[name] is None else text.number(row[name]), "num") for name in names]


def found(data: Source) -> Table | None:
    """The controls that found something, errors first."""
    rows = []
    ordered = sorted(offences(data), key=lambda row: row["alvor"] != "feil")
    accepted = any(row["godtatt"] for row in ordered)
    for row in ordered:
        serious = row["alvor"] == "feil" and not row["godtatt"]
        state = WRONG if serious else LOOK
        words = "feil" if serious else "godtatt" if row["godtatt"] else "advarsel"
        rows.append(
            [
                Cell(row["tittel"]),
                Cell(f"{SIGNS[state]} {words}", "tilstand", state),
                num(row["antall"], mark="avvik" if serious else ""),
                *compared(row, "nye", "loeste", "fortsatt", "forrige_aar"),
                promise(data, row),
                *([Cell(text.typed(row["godtatt"] or ""), "tekst")] if accepted else []),
            ]
        )
    if not rows:
        return None
    return table(
        "kontroller-funn", f"Kontroller av årgang {data.year} med funn",
        ["Kontroll", "Tilstand", "Funn", "nye", "løste", "fortsatt", "året før", "Hva den lover",
         *(["Godtatt fordi"] if accepted else [])],
        rows,
        notes=["nye, løste, fortsatt: mot forrige kontroll av samme årgang. Punktum: det er ingen å sammenligne "
               "med."],
    )  # fmt: skip


def sound(data: Source) -> Table:
    """The controls that found nothing, with what the previous run or the year before had."""
    return table(
        "kontroller-uten-funn", f"Kontroller av årgang {data.year} uten funn",
        ["Kontroll", "Tilstand", "Alvor", "løste", "året før", "Hva den lover"],
        [
            [
                Cell(row["tittel"]), Cell(f"{SIGNS[OK]} i orden", "tilstand", OK), row["alvor"],
                *compared(row, "loeste", "forrige_aar"), promise(data, row),
            ]
            for row in data["kontrollstatus"] if not row["antall"]
        ],
    )  # fmt: skip


def holding(data: Source) -> str:
    """How many controls found nothing."""
    return text.count(sum(not row["antall"] for row in data["kontrollstatus"]), "kontroll", "kontroller")


def checked(data: Source) -> str:
    """When and by whom the controls were run."""
    check = last_check(data)
    if check is None:
        return "Ingen kontroll av årgangen er ført."
    again = " Årgangen er lastet på nytt etterpå: kontroller den igjen (make check)." if stale(data) else ""
    return (
        f"Siste kontroll: {text.moment(check['ferdig'])} ved {OCCASIONS[check['anledning']]} "
        f"(bruker {check['bruker']}, produkt {check['produktversjon']}, regler {check['objektversjon']}).{again}"
    )
