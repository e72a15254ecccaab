"""The tables of the source's chapter 4: the miniregister, against official statistics, events, entries and exits."""

from collections import defaultdict

from fdtrygd.rapport import charts, text
from fdtrygd.rapport.charts import Panel, Picture, Series
from fdtrygd.rapport.source import Row, Source
from fdtrygd.rapport.tables import Cell, Table, blocks, by_year, num, table

CONSISTENCY = {
    "konsistent": "Konsistent",
    "feil_datering": "Inkonsistens, feilaktig datering",
    "annen_inkonsistens": "Annen inkonsistens",
    "vraket": "Vrakede",
}


def miniregister(data: Source) -> list[Table]:
    """4.1, year by year."""
    lines = {
        "grunnlagsfil": "Sofasøker grunnlagsfil",
        "dubletter_fjernet": "Antall dubletter fjernet (fødselsnummer × dagens dato)",
        "slettet": "Antall records slettet i miniregisteret (fødselsnummerkontroll)",
        "miniregister": "Antall records i miniregisteret etter fødselsnummerkontrollen",
        "gyldig_fnr": "Antall med gyldig fødselsnummer",
        "gyldig_dnr": "Antall med gyldig d-nummer",
        "ugyldig_fnr": "Antall med ugyldig fødselsnummer",
        "rettet_dagdato": "Antall rettede datoer: mrk_dl 32 = rettet dagens dato",
    }
    rows = {row["aargang"]: row for row in data["miniregister_kontroll"]}
    return by_year(
        "t41-tabell", "4.1 Kontroller av miniregisteret", data.years, data.year,
        [(label, {year: row[name] for year, row in rows.items()}) for name, label in lines.items()],
    )  # fmt: skip


def deviating(data: Source) -> list[Row]:
    """The main groups of the year that deviate from official statistics."""
    return [row for row in data.of_year("asok_kontroll") if row["avvik"]]


def official_statistics(data: Source) -> list[Table]:
    """4.2: the report's year in full, then the source's table for all years."""
    return [official_of_year(data), *official_of_all_years(data)]


def official_of_year(data: Source) -> Table:
    """The year's averages against the published ones."""
    head = ["Hovedgruppe (årsgjennomsnitt)", "Filene", "Offisiell statistikk", "Differanse", "Prosent", "", "Kilde"]
    rows = data.of_year("asok_kontroll")
    known = [row for row in rows if row["offisiell"] is not None]
    total = [
        "Sum", num(sum(row["filene"] for row in rows)), num(sum(row["offisiell"] for row in known)), "", "", "", "",
    ]  # fmt: skip
    return table(
        "t42-aaret", f"4.2 Kontroll mot offisiell statistikk, {data.year}", head,
        [
            [
                data.group(row["hoved"]), num(row["filene"]), num(row["offisiell"]), num(row["differanse"]),
                Cell(text.MISSING if row["offisiell"] is None else text.change(row["differanse_prosent"])
                     if row["differanse_prosent"] else text.NONE, "num"),
                Cell("≠ avvik", "", "avvik") if row["avvik"] and not data.synthetic else "",
                row["kilde"] or "",
            ]
            for row in rows
        ],
        [total],
        notes=["Avvik: minst 1 prosent og minst én person. Summen av offisiell statistikk er over de "
               "publiserte gruppene."],
    )  # fmt: skip


def official_of_all_years(data: Source) -> list[Table]:
    """The same for all years, five beside each other."""
    tables = []
    found = {(row["aargang"], row["hoved"]): row for row in data["asok_kontroll"]}
    years = sorted({year for year, _ in found})
    for place, (continued, some) in enumerate(blocks(years, 5)):
        lines: list[list[object]] = []
        for hoved in sorted({hoved for _, hoved in found}, key=lambda each: (len(each), each)):
            line: list[object] = [data.group(hoved)]
            for year in some:
                row = found.get((year, hoved), {"filene": 0, "offisiell": None, "avvik": False})
                line += [num(row["filene"]), num(row["offisiell"])]
                if row["avvik"] and not data.synthetic:
                    line[-2] = Cell(f"≠ {text.number(row['filene'])}", "num", "avvik")
            lines.append(line)
        sums: list[object] = ["Sum"]
        for year in some:
            of = [row for row in data["asok_kontroll"] if row["aargang"] == year]
            sums += [num(sum(r["filene"] for r in of)), num(sum(r["offisiell"] or 0 for r in of))]
        tables.append(
            table(
                f"t42-{place}", f"4.2 Kontroll mot offisiell statistikk, alle årganger{continued}",
                ["", *("Filene", "Offisiell") * len(some)], lines, [sums],
                groups=[("", 1), *((str(year), 2) for year in some)],
                highlight=frozenset(
                    column for at, year in enumerate(some) if year == data.year
                    for column in (1 + 2 * at, 2 + 2 * at)
                ),
                notes=["≠ avvik fra offisiell statistikk. .. ikke publisert."],
            )
        )  # fmt: skip
    return tables


