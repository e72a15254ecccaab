"""What is remarkable in what the records of some months got from the population register, a sentence each."""

from datetime import date

from fdtrygd.db.database import Connection
from fdtrygd.screen import thousands

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


def warnings(connection: Connection, months: list[date]) -> list[str]:
    """What may be wrong with the register that was loaded last, or with these months, as far as their records got
    something from it."""
    said = []
    for month, name, count, share, before, moved in connection.execute(QUERY, [months]):
        sentence = f"{month:%Y-%m}: {thousands(count)} records ({share:.1f} per cent) {WORDS[name]}"
        said.append(f"{sentence}; it was {before:.1f} per cent the month before." if moved else f"{sentence}.")
    return said
