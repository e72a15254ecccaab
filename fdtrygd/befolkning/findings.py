"""What is remarkable in a population register, and in what the records of some months got from it, a sentence each."""

from datetime import date
from typing import Any

from fdtrygd.befolkning.folder import Folder
from fdtrygd.db.database import Connection
from fdtrygd.screen import counted, thousands

#: What is found in a register: what is counted, and the rest of the sentence for one and for several.
FOUND = {
    "nummer_kjonn": (
        "number",
        "in the register has another sex than it says",
        "in the register have another sex than they say",
    ),
    "nummer_fodselsdato": (
        "number",
        "in the register has another date of birth than it says",
        "in the register have another date of birth than they say",
    ),
    "lenket_ulik": (
        "number",
        "in the register has another sex or date of birth than the person's current number",
        "in the register have another sex or date of birth than the person's current number",
    ),
    "bosted_uten_person": (
        "residence",
        "is of a number that is not in person",
        "are of numbers that are not in person",
    ),
    "status_uten_person": (
        "record",
        "of status is of a number that is not in person",
        "of status are of numbers that are not in person",
    ),
}
#: What a register has at least as many of as the one before, as a rule.
COUNTED = {
    "personer": "persons",
    "bosteder": "residences",
    "statuser": "statuses",
    "numre_med_lenke": "numbers that are linked",
}
FEWER = """
    SELECT x.navn, (v.tall ->> x.navn)::bigint, f.folkeregisterversjon, (f.tall ->> x.navn)::bigint
    FROM befolkning.folkeregisterversjon AS v
    CROSS JOIN LATERAL (
        SELECT e.folkeregisterversjon, e.tall
        FROM befolkning.folkeregisterversjon AS e
        WHERE e.folkeregisterversjon < v.folkeregisterversjon
        ORDER BY e.folkeregisterversjon DESC
        LIMIT 1
    ) AS f
    CROSS JOIN unnest(%s::text[]) WITH ORDINALITY AS x (navn, nr)
    CROSS JOIN LATERAL (SELECT (f.tall ->> x.navn)::bigint - (v.tall ->> x.navn)::bigint AS antall) AS m
    JOIN trygdfob.terskel AS t ON t.navn = 'register_mindre'
    WHERE v.folkeregisterversjon = %s AND m.antall >= t.gjelder_minst
        AND 100.0 * m.antall > t.gjelder_prosent * (f.tall ->> x.navn)::bigint
    ORDER BY x.nr
"""
#: What the records are, after their number.
WORDS = {
    "bosatt": "are of residents",
    "ugyldig_fnr": "have a number that fails its control, and are not in the population register",
    "ikke_i_register": "are of nobody in the population register",
    "dod": "are of persons who are dead by then",
    "ikke_bosatt": "are of persons who are not resident",
    "uten_bosted": "are of residents without a residence",
    "delt_kommune": "are of residents of a kommune that was split since they came",
    "annet_nummer": "are of a person's other number",
    "kvinner": "are women's",
    "under_15": "are of persons under 15",
    "over_74": "are of persons over 74",
}
QUERY = """
    SELECT f.mnddato, f.funn, f.antall, f.prosent, f.forrige_prosent, f.advarsel_flyttet
    FROM befolkning.registerfunn AS f
    WHERE f.mnddato = ANY (%s) AND (f.advarsel_mange OR f.advarsel_flyttet)
        AND f.folkeregisterversjon = (SELECT max(v.folkeregisterversjon) FROM befolkning.folkeregisterversjon AS v)
    ORDER BY f.mnddato, f.funn
"""


def of_register(connection: Connection, version: int, counts: dict[str, Any], folder: Folder) -> list[str]:
    """What may be wrong with a version of the register that was just loaded from a folder, with these counts."""
    said = []
    if folder.valid_to > date.today():
        said.append(
            f"gjelder_til is {folder.valid_to}, and nobody knows that day yet: write the last day that is known."
        )
    if "identitet" not in folder.files:
        said.append("There is no file identitet: no numbers are linked, and whoever has two counts twice.")
    for name, now, before, then in connection.execute(FEWER, [list(COUNTED), version]):
        words = COUNTED[name]
        said.append(f"{thousands(now)} {words}, where version {before} had {thousands(then)}: is a file cut short?")
    for name, (noun, one, several) in FOUND.items():
        if found := counts["funn"][name]:
            said.append(f"{counted(found, noun)} {one if found == 1 else several}.")
    return said


def warnings(connection: Connection, months: list[date]) -> list[str]:
    """What may be wrong with the register that was loaded last, or with these months, as far as their records got
    something from it."""
    said = []
    for month, name, count, share, before, moved in connection.execute(QUERY, [months]):
        sentence = f"{month:%Y-%m}: {thousands(count)} records ({share:.1f} per cent) {WORDS[name]}"
        said.append(f"{sentence}; it was {before:.1f} per cent the month before." if moved else f"{sentence}.")
    return said