def consistency(data: Source) -> Picture | None:
    """How large a share of each year's events is consistent."""
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for row in data["hendelser_konsistens"]:
        found[row["konsistens"]][row["aargang"]] = int(row["antall"])
    sums = {year: sum(line.get(year, 0) for line in found.values()) for year in data.years}
    lines = [
        (label, [100 * found[name].get(year, 0) / sums[year] if sums[year] else 0.0 for year in data.years])
        for name, label in CONSISTENCY.items()
    ]
    here = data.years.index(data.year)
    words = "; ".join(
        f"{label}: {text.in_words(values[here], 2)} prosent i {data.year}"
        + (f", {text.in_words(values[here - 1], 2)} året før" if here else "")
        for label, values in lines
    )
    return Picture(
        charts.chart("konsistens", "Hendelser etter konsistens, prosent av årgangens hendelser", words,
                     charts.bar_panels([Panel(label.removeprefix("Inkonsistens, ").capitalize(), [Series(values)])
                                        for label, values in lines],
                                       data.years, data.year, 2)),
        f"Mørk søyle: {data.year}. Rutene har hver sin skala.",
        by_year(
            "konsistens-tabell", "Hendelser etter konsistens, prosent", data.years, data.year,
            [(label, {y: num(v, 2) for y, v in zip(data.years, values, strict=True)}) for label, values in lines],
        ),
    )  # fmt: skip


def events(data: Source) -> list[Table]:
    """4.3: the events by consistency, and what was sewn together or split."""
    counts: defaultdict[str, dict[int, Cell | int | None]] = defaultdict(dict)
    for row in data["hendelser_konsistens"]:
        counts[row["konsistens"]][row["aargang"]] = int(row["antall"])
    labels = {row["konsistens"]: row["tekst"] for row in data["hendelser_konsistens"]}
    tables = by_year(
        "t43-hendelser", "Hendelser i forløpstabellen, etter inkonsistens på miniregisteret", data.years, data.year,
        [(label, counts[name]) for name, label in {**CONSISTENCY, **labels}.items()], total="Sum",
    )  # fmt: skip
    for ident, view, caption in (
        ("t43-13uker", "sammensyinger_13_uker", "Antall sammensyinger etter 13-ukersregelen (yrkeshemmede)"),
        ("t43-andre", "oppsplittinger_sammensyinger",
         "Antall oppsplittinger og sammensyinger ekskl. 13-ukersregelen"),
    ):  # fmt: skip
        kinds: dict[str, dict[int, Cell | int | None]] = {}
        notes = {}
        for row in data[view]:
            kinds.setdefault(row["hendelsestype"], {})[row["aargang"]] = int(row["antall"])
            notes[row["hendelsestype"]] = row["statuskoder"]
        tables += by_year(
            ident, caption, data.years, data.year, list(kinds.items()), first="Type hendelse", total="Sum",
            notes=[f"{kind}: statuskodene {codes}" for kind, codes in notes.items()],
        )  # fmt: skip
    return tables


def entries_and_exits(data: Source) -> list[Table]:
    """Entries and exits of main spells, by year and status code."""
    rows = data["tilganger_avganger"]
    years = sorted({row["aar"] for row in rows if row["retning"] != "venstresensur"})
    tables = []
    for direction, caption in (
        ("venstresensur", "Venstresensurerte"),
        ("tilgang", "Tilganger (ikke gruppeoverganger) pr. år og statuskode"),
        ("avgang", "Avganger (ikke gruppeoverganger) pr. år og statuskode"),
    ):
        lines: dict[str, dict[int, Cell | int | None]] = {}
        for row in rows:
            if row["retning"] == direction:
                lines.setdefault(row["status"], {})[row["aar"]] = int(row["antall"])
        of = sorted({year for line in lines.values() for year in line}) if direction == "venstresensur" else years
        order = sorted(lines, key=lambda status: (status != "Avsl", status))
        tables += by_year(
            f"t43-{direction}", caption, of, data.year,
            [("Avsl (X)" if status == "Avsl" else status, lines[status]) for status in order],
            total="Sum", first="Status",
        )  # fmt: skip
    return tables
