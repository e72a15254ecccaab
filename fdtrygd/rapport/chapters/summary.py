"""The top of the page: how the year stands in six fields, and a sentence for each thing to look at."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from fdtrygd.rapport import text
from fdtrygd.rapport.chapters import changes, chapter4, codes, controls, ledger, runlog
from fdtrygd.rapport.source import Row, Source
from fdtrygd.rapport.tables import LOOK, OK, WRONG

#: So many findings of a control are said in full, as the load does.
MOST_SENTENCES = 3


@dataclass(frozen=True)
class Tile:
    """A field of the summary: how one side of the year stands, and where to read on."""

    title: str
    state: str
    words: str
    link: str


def first(findings: Sequence[Row]) -> list[str]:
    """The sentences of a control's findings. If there are many, only the first ones, and where the others are."""
    sentences = [str(row["setning"]) for row in findings[:MOST_SENTENCES]]
    if len(findings) > MOST_SENTENCES:
        sentences.append(f"{text.number(len(findings) - MOST_SENTENCES)} til: {findings[0]['sporring']}")
    return sentences


def ways_back(findings: Sequence[Row]) -> list[str]:
    """What to do about the findings, said once for all of which it is the same."""
    return list(dict.fromkeys(row["vei_tilbake"] for row in findings if row["vei_tilbake"]))


def warnings(data: Source) -> list[str]:
    """A sentence for each thing that the load warned of; if there are many of a kind, only for the first ones."""
    sentences: list[str] = []
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in data["advarsel"]:
        found[row["kontroll"]].append(row)
    for rows in found.values():
        sentences += [f"{rows[0]['tittel']}: {words}" for words in first(rows)]
    # Warnings that are no control's, or that were said by a version which kept no findings, are in the run log alone
    sentences += [each for each in data.load["advarsler"] if each.partition(": ")[0] not in found]
    return [text.sentence(text.typed(each)) for each in [*sentences, *ways_back(data["advarsel"])]]


def news(data: Source, control: str) -> list[str]:
    """A sentence for each finding of the newest run of the controls that the load did not warn of."""
    said = [(row["kontroll"], row["setning"]) for row in data["advarsel"]]
    rows = [row for row in data["funn"] if row["kontroll"] == control]
    new = [row for row in rows if (control, row["setning"]) not in said]
    return [text.sentence(text.typed(each)) for each in (*first(new), *ways_back(new))]


def unsaid(data: Source) -> list[Row]:
    """The controls with findings that the load's warnings do not say: errors, and what a later run has found."""
    said = {row["kontroll"] for row in data["advarsel"]}
    return [
        row for row in controls.offences(data)
        if row["alvor"] == "feil" or row["kontroll"] not in said or news(data, row["kontroll"])
    ]  # fmt: skip


def counted(title: str, found: int, one: str, many: str, none: str, link: str) -> Tile:
    """A field that is to be looked at if anything was found; else it says `none`."""
    return Tile(title, LOOK if found else OK, f"{text.count(found, one, many)}." if found else none, link)


def controls_tile(data: Source) -> Tile:
    """How the controls stand: errors come before anything else."""

    def tile(state: str, words: str) -> Tile:
        return Tile("Kontroller", state, words, "kontroller")

    found = controls.offences(data)
    wrong = [row for row in found if row["alvor"] == "feil" and not row["godtatt"]]
    accepted = [row for row in found if row["alvor"] == "feil" and row["godtatt"]]
    suspicious = [row for row in unsaid(data) if row["alvor"] != "feil"]
    if not data["kontrollstatus"]:
        return tile(LOOK, "Årgangen er ikke kontrollert.")
    if wrong:
        records = text.count(sum(row["antall"] for row in wrong), "record", "records")
        return tile(WRONG, f"{text.count(len(wrong), 'kontroll', 'kontroller')} har feil: {records}.")
    if controls.stale(data):
        return tile(LOOK, "Siste kontroll er fra før årgangen ble lastet.")
    if accepted or suspicious:
        words = text.listed(
            f"{text.count(len(of), 'kontroll', 'kontroller')} med {what}"
            for of, what in ((accepted, "feil som er godtatt"), (suspicious, "advarsler"))
            if of
        )
        return tile(LOOK, f"{words[0].upper()}{words[1:]}.")
    run = text.count(len(data["kontrollstatus"]), "kontroll", "kontroller")
    return tile(OK, f"{run}, ingen feil." if found else f"{run}, ingen funn.")


def ledger_tile(data: Source) -> Tile:
    """Whether the ledger's sums agree."""
    off = [row for row in ledger.sums(data) if row[3]]
    if off:
        return Tile("Regnskap", WRONG, f"{text.count(len(off), 'sum', 'summer')} stemmer ikke.", "regnskap")
    lest = sum(row["lest"] for row in data["regnskap"])
    return Tile("Regnskap", OK, f"Alle {text.number(lest)} records har ett utfall.", "regnskap")


def changes_tile(data: Source) -> Tile:
    """How much stands out from the year before."""
    if not data["aarsendring"]:
        none = "Første årgang: ingen å sammenligne med."
    elif known := changes.known(data):
        none = f"Ingenting utenom kjente brudd ({text.number(known)})."
    else:
        none = "Ingen forhold."
    found = len(changes.standing_out(data))
    return counted("Skiller seg ut fra året før", found, "forhold", "forhold", none, "endringer")


def official_tile(data: Source) -> Tile:
    """How many main groups deviate from official statistics; none is said to if the data are synthetic."""
    if all(row["offisiell"] is None for row in data.of_year("asok_kontroll")):
        none = "Ingen tall er publisert for året."
    elif data.synthetic:
        none = "Syntetiske data: avvik sier ingenting."
    else:
        none = "Ingen avvik på 1 prosent eller mer."
    found = 0 if data.synthetic else len(chapter4.deviating(data))
    return counted("Mot offisiell statistikk", found, "hovedgruppe avviker", "hovedgrupper avviker", none, "t42")


def codes_tile(data: Source) -> Tile:
    """How many codes are to be looked at."""
    if data["kodebruk"]:
        none = "Ingen å se på; noen ved kjente brudd, i kodelisten eller sett før."
    else:
        none = "Alle er kjent fra før."
    found = len(codes.strange(data))
    return counted("Koder", found, "ny eller ukjent kode", "nye eller ukjente koder", none, "koder")


def tiles(data: Source) -> list[Tile]:
    """All fields, in their order on the page."""
    said = runlog.warned(data, data.load)
    return [
        controls_tile(data),
        ledger_tile(data),
        counted("Advarsler fra lastingen", said, "advarsel", "advarsler", "Ingen.", "oversikt"),
        changes_tile(data),
        official_tile(data),
        codes_tile(data),
    ]


def verdict(data: Source) -> tuple[str, str]:
    """The whole year in one state and one sentence."""
    states = [tile.state for tile in tiles(data)]
    if WRONG in states:
        return WRONG, f"Årgang {data.year} har feil og bør ikke brukes før de er forklart eller rettet."
    if LOOK in states:
        look = f"{states.count(LOOK)} av {len(states)} felt å se på"
        return LOOK, f"Årgang {data.year}: {look}; ingen uavklarte feil."
    return OK, f"Årgang {data.year} er i orden: ingen funn, og ingenting å se på."


def wrong_years(data: Source) -> list[str]:
    """The loaded years that have errors: this one, by all that the page knows, the others by their last check."""
    known = {row["aargang"] for row in data["uavklart"]} & set(data.years)
    return [str(year) for year in sorted(known | ({data.year} if verdict(data)[0] == WRONG else set()))]
