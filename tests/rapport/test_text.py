"""How the report writes numbers, dates, sentences of the database's and codes."""

from fdtrygd.rapport import source, text


def test_numbers() -> None:
    """The source's signs: - for none, .. for not to be had; thousands apart, decimal comma."""
    assert text.number(1234567) == "1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567"
    assert [text.number(0), text.number(None), text.number(-2.25, 1), text.change(0.0)] == [
        "-", "..", "−2,3", "0,0\N{NO-BREAK SPACE}%",
    ]  # fmt: skip


def test_sentences() -> None:
    """A finding's values in running text: months and days by name, counts apart as in the tables, years and codes as
    they are."""
    space = "\N{NO-BREAK SPACE}"
    for said, written in {
        "i 1 av registreringene, fra og med 2003-03.": "i 1 av registreringene, fra og med mars 2003.",
        "a.csv: 1234 av 12345 records": f"a.csv: 1{space}234 av 12{space}345 records",
        "2003 av 2004 personer i 2003": f"2{space}003 av 2{space}004 personer i 2003",
        "a.csv: 1 av de 2003 registreringene": f"a.csv: 1 av de 2{space}003 registreringene",
        "arbsok_200203.csv, sett 2026-11-29, er": "arbsok_200203.csv, sett 29.11.2026, er",
        "tiltak 1234 (make unload-year YEAR=2002)": "tiltak 1234 (make unload-year YEAR=2002)",
        "1 234,5 i 2002 mot 12.5": f"1{space}234,5 i 2002 mot 12,5",
        "3 455 i 2004 mot 2 080 i 2003": f"3{space}455 i 2004 mot 2{space}080 i 2003",
        "1 000 007 records": f"1{space}000{space}007 records",
    }.items():
        assert text.sentence(said) == written


def test_what_cannot_be_seen_in_a_code_is_shown_as_a_number() -> None:
    assert source.shown(["HL\x1b[31m", 1, "\u202e"]) == [r"HL\x1b[31m", 1, r"\u202e"]
