"""What the public reads beside the figures, in Norwegian: periods, moments, symbols."""

from datetime import date, datetime

from fdtrygd import norsk
from fdtrygd.statistikk.publication.source import Shown, Version

#: The templates write with it.
counted = norsk.counted
#: The standard signs in the place of a figure, with their code in Statbank's prikkekolonne.
SYMBOLS = {
    ".": ("01", "Ikke mulig å oppgi tall: gruppen var ikke i bruk i perioden"),
    "..": ("02", "Tallgrunnlag mangler, eller gruppen publiseres ikke"),
    ":": ("04", "Vises ikke av hensyn til konfidensialitet"),
}
#: The other signs, which have none.
OTHERS = {
    "0": "Ingen, eller noen få: se noten om avrunding",
    "-": "Null",
    "r": "Rettet: et annet tall har vært publisert",
}
#: On a page; a version's own note names the one before it
BREAK = (
    "Fra og med {} er tallene laget av et grunnlag som er delt inn på en annen måte enn før. Små tall er avrundet på "
    "nytt, så de kan ikke uten videre sammenlignes med tallene før."
)
#: Where a version says why it was published as it was; one reason may be given for both.
ALONE, EXACT = "Godkjent og publisert av samme person: {}", "Publisert enda andre har eksakte tall: {}"
BOTH = "Godkjent og publisert av samme person, og enda andre har eksakte tall: {}"
#: Where the table was told apart otherwise: of which periods
APART = "Tallene for {} er delt inn på en annen måte, og står bare i filene."
SYNTHETIC = "Syntetiske data: ingen virkelige personer er talt, og tallene sier ingenting om Norge."


def period(value: str) -> str:
    """april 2003, or 2003"""
    year, _, month = value.partition("M")
    return norsk.month(int(year), int(month)) if month else year


def counted_on(unit: str, version: Version) -> str:
    """Personer per 29. april 2003; of a year, Personer, gjennomsnitt for 2003."""
    return f"{unit}{' per' if version.counted_on else ', gjennomsnitt for'} {when(version)}"


def published_period(value: str) -> str:
    """april 2003, or årsgjennomsnitt 2003: where months and years stand side by side"""
    return period(value) if "M" in value else f"årsgjennomsnitt {value}"


def short_period(value: str) -> str:
    """apr. 2003, or 2003"""
    year, _, month = value.partition("M")
    return norsk.short_month(int(year), int(month)) if month else year


def when(version: Version) -> str:
    """29. april 2003, the day of a month's figures; or 2003"""
    return norsk.day(date.fromisoformat(version.counted_on)) if version.counted_on else period(version.period)


def listed(periods: list[str]) -> str:
    """april 2003, mai 2003 og juni 2003"""
    return " og ".join(filter(None, (", ".join(periods[:-1]), periods[-1])))


def moment(value: datetime) -> str:
    """3. mai 2026 kl. 08.00"""
    return f"{norsk.day(value)} kl. {value:%H.%M}"


def shown(value: Shown) -> str:
    """1 234 567, with no-break spaces, or the symbol."""
    return value if isinstance(value, str) else norsk.number(value)


def reasons(version: Version) -> list[str]:
    """Why it was published as it was, where that is to be said."""
    if version.alone and version.alone == version.exact:
        return [BOTH.format(version.alone)]
    said = ((ALONE, version.alone), (EXACT, version.exact))
    return [words.format(why) for words, why in said if why]
