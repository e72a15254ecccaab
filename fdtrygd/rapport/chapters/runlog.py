"""The run log: all runs, and of the year's load its files, counts, times and settings."""

from datetime import date

from fdtrygd.rapport import text
from fdtrygd.rapport.source import Row, Source
from fdtrygd.rapport.tables import Cell, Table, num, table

#: What the run log calls its phases.
PHASES = {
    "reading files": "Lese filer",
    "miniregister": "Miniregister",
    "comparing months": "Sammenligne måneder",
    "spells": "Forløp",
    "putting in place": "Legge på plass",
    "controls": "Kontrollere",
    "unloading": "Ta tilbake",
}
SETTINGS = {
    "serie_start": "Seriens start",
    "sammensying_dager": "Sammensying, dager (13-ukersregelen)",
    "avslutning_dager": "Avslutning etter dager uten registrering",
    "testnumre": "Testpersoners numre regnes som gyldige",
    "arbeidsminne_mb": "Arbeidsminne, MB",
}


def warned(data: Source, run: Row) -> int:
    """How many things a run warned of: what its controls found, not how many sentences it said of it."""
    found: int = sum(
        number for control, number in run["kontroller"].items()
        if data.catalogue.get(control, {}).get("alvor") == "advarsel"
    )  # fmt: skip
    return found + sum(each.partition(": ")[0] not in run["kontroller"] for each in run["advarsler"])


def runs(data: Source) -> Table:
    """All runs of all years."""
    rows = [
        [
            str(row["kjoring"]),
            {"load": "lastet", "unload": "tatt tilbake"}.get(row["handling"], row["handling"]),
            str(row["aargang"]),
            Cell(text.moment(row["startet"]), "tid"),
            Cell(text.number((row["ferdig"] - row["startet"]).total_seconds(), 1), "num"),
            row["bruker"],
            row["produktversjon"],
            Cell(row["objektversjon"], "kode"),
            num(sum(file["antall"] for file in row["filer"])),
            num(warned(data, row)),
        ]
        for row in data["kjorelogg"]
    ]
    return table(
        "kjoringer", "Alle kjøringer",
        ["Kjøring", "Handling", "Årgang", "Startet", "Sekunder", "Bruker", "Produkt", "Regler", "Records lest",
         "Advarsler"],
        rows,
    )  # fmt: skip


def recorded_checks(data: Source) -> list[str]:
    """What the run log itself says of the controls at the load, and of what was accepted."""
    load = data.load

    def title(control: str) -> str:
        """What the control is called, or its name if it is no longer in the catalogue."""
        return str(data.catalogue[control]["tittel"]) if control in data.catalogue else control

    found = [f"«{title(name)}»: {value}" for name, value in sorted(load["kontroller"].items()) if value]
    return [
        f"Kontroller ved lastingen: {len(load['kontroller'])} kjørt"
        + (f", funn i {', '.join(found)}." if found else ", ingen funn.")
        if load["kontroller"]
        else "Kontroller ved lastingen: ingen er ført i kjøreloggen.",
        *(f"Godtatt: «{title(name)}»: {text.typed(reason)}" for name, reason in sorted(load["godtatt"].items())),
    ]


def files(data: Source) -> Table:
    """The month files that the year was loaded from."""
    delivered = data.load["filer"]
    return table(
        "filer", f"Månedsfilene for {data.year}",
        ["Fil", "Måned", "Records", "Byte", "Uttrekksdato", "SHA-256"],
        [
            [
                Cell(file["fil"], "kode"), text.month(date.fromisoformat(file["mnddato"])), num(file["antall"]),
                num(file["bytes"]),
                text.day(date.fromisoformat(file["dagdato"]) if file["dagdato"] else None),
                Cell(file["sha256"], "kode lang"),
            ]
            for file in delivered
        ],
        [["Sum", "", num(sum(file["antall"] for file in delivered)), num(sum(file["bytes"] for file in delivered)),
          "", ""]],
    )  # fmt: skip


def load_tables(data: Source) -> list[Table]:
    """What the year's load counted, how long it took, with which settings, and the same step by step."""
    load = data.load
    counts, seconds = load["antall"], dict(load["sekunder"])
    steps = seconds.pop("steps", {})
    before = next(
        (
            row["antall"]
            for row in reversed(data["kjorelogg"])
            if row["aargang"] == data.year - 1 and row["handling"] == "load"
        ),
        None,
    )
    current = data["innstilling"][0]
    posts = {row["navn"]: f"{'– ' * row['innrykk']}{row['tittel_norsk']}" for row in data["tellepost"]}
    return [
        table(
            "antall", "Antall", ["Hva", str(data.year), str(data.year - 1)],
            [
                [label, num(counts[name]), num(before.get(name, 0)) if before else Cell(text.IMPOSSIBLE, "num")]
                for name, label in posts.items()
                if name in counts
            ],
        ),
        table(
            "tid", "Tid per fase, sekunder", ["Fase", "Sekunder"],
            [[PHASES.get(name, name), num(seconds[name], 2)]
             for name in sorted(seconds, key=lambda each: (list(PHASES).index(each) if each in PHASES else 99,
                                                           each))],
            [["Sum", num(sum(seconds.values()), 2)]],
        ),
        table(
            "innstillinger", "Innstillinger", ["Innstilling", "Da årgangen ble lastet", "Nå"],
            [
                [
                    SETTINGS.get(name, name), setting(value),
                    Cell(setting(current[name]), "",
                         "" if setting(current[name]) == setting(value) else "avvik")
                    if name in current else "",
                ]
                for name, value in sorted(load["innstillinger"].items())
            ],
        ),
        table(
            "steg", "Antall og tid per steg", ["Steg", "Antall", "Sekunder"],
            [
                [Cell(name, "kode"), num(counts[name]) if name in counts else "",
                 num(steps[name], 3) if name in steps else ""]
                for name in sorted({*steps, *(name for name in counts if name not in posts)})
            ],
            notes=["Sekunder over alle forbindelser som arbeidet samtidig."],
        ),
    ]  # fmt: skip


def setting(value: object) -> str:
    """A setting's value in Norwegian."""
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, int):
        return text.number(value)
    return text.day(date.fromisoformat(str(value))) if isinstance(value, date) or "-" in str(value) else str(value)
