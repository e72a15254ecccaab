"""The status codes: how many records of the year got each, and what it means."""

from collections.abc import Sequence

from fdtrygd.rapport import text
from fdtrygd.rapport.chapters.chapter4 import CONSISTENCY
from fdtrygd.rapport.source import Source
from fdtrygd.rapport.tables import Cell, Table, num, table

ACTIONS = {
    "venstresensur": "venstresensurert tilgang",
    "tilgang": "tilgang",
    "ingen": "ingen record",
    "endring": "endring",
    "gruppeovergang": "gruppeovergang",
    "avgang_tilgang": "avgang og ny tilgang",
    "vrak": "vrakes",
}
CLOSED = "Avsluttet av avslutningsprosedyren: X står i stedet for andre tegn i statusen til tilfellets siste record."


def closing(status: str) -> bool:
    """Whether the closing procedure gave the status: it puts an X into it."""
    return status[1:2] == "X"


def meanings(data: Source) -> dict[str, str]:
    """What each status code means that a rule or a record has."""
    return {row["status"]: row["tekst"] for name in ("statuskode", "asok_status") for row in data[name] if row["tekst"]}


def meaning(known: dict[str, str], status: str) -> str:
    """What a status code means. Five characters stand for all codes that begin with them."""
    found = known.get(status) or known.get(status + "a")
    if found is None:
        begun = sorted({words for each, words in known.items() if each.startswith(status)})
        found = begun[0] if len(begun) == 1 else common(begun)
    return found or text.MISSING


def common(words: Sequence[str]) -> str:
    """How texts begin and end in common, with an ellipsis for what differs."""
    if not words:
        return ""
    shortest = min(map(len, words))
    begins = next((at for at in range(shortest) if len({each[at] for each in words}) > 1), shortest)
    ends = next((at for at in range(shortest - begins) if len({each[-1 - at] for each in words}) > 1), 0)
    return f"{words[0][:begins]}…{words[0][len(words[0]) - ends :]}"


def registered(data: Source) -> list[list[object]]:
    """A line for each status of the year, and for each other one that a table of all years has."""
    rows = {row["status"]: row for row in data.of_year("asok_status") if not closing(row["status"])}
    before = {row["status"]: row for row in data["asok_status"] if row["aargang"] == data.year - 1}
    of_any_year = {row["status"]: row for row in data["asok_status"] if not closing(row["status"])}
    known = meanings(data)
    return [
        [
            status,
            num(rows[status]["registreringer"] if status in rows else 0),
            num(rows[status]["records"] if status in rows else 0),
            num(before[status]["records"]) if status in before
            else (num(0) if before else Cell(text.IMPOSSIBLE, "num")),
            CONSISTENCY.get(row["konsistens"] or "", row["konsistens"] or ""),
            ACTIONS.get(row["handling"] or "", row["handling"] or ""),
            Cell(row["tekst"] or meaning(known, status), "tekst"),
        ]
        for status, row in sorted(of_any_year.items())
    ]  # fmt: skip


def statuses(data: Source) -> tuple[Table, Table]:
    """The codes that registrations got, with those of the closing procedure on one line; and these by themselves."""
    closed = {
        year: {
            row["status"]: row["records"] for row in data["asok_status"]
            if row["aargang"] == year and closing(row["status"])
        }
        for year in (data.year, data.year - 1)
    }  # fmt: skip
    impossible = Cell(text.IMPOSSIBLE, "num")

    def earlier(number: int) -> Cell:
        return num(number) if data.year - 1 in data.years else impossible

    total = [
        "Avsl (X)", impossible, num(sum(closed[data.year].values())),
        earlier(sum(closed[data.year - 1].values())), "", "avgang", Cell(CLOSED, "tekst"),
    ]  # fmt: skip
    return (
        table(
            "status-tabell", f"Statuskontroll, {data.year}",
            ["Status", "Registreringer", "Records", f"Records {data.year - 1}", "Konsistens", "Handling", "Betydning"],
            [*registered(data), total],
            notes=["a sist i Y-koder: antall påbegynte uker, A = 1 til M = 13."],
        ),
        table(
            "status-x", f"Avsluttet av avslutningsprosedyren, {data.year}",
            ["Status", "Records", f"Records {data.year - 1}", "Status på den siste recorden"],
            [
                [status, num(records), earlier(closed[data.year - 1].get(status, 0)), closed_from(data, status)]
                for status, records in sorted(closed[data.year].items())
            ],
        ),
    )  # fmt: skip


def closed_from(data: Source, status: str) -> str:
    """The statuses that the closing procedure turns into this one, by an X for their second character."""
    lettered = status[:5] + "a" if status.startswith("Y") else status  # a stands for the letter of the weeks
    known = sorted(row["status"] for row in data["statuskode"])
    return " eller ".join(each for each in known if each[:1] + "X" + each[2:] == lettered)
