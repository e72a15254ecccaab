"""The ledger: each record of the month files has one outcome, and the sums agree."""

from collections.abc import Callable, Sequence

from fdtrygd.rapport import text
from fdtrygd.rapport.source import Row, Source
from fdtrygd.rapport.tables import Cell, Table, num, table

OUTCOMES = {
    "tall_i_as_stat": "Siffer i statuskoden (lagt til side)",
    "ugyldig_fnr": "Ugyldig fnr (lagt til side)",
    "dublett": "Dublett (lagt til side)",
    "foer_start": "Før seriens start",
    "bekreftet": "Bekreftet løpende",
    "ga_record": "Ga record",
    "vraket": "Vraket",
}
#: The outcomes of records that are not in the miniregister.
ASIDE = ("tall_i_as_stat", "ugyldig_fnr", "dublett")


def rows_of(rows: Sequence[Row], label: Callable[[Row], Sequence[object]]) -> list[list[object]]:
    """A line for each row, with what it is called in front and what is unaccounted for at the end."""
    return [
        [
            *label(row), row["lest"], *(row[outcome] for outcome in OUTCOMES),
            Cell(f"≠ {text.number(row['differanse'])}", "num", "avvik") if row["differanse"] else num(0),
        ]
        for row in rows
    ]  # fmt: skip


def ledger(data: Source) -> list[Table]:
    """By month file, the sums that must agree, and by year."""
    head = ["Lest", *OUTCOMES.values(), "Differanse"]
    month_rows = data["regnskap"]
    total = ["Sum", "", *(sum(row[name] for row in month_rows) for name in ("lest", *OUTCOMES, "differanse"))]
    months = table(
        "regnskap-mnd", f"Regnskap per månedsfil, {data.year}", ["Måned", "Fil", *head],
        rows_of(month_rows, lambda row: [text.month(row["mnddato"]), Cell(row["fil"], "kode")]),
        [total],
    )  # fmt: skip
    years = table(
        "regnskap-aar", "Regnskap per årgang", ["Årgang", *head],
        rows_of(data["regnskap_aargang"], lambda row: [str(row["aargang"])]),
    )  # fmt: skip
    agreeing = table(
        "regnskap-summer", f"Stemmer summene for {data.year}?", ["Sum", "Den ene", "Den andre", "Differanse"],
        [
            [words, a, b, Cell(f"≠ {text.number(off)}", "num", "avvik") if off else Cell("stemmer", "num")]
            for words, a, b, off in sums(data)
        ],
    )  # fmt: skip
    return [months, agreeing, years]


def sums(data: Source) -> list[tuple[str, int, int, int]]:
    """Sums that must agree: what they are, the one, the other, and the difference."""
    months, (of_year,) = data["regnskap"], data.of_year("regnskap_aargang")
    (register,) = data.of_year("miniregister_kontroll")
    counts, files = data.load["antall"], data.load["filer"]
    lest, outcomes = (sum(row["lest"] for row in months), sum(row[o] for row in months for o in OUTCOMES))
    kept = sum(row[name] for row in months for name in OUTCOMES if name not in ASIDE)
    pairs = [
        ("Lest i månedsfilene mot alle utfall", lest, outcomes),
        ("Sum av månedene mot årgangens regnskap", lest, of_year["lest"]),
        ("Regnskap mot kjøreloggens filer", lest, sum(file["antall"] for file in files)),
        ("Regnskap mot tabell 4.1, grunnlagsfil", lest, register["grunnlagsfil"]),
        ("Registreringer i regnskapet mot miniregisteret (4.1)", kept, register["miniregister"]),
        ("Vraket i regnskapet mot kjøreloggen", sum(row["vraket"] for row in months), counts.get("vrakede", 0)),
    ]
    return [(words, int(a), int(b), int(a) - int(b)) for words, a, b in pairs]
