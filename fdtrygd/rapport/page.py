"""The report's page: the source's rows become tables, pictures and sentences, and these one HTML file."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from fdtrygd.db.database import Connection
from fdtrygd.rapport import charts, source, text
from fdtrygd.rapport.charts import Chart, Panel, Series
from fdtrygd.rapport.source import Row, Source
from fdtrygd.rapport.tables import Cell, Table, blocks, by_year, cell, num, table
from fdtrygd.settings import product_version

OK, LOOK, WRONG = "ok", "se", "feil"
#: A sign for each state, so that it can be told without its colour.
SIGNS = {OK: "✓", LOOK: "!", WRONG: "✗"}
#: Groups that get a panel of their own, the biggest: NAV has had up to 15.
PANELS = 16
#: Codes listed at most: a column that went wrong may have as many as it has records.
CODES = 60
#: The survival curves' reach and step, in days.
REACH, STEP = 1099, 7
#: The series' first months, in which spells that may have run before it are no entries; and the last loaded year's last
#: ones, whose exits the next year may add to: 13 weeks, and what of a month they touch.
YOUNG, UNSETTLED = 3, 4
#: Warnings of a control that are said in full, as the load does.
MOST_SENTENCES = 3
#: What the known breaks (dekning_regel) are, in a few words.
BREAKS = {
    date(2001, 11, 1): "13-ukersregelen for yrkeshemmede",
    date(2002, 10, 1): "nye statuskoder og hovedgrupper",
    date(2009, 1, 1): "hovedgrupper til og med 15",
}
#: What a run of the controls was part of.
OCCASIONS = {"load": "lastingen", "check": "make check"}

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
CONSISTENCY = {
    "konsistent": "Konsistent",
    "feil_datering": "Inkonsistens, feilaktig datering",
    "annen_inkonsistens": "Annen inkonsistens",
    "vraket": "Vrakede",
}
ACTIONS = {
    "venstresensur": "venstresensurert tilgang",
    "tilgang": "tilgang",
    "ingen": "ingen record",
    "endring": "endring",
    "gruppeovergang": "gruppeovergang",
    "avgang_tilgang": "avgang og ny tilgang",
    "vrak": "vrakes",
}


@dataclass(frozen=True)
class Tile:
    """A field of the summary: how one side of the year stands, and where to read on."""

    title: str
    state: str
    words: str
    link: str


@dataclass(frozen=True)
class Picture:
    """A chart with what stands below it and its numbers."""

    chart: Chart
    caption: str
    numbers: list[Table]


class Report:
    """The page's parts, made from the rows."""

    def __init__(self, data: Source) -> None:
        self.data = data
        self.year = data.year
        self.years = data.years
        self.names = {row["hoved"]: row["gruppe"] for row in data["asok_kontroll"]}
        self.meanings = {
            row["status"]: row["tekst"] for name in ("statuskode", "asok_status") for row in data[name] if row["tekst"]
        }
        self.synthetic = any(row["syntetisk"] for row in data["lastet_aargang"])
        self.catalogue = {row["kontroll"]: row for row in data["kontroll"]}
        self.start: date = data["innstilling"][0]["serie_start"]
        #: the known breaks that a picture may show: of every table, and of the main groups
        self.breaks = sorted(
            {
                row["brudd"]
                for row in data["dekning_regel"]
                if row["brudd"] > self.start and (row["slag"] == "tabell" or row["variabel"] == "hoved")
            }
        )

    # Words

    def group(self, hoved: str | None) -> str:
        """A main group with its name; without one, all of them: the main spell."""
        if hoved is None:
            return "Hele tilfellet"
        name = self.names.get(hoved)
        return f"{text.code(hoved)} {name}" if name else text.code(hoved)

    def meaning(self, status: str) -> str:
        """What a status code says; of five characters, what those say that begin with them."""
        if status == "Avsl":
            return (
                "Avsluttet av avslutningsprosedyren: X står i stedet for andre tegn i statusen til tilfellets siste "
                "record."
            )
        found = self.meanings.get(status) or self.meanings.get(status + "a")
        if found is None:
            begun = sorted({words for known, words in self.meanings.items() if known.startswith(status)})
            found = begun[0] if len(begun) == 1 else common(begun)
        return found or text.MISSING

    def groups(self, rows: Sequence[Row], *columns: str) -> list[str]:
        """The main groups in the rows in order, the biggest ones if they are many."""
        sizes: defaultdict[str, int] = defaultdict(int)
        for row in rows:
            for column in columns:
                if row[column] is not None:
                    sizes[row[column]] += row["antall"]
        biggest = sorted(sizes, key=lambda hoved: (-sizes[hoved], hoved))[:PANELS]
        return sorted(biggest, key=lambda hoved: (len(hoved), hoved))

    # The summary

    def load(self) -> Row:
        """The run that loaded the year."""
        return [row for row in self.data["kjorelogg"] if row["aargang"] == self.year and row["handling"] == "load"][-1]

    def warnings(self) -> list[str]:
        """A sentence for each thing that the load warned of, of many of a kind the first ones."""
        sentences: list[str] = []
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.data["advarsel"]:
            found[row["kontroll"]].append(row)
        for rows in found.values():
            sentences += [f"{rows[0]['tittel']}: {words}" for words in first(rows)]
        # What the run log has from elsewhere, or from a version that kept no findings
        sentences += [each for each in self.load()["advarsler"] if each.partition(": ")[0] not in found]
        return [text.sentence(text.typed(each)) for each in [*sentences, *ways_back(self.data["advarsel"])]]

    def news(self, control: str) -> list[str]:
        """A sentence for each finding of the newest run of the controls that the load did not warn of."""
        said = [(row["kontroll"], row["setning"]) for row in self.data["advarsel"]]
        rows = [row for row in self.data["funn"] if row["kontroll"] == control]
        new = [row for row in rows if (control, row["setning"]) not in said]
        return [text.sentence(text.typed(each)) for each in (*first(new), *ways_back(new))]

    def warned(self, run: Row) -> int:
        """How many things a run warned of, by its log: what the controls found, not what was said of it."""
        found: int = sum(
            number for control, number in run["kontroller"].items()
            if self.catalogue.get(control, {}).get("alvor") == "advarsel"
        )  # fmt: skip
        return found + sum(each.partition(": ")[0] not in run["kontroller"] for each in run["advarsler"])

    def last_check(self) -> Row | None:
        """The last run of the controls that came to its end."""
        done = [row for row in self.data["kontrollkjoring"] if row["ferdig"] is not None]
        return done[-1] if done else None

    def stale(self) -> bool:
        """Whether the controls ran before the year was loaded (it has been taken back and loaded again)."""
        check, (loaded,) = self.last_check(), [row["lastet"] for row in self.data.of_year("lastet_aargang")]
        return check is not None and check["startet"] < loaded

    def offences(self) -> list[Row]:
        """The controls that found something."""
        return [row for row in self.data["kontrollstatus"] if row["antall"]]

    def unsaid(self) -> list[Row]:
        """Those among them that the load's warnings do not say: errors, and what a later run has found."""
        said = {row["kontroll"] for row in self.data["advarsel"]}
        return [
            row for row in self.offences()
            if row["alvor"] == "feil" or row["kontroll"] not in said or self.news(row["kontroll"])
        ]  # fmt: skip

    def strange(self) -> list[Row]:
        """Codes of no list that are new, or in the first year, and no known break explains: as the control ny_kode."""
        return [
            row for row in self.data["kodebruk"]
            if not row["i_kodeliste"] and row["kjent_brudd"] is None and (row["ny"] or row["antall_aaret_foer"] is None)
        ]  # fmt: skip

    def standing_out(self) -> list[Row]:
        """What changed so much that somebody should look, and no known break explains."""
        return [row for row in self.data["aarsendring"] if row["skiller_seg_ut"] and row["kjent_brudd"] is None]

    def known(self) -> int:
        """How much stands out because of a known break."""
        return sum(row["kjent_brudd"] is not None for row in self.data["aarsendring"])

    def because(self, row: Row) -> str:
        """The known break that explains the row."""
        if row["kjent_brudd"] is None:
            return ""
        named = "serien er ung, fra" if row["kjent_brudd"] == self.start else "kjent brudd"
        return f"{named} {text.day(row['kjent_brudd'])}"

    def deviating(self) -> list[Row]:
        return [row for row in self.data.of_year("asok_kontroll") if row["avvik"]]

    def tiles(self) -> list[Tile]:
        wrong = [row for row in self.offences() if row["alvor"] == "feil" and not row["godtatt"]]
        accepted = [row for row in self.offences() if row["alvor"] == "feil" and row["godtatt"]]
        suspicious = [row for row in self.unsaid() if row["alvor"] != "feil"]
        if not self.data["kontrollstatus"]:
            controls = Tile("Kontroller", LOOK, "Årgangen er ikke kontrollert.", "kontroller")
        elif wrong:
            found = sum(row["antall"] for row in wrong)
            words = f"{count(len(wrong), 'kontroll', 'kontroller')} har feil: {count(found, 'record', 'records')}."
            controls = Tile("Kontroller", WRONG, words, "kontroller")
        elif self.stale():
            controls = Tile("Kontroller", LOOK, "Siste kontroll er fra før årgangen ble lastet.", "kontroller")
        elif accepted or suspicious:
            words = text.listed(
                f"{count(len(of), 'kontroll', 'kontroller')} med {what}"
                for of, what in ((accepted, "feil som er godtatt"), (suspicious, "advarsler"))
                if of
            )
            controls = Tile("Kontroller", LOOK, f"{words[0].upper()}{words[1:]}.", "kontroller")
        else:
            run = count(len(self.data["kontrollstatus"]), "kontroll", "kontroller")
            words = f"{run}, ingen feil." if self.offences() else f"{run}, ingen funn."
            controls = Tile("Kontroller", OK, words, "kontroller")
        off = [row for row in self.sums() if row[3]]
        lest = sum(row["lest"] for row in self.data["regnskap"])
        ledger = (
            Tile("Regnskap", WRONG, f"{count(len(off), 'sum', 'summer')} stemmer ikke.", "regnskap")
            if off
            else Tile("Regnskap", OK, f"Alle {text.number(lest)} records har ett utfall.", "regnskap")
        )
        no_groups = all(row["offisiell"] is None for row in self.data.of_year("asok_kontroll"))
        unlike = 0 if self.synthetic else len(self.deviating())
        return [
            controls,
            ledger,
            self.tile(
                "Advarsler fra lastingen", self.warned(self.load()), "advarsel", "advarsler", "Ingen.", "oversikt"
            ),
            self.tile(
                "Skiller seg ut fra året før", len(self.standing_out()), "forhold", "forhold",
                "Første årgang: ingen å sammenligne med." if not self.data["aarsendring"]
                else f"Ingenting utenom kjente brudd ({text.number(self.known())})." if self.known()
                else "Ingen forhold.",
                "endringer",
            ),
            self.tile(
                "Mot offisiell statistikk", unlike, "hovedgruppe avviker", "hovedgrupper avviker",
                "Ingen tall er publisert for året." if no_groups
                else "Syntetiske data: avvik sier ingenting." if self.synthetic
                else "Ingen avvik på 1 prosent eller mer.", "t42",
            ),
            self.tile(
                "Koder", len(self.strange()), "ny eller ukjent kode", "nye eller ukjente koder",
                "Ingen å se på; noen ved kjente brudd, i kodelisten eller sett før." if self.data["kodebruk"]
                else "Alle er kjent fra før.", "koder",
            ),
        ]  # fmt: skip

    def tile(self, title: str, found: int, one: str, many: str, none: str, link: str) -> Tile:
        return Tile(title, LOOK if found else OK, f"{count(found, one, many)}." if found else none, link)

    def verdict(self) -> tuple[str, str]:
        """The whole year in one state and one sentence."""
        states = [tile.state for tile in self.tiles()]
        if WRONG in states:
            return WRONG, f"Årgang {self.year} har feil og bør ikke brukes før de er forklart eller rettet."
        if LOOK in states:
            return (
                LOOK,
                f"Årgang {self.year}: {states.count(LOOK)} av {len(states)} felt å se på; ingen uavklarte feil.",
            )
        return OK, f"Årgang {self.year} er i orden: ingen funn, og ingenting å se på."

    # Controls and ledger

    def promise(self, row: Row) -> Cell:
        """What a control promises, and where its records are seen."""
        words = self.catalogue[row["kontroll"]]["lover_norsk"] or row["tittel"]
        return Cell(f"{words} Spørring: {row['sporring']}", "tekst")

    def found(self) -> Table | None:
        """The controls that found something, errors first."""
        rows = []
        offences = sorted(self.offences(), key=lambda row: row["alvor"] != "feil")
        accepted = any(row["godtatt"] for row in offences)
        for row in offences:
            serious = row["alvor"] == "feil" and not row["godtatt"]
            state = WRONG if serious else LOOK
            words = "feil" if serious else "godtatt" if row["godtatt"] else "advarsel"
            rows.append(
                [
                    Cell(row["tittel"]),
                    Cell(f"{SIGNS[state]} {words}", "tilstand", state),
                    num(row["antall"], mark="avvik" if serious else ""),
                    *(
                        Cell(text.IMPOSSIBLE if row[name] is None else text.number(row[name]), "num")
                        for name in ("nye", "loeste", "fortsatt", "forrige_aar")
                    ),
                    self.promise(row),
                    *([Cell(text.typed(row["godtatt"] or ""), "tekst")] if accepted else []),
                ]
            )
        if not rows:
            return None
        return table(
            "kontroller-funn", f"Kontroller av årgang {self.year} med funn",
            ["Kontroll", "Tilstand", "Funn", "nye", "løste", "fortsatt", "året før", "Hva den lover",
             *(["Godtatt fordi"] if accepted else [])],
            rows,
            notes=["nye, løste, fortsatt: mot forrige kontroll av samme årgang. Punktum: det er ingen å sammenligne "
                   "med."],
        )  # fmt: skip

    def sound(self) -> Table:
        """The controls that found nothing, with what the run before or the year before had."""
        return table(
            "kontroller-uten-funn", f"Kontroller av årgang {self.year} uten funn",
            ["Kontroll", "Tilstand", "Alvor", "løste", "året før", "Hva den lover"],
            [
                [
                    Cell(row["tittel"]), Cell(f"{SIGNS[OK]} i orden", "tilstand", OK), row["alvor"],
                    *(Cell(text.IMPOSSIBLE if row[name] is None else text.number(row[name]), "num")
                      for name in ("loeste", "forrige_aar")),
                    self.promise(row),
                ]
                for row in self.data["kontrollstatus"] if not row["antall"]
            ],
        )  # fmt: skip

    def holding(self) -> str:
        """How many controls found nothing."""
        return count(sum(not row["antall"] for row in self.data["kontrollstatus"]), "kontroll", "kontroller")

    def checked(self) -> str:
        """When and by whom the controls were run."""
        check = self.last_check()
        if check is None:
            return "Ingen kontroll av årgangen er ført."
        again = " Årgangen er lastet på nytt etterpå: kontroller den igjen (make check)." if self.stale() else ""
        return (
            f"Siste kontroll: {text.moment(check['ferdig'])} ved {OCCASIONS[check['anledning']]} "
            f"(bruker {check['bruker']}, produkt {check['produktversjon']}, regler {check['objektversjon']}).{again}"
        )

    def ledger_rows(self, name: str, label: Callable[[Row], Sequence[object]]) -> list[list[object]]:
        return [
            [
                *label(row), row["lest"], *(row[outcome] for outcome in OUTCOMES),
                Cell(f"≠ {text.number(row['differanse'])}", "num", "avvik")
                if row["differanse"]
                else num(0),
            ]
            for row in self.data[name]
        ]  # fmt: skip

    def ledger(self) -> list[Table]:
        head = ["Lest", *OUTCOMES.values(), "Differanse"]
        month_rows = self.data["regnskap"]
        total = ["Sum", "", *(sum(row[name] for row in month_rows) for name in ("lest", *OUTCOMES, "differanse"))]
        months = table(
            "regnskap-mnd", f"Regnskap per månedsfil, {self.year}", ["Måned", "Fil", *head],
            self.ledger_rows("regnskap", lambda row: [text.month(row["mnddato"]), Cell(row["fil"], "kode")]),
            [total],
        )  # fmt: skip
        years = table(
            "regnskap-aar", "Regnskap per årgang", ["Årgang", *head],
            self.ledger_rows("regnskap_aargang", lambda row: [str(row["aargang"])]),
        )  # fmt: skip
        sums = table(
            "regnskap-summer", f"Stemmer summene for {self.year}?", ["Sum", "Den ene", "Den andre", "Differanse"],
            [
                [words, a, b, Cell(f"≠ {text.number(off)}", "num", "avvik") if off else Cell("stemmer", "num")]
                for words, a, b, off in self.sums()
            ],
        )  # fmt: skip
        return [months, sums, years]

    def sums(self) -> list[tuple[str, int, int, int]]:
        """Sums that must agree: what they are, the one, the other, the difference."""
        months, (of_year,) = self.data["regnskap"], self.data.of_year("regnskap_aargang")
        (register,) = self.data.of_year("miniregister_kontroll")
        counts, files = self.load()["antall"], self.load()["filer"]
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

    # Against the year before

    def changes(self) -> Table | None:
        rows: list[list[object]] = []
        theme = ""
        for row in self.data["aarsendring"]:
            if row["tema"] != theme:
                theme = row["tema"]
                rows.append([theme])
            moved = text.IMPOSSIBLE if row["forrige"] == 0 else text.change(row["endring_prosent"])
            rows.append(
                [
                    text.sentence(row["post"]), row["forrige"], row["denne"],
                    Cell(f"! {moved}", "num", LOOK) if row in self.standing_out() else Cell(moved, "num"),
                    *([self.because(row)] if self.known() else []),
                ]
            )  # fmt: skip
        if not rows:
            return None
        return table(
            "endringer-tabell", f"Årgang {self.year} mot {self.year - 1}",
            ["", str(self.year - 1), str(self.year), "Endring", *(["Kjent grunn"] if self.known() else [])], rows,
            notes=["! skiller seg ut; setningene står øverst på siden."] if self.standing_out() else [],
        )  # fmt: skip

    # Chapter 4

    def table_41(self) -> list[Table]:
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
        rows = {row["aargang"]: row for row in self.data["miniregister_kontroll"]}
        return by_year(
            "t41-tabell", "4.1 Kontroller av miniregisteret", self.years, self.year,
            [(label, {year: row[name] for year, row in rows.items()}) for name, label in lines.items()],
        )  # fmt: skip

    def table_42(self) -> list[Table]:
        """The report's year in full, then the source's table for all years."""
        head = ["Hovedgruppe (årsgjennomsnitt)", "Filene", "Offisiell statistikk", "Differanse", "Prosent", "", "Kilde"]
        rows = self.data.of_year("asok_kontroll")
        known = [row for row in rows if row["offisiell"] is not None]
        total = [
            "Sum", num(sum(row["filene"] for row in rows)), num(sum(row["offisiell"] for row in known)), "", "", "", "",
        ]  # fmt: skip
        tables = [
            table(
                "t42-aaret", f"4.2 Kontroll mot offisiell statistikk, {self.year}", head,
                [
                    [
                        self.group(row["hoved"]), num(row["filene"]), num(row["offisiell"]), num(row["differanse"]),
                        Cell(text.MISSING if row["offisiell"] is None else text.change(row["differanse_prosent"])
                             if row["differanse_prosent"] else text.NONE, "num"),
                        Cell("≠ avvik", "", "avvik") if row["avvik"] and not self.synthetic else "",
                        row["kilde"] or "",
                    ]
                    for row in rows
                ],
                [total],
                notes=["Avvik: minst 1 prosent og minst én person. Summen av offisiell statistikk er over de "
                       "publiserte gruppene."],
            )
        ]  # fmt: skip
        found = {(row["aargang"], row["hoved"]): row for row in self.data["asok_kontroll"]}
        years = sorted({year for year, _ in found})
        for place, (continued, some) in enumerate(blocks(years, 5)):
            lines: list[list[object]] = []
            for hoved in sorted({hoved for _, hoved in found}, key=lambda each: (len(each), each)):
                line: list[object] = [self.group(hoved)]
                for year in some:
                    row = found.get((year, hoved), {"filene": 0, "offisiell": None, "avvik": False})
                    line += [num(row["filene"]), num(row["offisiell"])]
                    if row["avvik"] and not self.synthetic:
                        line[-2] = Cell(f"≠ {text.number(row['filene'])}", "num", "avvik")
                lines.append(line)
            sums: list[object] = ["Sum"]
            for year in some:
                of = [row for row in self.data["asok_kontroll"] if row["aargang"] == year]
                sums += [num(sum(r["filene"] for r in of)), num(sum(r["offisiell"] or 0 for r in of))]
            tables.append(
                table(
                    f"t42-{place}", f"4.2 Kontroll mot offisiell statistikk, alle årganger{continued}",
                    ["", *("Filene", "Offisiell") * len(some)], lines, [sums],
                    groups=[("", 1), *((str(year), 2) for year in some)],
                    highlight=frozenset(
                        column for at, year in enumerate(some) if year == self.year
                        for column in (1 + 2 * at, 2 + 2 * at)
                    ),
                    notes=["≠ avvik fra offisiell statistikk. .. ikke publisert."],
                )
            )  # fmt: skip
        return tables

    def table_43(self) -> list[Table]:
        events: defaultdict[str, dict[int, Cell | int | None]] = defaultdict(dict)
        for row in self.data["hendelser_konsistens"]:
            events[row["konsistens"]][row["aargang"]] = int(row["antall"])
        labels = {row["konsistens"]: row["tekst"] for row in self.data["hendelser_konsistens"]}
        tables = by_year(
            "t43-hendelser", "Hendelser i forløpstabellen, etter inkonsistens på miniregisteret", self.years, self.year,
            [(label, events[name]) for name, label in {**CONSISTENCY, **labels}.items()], total="Sum",
        )  # fmt: skip
        for ident, view, caption in (
            ("t43-13uker", "sammensyinger_13_uker", "Antall sammensyinger etter 13-ukersregelen (yrkeshemmede)"),
            ("t43-andre", "oppsplittinger_sammensyinger",
             "Antall oppsplittinger og sammensyinger ekskl. 13-ukersregelen"),
        ):  # fmt: skip
            kinds: dict[str, dict[int, Cell | int | None]] = {}
            notes = {}
            for row in self.data[view]:
                kinds.setdefault(row["hendelsestype"], {})[row["aargang"]] = int(row["antall"])
                notes[row["hendelsestype"]] = row["statuskoder"]
            tables += by_year(
                ident, caption, self.years, self.year, list(kinds.items()), first="Type hendelse", total="Sum",
                notes=[f"{kind}: statuskodene {codes}" for kind, codes in notes.items()],
            )  # fmt: skip
        return tables

    def entries_and_exits(self) -> list[Table]:
        rows = self.data["tilganger_avganger"]
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
                f"t43-{direction}", caption, of, self.year,
                [("Avsl (X)" if status == "Avsl" else status, lines[status]) for status in order],
                total="Sum", first="Status",
            )  # fmt: skip
        return tables

    def status_rows(self) -> list[list[object]]:
        """A row for each status of the year, and for each that a table of all years has."""
        rows = {row["status"]: row for row in self.data.of_year("asok_status") if not closing(row["status"])}
        before = {row["status"]: row for row in self.data["asok_status"] if row["aargang"] == self.year - 1}
        elsewhere = {row["status"]: row for row in self.data["asok_status"] if not closing(row["status"])}
        return [
            [
                status,
                num(rows[status]["registreringer"] if status in rows else 0),
                num(rows[status]["records"] if status in rows else 0),
                num(before[status]["records"]) if status in before
                else (num(0) if before else Cell(text.IMPOSSIBLE, "num")),
                CONSISTENCY.get(row["konsistens"] or "", row["konsistens"] or ""),
                ACTIONS.get(row["handling"] or "", row["handling"] or ""),
                Cell(row["tekst"] or self.meaning(status), "tekst"),
            ]
            for status, row in sorted(elsewhere.items())
        ]  # fmt: skip

    def status_tables(self) -> tuple[Table, Table]:
        """The codes that registrations got, those of the closing procedure on one line; and these by themselves."""
        closed = {
            year: {
                row["status"]: row["records"] for row in self.data["asok_status"]
                if row["aargang"] == year and closing(row["status"])
            }
            for year in (self.year, self.year - 1)
        }  # fmt: skip
        impossible = Cell(text.IMPOSSIBLE, "num")

        def earlier(number: int) -> Cell:
            return num(number) if self.year - 1 in self.years else impossible

        total = [
            "Avsl (X)", impossible, num(sum(closed[self.year].values())),
            earlier(sum(closed[self.year - 1].values())), "", "avgang", Cell(self.meaning("Avsl"), "tekst"),
        ]  # fmt: skip
        return (
            table(
                "status-tabell", f"Statuskontroll, {self.year}",
                ["Status", "Registreringer", "Records", f"Records {self.year - 1}", "Konsistens", "Handling",
                 "Betydning"],
                [*self.status_rows(), total],
                notes=["a sist i Y-koder: antall påbegynte uker, A = 1 til M = 13."],
            ),
            table(
                "status-x", f"Avsluttet av avslutningsprosedyren, {self.year}",
                ["Status", "Records", f"Records {self.year - 1}", "Status på den siste recorden"],
                [
                    [status, num(records), earlier(closed[self.year - 1].get(status, 0)), self.closed_from(status)]
                    for status, records in sorted(closed[self.year].items())
                ],
            ),
        )  # fmt: skip

    def closed_from(self, status: str) -> str:
        """The statuses that the closing procedure turns into this one: their second character became X."""
        lettered = status[:5] + "a" if status.startswith("Y") else status  # a stands for the letter of the weeks
        known = sorted(row["status"] for row in self.data["statuskode"])
        return " eller ".join(each for each in known if each[:1] + "X" + each[2:] == lettered)

    def familiar(self) -> str:
        """How many codes need no look."""
        return count(len(self.data["kodebruk"]) - len(self.strange()), "kode", "koder")

    def codes(self, strange: bool) -> Table | None:
        """The new and unknown codes to look at, or those that a known break or a list explains, or seen before."""
        rows = [row for row in self.data["kodebruk"] if (row in self.strange()) == strange]
        if not rows:
            return None
        mark = LOOK if strange else ""
        shown: list[list[object]] = []
        for variable in sorted({row["variabel"] for row in rows}):
            of = [row for row in rows if row["variabel"] == variable]
            shown += [
                [
                    f"{variable} {text.code(row['verdi'])}",
                    num(row["antall"]),
                    num(row["antall_aaret_foer"] or 0),
                    text.month(row["foerste_maaned"]),
                    Cell("ny" if row["ny"] else "", "", mark),
                    Cell("" if row["i_kodeliste"] else "ikke i kodelisten", "", mark),
                    self.because(row),
                ]
                for row in of[:CODES]
            ]
            if len(of) > CODES:
                rest = sum(row["antall"] for row in of[CODES:])
                shown.append(
                    [f"{variable}: {count(len(of) - CODES, 'kode', 'koder')} til", num(rest), "", "", "", "", ""]
                )
        return table(
            "koder-tabell" if strange else "koder-kjente",
            f"Nye og ukjente koder i {self.year}"
            + ("" if strange else ", ved kjente brudd, i kodelisten eller sett før"),
            ["Variabel og kode", "Records", f"Records {self.year - 1}", "Første måned", "Ny", "Kodeliste",
             "Kjent grunn"],
            shown,
        )  # fmt: skip

    # Durations

    def durations(self) -> Table:
        head = ["Hovedgruppe", "Antall", "1. kvartil", "Median", "3. kvartil", f"Median {self.year - 1}",
                "Venstresensurerte", "Løper ved årets utgang"]  # fmt: skip
        before = {row["hoved"]: row for row in self.data["varighet_kontroll"] if row["aargang"] == self.year - 1}
        rows = [
            [
                self.group(row["hoved"]), num(row["antall"]), num(row["kvartil_1"]), num(row["median"]),
                num(row["kvartil_3"]),
                num(before[row["hoved"]]["median"]) if row["hoved"] in before else Cell(text.IMPOSSIBLE, "num"),
                num(row["venstresensurerte"]), num(row["lopende"]),
            ]
            for row in self.duration_rows()
        ]  # fmt: skip
        return table(
            "varighet-tabell", f"Varighet i dager av tilfeller som lastingen av {self.year} avsluttet", head, rows,
            notes=["Antall og kvartiler: avsluttede tilfeller med kjent begynnelse. Venstresensurerte: avsluttet, "
                   "men begynnelsen er ukjent."],
        )  # fmt: skip

    def duration_rows(self) -> list[Row]:
        """The main spell first, then the groups."""
        rows = self.data.of_year("varighet_kontroll")
        return sorted(rows, key=lambda row: (row["hoved"] is not None, len(row["hoved"] or ""), row["hoved"] or ""))

    def quartiles(self) -> Picture | None:
        before = {row["hoved"]: row for row in self.data["varighet_kontroll"] if row["aargang"] == self.year - 1}

        def three(row: Row | None) -> list[float] | None:
            known = row is not None and row["median"] is not None
            return [float(row[name]) for name in ("kvartil_1", "median", "kvartil_3")] if row and known else None

        rows = [(self.group(row["hoved"]), three(row), three(before.get(row["hoved"]))) for row in self.duration_rows()]
        rows = [row for row in rows if row[1] or row[2]][: PANELS + 1]
        if not rows:
            return None
        words = "; ".join(
            f"{label}: median {count(this[1], 'dag', 'dager')}, "
            f"kvartiler {text.number(this[0])} og {text.number(this[2])}"
            + (f", året før median {text.number(old[1])}" if old else "")
            for label, this, old in rows
            if this
        )
        return Picture(
            charts.chart("kvartiler", f"Varighet av avsluttede tilfeller, {self.year}", words,
                         charts.quartile_rows(rows)),
            "Strek fra 1. til 3. kvartil, ring ved medianen, som tallet er. "
            + (f"Øverst, blå: {self.year}; under, grå: {self.year - 1}. " if before else "")
            + "Dager. Tallene står i tabellen under.",
            [],
        )  # fmt: skip

    def survival(self) -> Picture | None:
        curves: defaultdict[str | None, list[Row]] = defaultdict(list)
        for row in self.data["overlevelse"]:
            curves[row["hoved"]].append(row)
        if not curves:
            return None
        sizes = {hoved: max(row["i_risiko"] for row in rows) for hoved, rows in curves.items()}
        kept = sorted((h for h in curves if h is not None), key=lambda h: (-sizes[h], h))[:PANELS]
        order = [*([None] if None in curves else []), *sorted(kept, key=lambda h: (len(h), h))]
        weekly = {hoved: at_lengths(curves[hoved], range(0, REACH + 1, STEP)) for hoved in order}
        reach = min(REACH, max((len(values) - 1) * STEP for values in weekly.values()) or STEP)
        panels = [
            Panel(
                self.group(hoved),
                [*([Series(weekly[None], dashed=True)] if hoved and None in weekly else []), Series(weekly[hoved])],
            )
            for hoved in order
        ]
        lengths = (30, 91, 182, 365, 730, 1096)
        shares = {hoved: {days: share_at(curves[hoved], days) for days in lengths} for hoved in order}
        words = "; ".join(
            f"{self.group(hoved)}: "
            + text.listed(
                f"{percent(share)} etter {days} dager"
                for days in (91, 365)
                if (share := shares[hoved][days]) is not None
            )
            for hoved in order
            if shares[hoved][91] is not None
        )
        numbers = table(
            "overlevelse-tabell", "Andel som fortsatt er i tilstanden, prosent",
            ["Hovedgruppe", *(f"{days} dager" for days in lengths)],
            [
                [self.group(hoved), *(
                    Cell(text.MISSING if (share := shares[hoved][days]) is None else text.number(100 * share, 1), "num")
                    for days in lengths
                )]
                for hoved in order
            ],
        )  # fmt: skip
        return Picture(
            charts.chart("overlevelse", f"Overlevelseskurver til og med årgang {self.year}", words,
                         charts.survival_panels(panels, reach, STEP)),
            "Andel som fortsatt er i tilstanden etter så lang tid (Kaplan–Meier, tilfeller med kjent begynnelse; de "
            f"som løper ved utgangen av {self.year}, er sensurert). Grå stiplet: hele tilfellet, til sammenligning.",
            [numbers],
        )  # fmt: skip

    # Stocks and flows

    def stock(self) -> Picture:
        rows = self.data["beholdning_maaned"]
        months = sorted({row["mnddato"] for row in rows})
        groups = self.groups(rows, "hoved")
        found = {(row["mnddato"], row["hoved"]): int(row["antall"]) for row in rows}
        total: defaultdict[date, int] = defaultdict(int)
        for row in rows:
            total[row["mnddato"]] += int(row["antall"])
        lines = [("I alt", [total[month] for month in months])] + [
            (self.group(hoved), [found.get((month, hoved), 0) for month in months]) for hoved in groups
        ]
        return Picture(
            charts.chart(
                "beholdning", "Beholdning per måned og hovedgruppe",
                self.extremes(lines, months, range(len(months))),
                charts.months_panels(
                    [Panel(label, [Series(values)]) for label, values in lines], months, self.year,
                    range(len(months)), self.breaks, mark=True,
                ),
            ),
            "Antall i miniregisteret på uttrekksdatoen.",
            [monthly("beholdning-tabell", "Beholdning per måned", months, lines, range(len(months)))],
        )  # fmt: skip

    def extremes(self, lines: Sequence[tuple[str, Sequence[float]]], months: Sequence[date], settled: range) -> str:
        """Monthly series in words."""
        return "; ".join(f"{label}: {charts.extremes(values, months, settled, self.breaks)}" for label, values in lines)

    def reading(self) -> str:
        """How the monthly pictures are read."""
        months = [row["mnddato"] for row in self.data["beholdning_maaned"]]
        known = [
            f"{charts.letter(place)} {text.day(day)} ({BREAKS.get(day, 'se dekning_regel')})"
            for place, day in enumerate(self.breaks)
            if min(months) < day <= max(months)
        ]
        return (
            f"Bildene per måned: hver rute har egen skala fra null. Gult felt: {self.year}. "
            + (f"Prikket loddrett strek: kjente brudd, {text.listed(known)}. " if known else "")
            + "Ring: et sprang fra måneden før som er langt større enn det vanlige, og ikke ved et kjent brudd; det "
            "største har tall der det er plass."
        )

    def flow_totals(self) -> tuple[list[date], list[tuple[str, list[int]]]]:
        rows = self.data["strom_maaned"]
        months = every_month([row["maaned"] for row in rows])
        sums: defaultdict[tuple[str, date], int] = defaultdict(int)
        for row in rows:
            kind = (
                "Tilganger (utenfra)" if row["fra_hoved"] is None
                else "Avganger (ut av registeret)" if row["til_hoved"] is None
                else "Gruppeoverganger"
            )  # fmt: skip
            sums[kind, row["maaned"]] += int(row["antall"])
        kinds = ("Tilganger (utenfra)", "Avganger (ut av registeret)", "Gruppeoverganger")
        return months, [(kind, [sums[kind, month] for month in months]) for kind in kinds]

    def settled(self, months: Sequence[date]) -> range:
        """The months of flows that are whole: without the series' first, and those that the next year adds to."""
        end = max(len(months) - UNSETTLED, 0)
        begin = self.start.year * 12 + self.start.month + YOUNG
        young = sum(month.year * 12 + month.month < begin for month in months)
        return range(min(young, end), end)

    def whole_months(self) -> str:
        """What the grey fields mean, and what the words and the table go by."""
        return (
            "Etter måneden hendelsene er datert i. Grått felt, og «ikke hel» i tabellene: seriens første tre måneder, "
            "der de som kan ha vært registrert fra før, ikke er tilganger (venstresensurerte), og de siste fire, som "
            f"årgang {self.years[-1] + 1} kan føye avganger til. Høyest og lavest i ord gjelder de hele månedene."
        )

    def flows(self) -> Picture | None:
        months, lines = self.flow_totals()
        if not months:
            return None
        settled = self.settled(months)
        return Picture(
            charts.chart(
                "strom", "Tilganger, avganger og gruppeoverganger per måned",
                self.extremes(lines, months, settled),
                charts.months_panels(
                    [Panel(label, [Series(values)]) for label, values in lines], months, self.year, settled,
                    self.breaks, mark=True,
                ),
            ),
            "På tilfellenivå, og mellom hovedgruppene.",
            [monthly("strom-tabell", "Strømmer per måned", months, lines, settled)],
        )  # fmt: skip

    def group_flows(self) -> Picture | None:
        rows = self.data["strom_maaned"]
        months = every_month([row["maaned"] for row in rows])
        if not months:
            return None
        into: defaultdict[tuple[str | None, date], int] = defaultdict(int)
        out: defaultdict[tuple[str | None, date], int] = defaultdict(int)
        for row in rows:
            into[row["til_hoved"], row["maaned"]] += int(row["antall"])
            out[row["fra_hoved"], row["maaned"]] += int(row["antall"])
        panels, lines = [], []
        settled = self.settled(months)
        for hoved in self.groups(rows, "fra_hoved", "til_hoved"):
            name = self.group(hoved)
            ins, outs = [into[hoved, month] for month in months], [out[hoved, month] for month in months]
            panels.append(Panel(name, [Series(ins), Series(outs, dashed=True)]))
            lines += [(f"{name}, inn", ins), (f"{name}, ut", outs)]
        return Picture(
            charts.chart("gruppestrom", "Inn i og ut av hver hovedgruppe per måned",
                         self.extremes(lines, months, settled),
                         charts.months_panels(panels, months, self.year, settled, self.breaks, mark=False)),
            "Hel blå strek: inn i gruppen, utenfra og fra andre grupper. Stiplet oransje: ut av den.",
            [monthly("gruppestrom-tabell", "Inn og ut per måned", months, lines, settled)],
        )  # fmt: skip

    def flow_matrix(self) -> Picture | None:
        rows = [row for row in self.data["strom_maaned"] if row["maaned"].year == self.year]
        groups = self.groups(rows, "fra_hoved", "til_hoved")
        if not groups:
            return None
        sums: defaultdict[tuple[str | None, str | None], int] = defaultdict(int)
        for row in rows:
            sums[row["fra_hoved"], row["til_hoved"]] += int(row["antall"])
        keys: list[str | None] = [None, *groups]
        fra = [("Utenfra", "Inn"), *((self.group(hoved), text.code(hoved)) for hoved in groups)]
        til = [("Ut av registeret", "Ut"), *((self.group(hoved), text.code(hoved)) for hoved in groups)]
        values = [[sums[a, b] for b in keys] for a in keys]
        ranked = sorted(
            ((values[y][x], y, x) for y in range(len(keys)) for x in range(len(keys)) if values[y][x]), reverse=True
        )
        words = "De største strømmene: " + "; ".join(
            f"{'fra ' + fra[y][0] if y else 'utenfra'} {'til ' + til[x][0] if x else 'ut av registeret'} "
            f"{text.number(size)}"
            for size, y, x in ranked[:6]
        )
        self_to_self = Cell("", "num")
        numbers = table(
            "matrise-tabell", f"Strømmer fra (rad) til (kolonne), {self.year}", ["Fra", *(label for label, _ in til)],
            [
                [fra[y][0], *(self_to_self if y == x else num(values[y][x]) for x in range(len(keys)))]
                for y in range(len(keys))
            ],
        )  # fmt: skip
        names = "; ".join(self.group(hoved) for hoved in groups)
        return Picture(
            charts.chart("matrise", f"Strømmer mellom hovedgrupper, {self.year}", words,
                         charts.matrix(fra, til, values)),
            f"Fra (rad) til (kolonne), datert i {self.year}; jo mørkere, jo flere. {names}.",
            [numbers],
        )  # fmt: skip

    def consistency(self) -> Picture | None:
        found: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for row in self.data["hendelser_konsistens"]:
            found[row["konsistens"]][row["aargang"]] = int(row["antall"])
        sums = {year: sum(line.get(year, 0) for line in found.values()) for year in self.years}
        lines = [
            (label, [100 * found[name].get(year, 0) / sums[year] if sums[year] else 0.0 for year in self.years])
            for name, label in CONSISTENCY.items()
        ]
        here = self.years.index(self.year)
        words = "; ".join(
            f"{label}: {text.in_words(values[here], 2)} prosent i {self.year}"
            + (f", {text.in_words(values[here - 1], 2)} året før" if here else "")
            for label, values in lines
        )
        return Picture(
            charts.chart("konsistens", "Hendelser etter konsistens, prosent av årgangens hendelser", words,
                         charts.bar_panels([Panel(label.removeprefix("Inkonsistens, ").capitalize(), [Series(values)])
                                            for label, values in lines],
                                           self.years, self.year, 2)),
            f"Mørk søyle: {self.year}. Rutene har hver sin skala.",
            by_year(
                "konsistens-tabell", "Hendelser etter konsistens, prosent", self.years, self.year,
                [(label, {y: num(v, 2) for y, v in zip(self.years, values, strict=True)}) for label, values in lines],
            ),
        )  # fmt: skip

    # The run log

    def runs(self) -> Table:
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
                num(self.warned(row)),
            ]
            for row in self.data["kjorelogg"]
        ]
        return table(
            "kjoringer", "Alle kjøringer",
            ["Kjøring", "Handling", "Årgang", "Startet", "Sekunder", "Bruker", "Produkt", "Regler", "Records lest",
             "Advarsler"],
            rows,
        )  # fmt: skip

    def files(self) -> Table:
        return table(
            "filer", f"Månedsfilene for {self.year}",
            ["Fil", "Måned", "Records", "Byte", "Uttrekksdato", "SHA-256"],
            [
                [
                    Cell(file["fil"], "kode"), text.month(date.fromisoformat(file["mnddato"])), num(file["antall"]),
                    num(file["bytes"]),
                    text.day(date.fromisoformat(file["dagdato"]) if file["dagdato"] else None),
                    Cell(file["sha256"], "kode lang"),
                ]
                for file in self.load()["filer"]
            ],
            [["Sum", "", num(sum(file["antall"] for file in self.load()["filer"])),
              num(sum(file["bytes"] for file in self.load()["filer"])), "", ""]],
        )  # fmt: skip

    def log(self) -> list[Table]:
        load = self.load()
        counts, seconds = load["antall"], dict(load["sekunder"])
        steps = seconds.pop("steps", {})
        before = next(
            (
                row["antall"]
                for row in reversed(self.data["kjorelogg"])
                if row["aargang"] == self.year - 1 and row["handling"] == "load"
            ),
            None,
        )
        current = self.data["innstilling"][0]
        posts = {row["navn"]: f"{'– ' * row['innrykk']}{row['tittel_norsk']}" for row in self.data["tellepost"]}
        return [
            table(
                "antall", "Antall", ["Hva", str(self.year), str(self.year - 1)],
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

    def recorded_checks(self) -> list[str]:
        """What the run log itself says of the controls at the load, and what was accepted."""
        load = self.load()
        found = [f"«{self.title(name)}»: {value}" for name, value in sorted(load["kontroller"].items()) if value]
        return [
            f"Kontroller ved lastingen: {len(load['kontroller'])} kjørt"
            + (f", funn i {', '.join(found)}." if found else ", ingen funn.")
            if load["kontroller"]
            else "Kontroller ved lastingen: ingen er ført i kjøreloggen.",
            *(
                f"Godtatt: «{self.title(name)}»: {text.typed(reason)}"
                for name, reason in sorted(load["godtatt"].items())
            ),
        ]

    def title(self, control: str) -> str:
        """What a control is called, also one that the catalogue does not have any more."""
        return str(self.catalogue[control]["tittel"]) if control in self.catalogue else control


def first(findings: Sequence[Row]) -> list[str]:
    """The sentences of a control's findings: of many the first ones, and where the others are."""
    sentences = [str(row["setning"]) for row in findings[:MOST_SENTENCES]]
    if len(findings) > MOST_SENTENCES:
        sentences.append(f"{text.number(len(findings) - MOST_SENTENCES)} til: {findings[0]['sporring']}")
    return sentences


def ways_back(findings: Sequence[Row]) -> list[str]:
    """What to do about the findings, once for all of which it is the same."""
    return list(dict.fromkeys(row["vei_tilbake"] for row in findings if row["vei_tilbake"]))


def closing(status: str) -> bool:
    """Whether the closing procedure gave the status (X)."""
    return status[1:2] == "X"


def common(words: Sequence[str]) -> str:
    """How texts begin and end in common, with an ellipsis for what differs."""
    if not words:
        return ""
    shortest = min(map(len, words))
    begins = next((at for at in range(shortest) if len({each[at] for each in words}) > 1), shortest)
    ends = next((at for at in range(shortest - begins) if len({each[-1 - at] for each in words}) > 1), 0)
    return f"{words[0][:begins]}…{words[0][len(words[0]) - ends :]}"


def count(number: text.Number, one: str, many: str) -> str:
    return f"{text.number(number)}{text.SPACE}{one if number == 1 else many}"


def percent(share: Any) -> str:
    return f"{text.in_words(100 * share, 1)} prosent"


def setting(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, int):
        return text.number(value)
    return text.day(date.fromisoformat(str(value))) if isinstance(value, date) or "-" in str(value) else str(value)


def every_month(months: Sequence[date]) -> list[date]:
    """All months from the first to the last."""
    if not months:
        return []
    first, last = min(months), max(months)
    return [
        date(place // 12, place % 12 + 1, 1)
        for place in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]


def share_at(curve: Sequence[Row], days: int) -> Any:
    """The share that is left after so many days; None past the last length at which somebody ended."""
    if days > curve[-1]["dager"] and curve[-1]["andel"] > 0:
        return None
    return next((row["andel"] for row in reversed(curve) if row["dager"] <= days), 1)


def at_lengths(curve: Sequence[Row], lengths: Sequence[int]) -> list[float]:
    """The curve at the lengths, as far as it goes."""
    values, place, share = [], 0, 1.0
    for days in lengths:
        while place < len(curve) and curve[place]["dager"] <= days:
            share = float(curve[place]["andel"])
            place += 1
        values.append(share)
        if place == len(curve):
            break
    return values


def monthly(
    ident: str, caption: str, months: Sequence[date], lines: Sequence[tuple[str, Sequence[int]]], settled: range
) -> Table:
    """A row a month, the newest first."""
    return table(
        ident, caption, ["Måned", *(label for label, _ in lines)],
        [[text.short_month(month) + ("" if place in settled else ", ikke hel"),
          *(num(values[place]) for _, values in lines)]
         for place, month in reversed(list(enumerate(months)))],
    )  # fmt: skip


def html(connection: Connection, year: int, made: datetime) -> str:
    """The report of the year, as of now; `made` is the time that it says it was made."""
    return render(source.read(connection, year), made)


def render(data: Source, made: datetime) -> str:
    """The page from what was read."""
    environment = Environment(
        loader=PackageLoader("fdtrygd.rapport", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    year = data.year
    state, sentence = (report := Report(data)).verdict()
    newest = data.years[-1]
    return environment.get_template("page.html.j2").render(
        report=report,
        year=year,
        years=data.years,
        newest=newest,
        synthetic=report.synthetic,
        loaded=text.moment(report.load()["ferdig"]),
        made=text.moment(made),
        version=product_version(),
        rules=report.load()["objektversjon"],
        state=state,
        sentence=sentence,
        signs=SIGNS,
        cell=cell,
        typed=text.typed,
        written=text.sentence,
        code=text.code,
        style=environment.loader.get_source(environment, "page.css")[0] if environment.loader else "",
    )
