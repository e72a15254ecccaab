"""Deliveries that are wrong and that no rule refuses: each is said, with the file, how many records of how many, the
likely cause and the way back; it is kept, and said again by every later check (spec.md 6; docs/controls.md).

A year of synthetic files is loaded with something done to its July, as it has happened to real deliveries.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fdtrygd import kontroll, lasting, synthetic

from conftest import Register, reader
from folders import read_raw

Record = dict[str, str | None]
Months = dict[int, list[Record]]
JULY = 7
FILE = "arbsok_200107.csv"
WAY_BACK = "To load a corrected file, first take the year back (make unload-year YEAR=2001)."


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Months:
    """The records of 2001, of some 600 persons a month."""
    path: Path = tmp_path_factory.mktemp("leveranse") / "files"
    synthetic.make(path, last=(2001, 12), persons=600)
    return read_raw(path, 2001)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Months]:
    """The records of another register's 2001 and 2002."""
    path: Path = tmp_path_factory.mktemp("leveranse") / "other"
    synthetic.make(path, last=(2002, 12), persons=600, seed=2)
    return {year: read_raw(path, year) for year in (2001, 2002)}


def with_july(months: Months, july: Callable[[list[Record]], list[Record]]) -> Months:
    return {month: july(records) if month == JULY else records for month, records in months.items()}


def warned(register: Register, months: Months) -> list[str]:
    """What the load of the files warns of, new codes left out: the same is kept, and is said by a check years later."""
    register.set(testnumre=True)
    result = register.load_year(2001, months)
    ((log,),) = register.connection.execute("SELECT advarsler FROM trygdfob.kjorelogg").fetchall()
    again = kontroll.suspicions(register.connection, kontroll.check(register.connection, 2001, "check"))
    assert log == result.warnings == again
    return [warning for warning in result.warnings if not warning.startswith("ny_kode: ")]


def spells(register: Register) -> list[dict[str, Any]]:
    return register.f_arbsok()


def test_a_sound_delivery(register: Register, sound: Months) -> None:
    assert warned(register, sound) == []


def test_a_whole_year_with_decimal_commas(register: Register, sound: Months) -> None:
    """454,00, as Norwegian Excel and R's write.csv2 write it, is 454: not a word, and the same spells."""
    warned(register, sound)
    expected = spells(register)
    register.connection.execute("SELECT arbsok_lasting.ta_tilbake_aargang(2001)")
    register.connection.execute("DELETE FROM trygdfob.kjorelogg")
    digits = re.compile(r"\d+")
    commas: Months = {
        month: [
            {**r, "ant_d_as": f"{r['ant_d_as']},00" if digits.fullmatch(r["ant_d_as"] or "") else r["ant_d_as"]}
            for r in records
        ]
        for month, records in sound.items()
    }
    assert warned(register, commas) == []
    assert spells(register) == expected
    assert len(expected) > 500


def test_a_month_twice_in_one_file(register: Register, sound: Months) -> None:
    """The second time with corrections: the record with the fewest days stays, whichever it is."""

    def twice(records: list[Record]) -> list[Record]:
        corrected = [{**r, "ant_d_as": str(int(r["ant_d_as"] or 0) + 2)} for r in records[:100]]
        return [*records, *corrected, *records[100:]]

    months = with_july(sound, twice)
    (warning,) = warned(register, months)
    persons = {(r["fnr"] or "").strip() for r in months[JULY]}
    assert warning == (
        f"mange_dubletter: {FILE}: {len(months[JULY]) - len(persons)} of {len(months[JULY])} records set aside: "
        "the file has another one of the same person. The one with the fewest days is kept, not the last one."
        f" Is the month in the file twice, the second time corrected? {WAY_BACK}"
    )


def test_a_few_corrections_at_the_end_of_a_file(register: Register, sound: Months) -> None:
    months = with_july(sound, lambda records: [*records, *({**r, "ant_d_as": "400"} for r in records[:12])])
    (warning,) = warned(register, months)
    assert re.match(
        rf"mange_dubletter: {FILE}: 1\d of \d+ records set aside: the file has another one of the same", warning
    )


def test_days_cut_off(register: Register, sound: Months) -> None:
    """At 365, whatever the field could have held; a stray above it hides nothing."""

    def cut(records: list[Record]) -> list[Record]:
        return [{**r, "ant_d_as": str(min(int(r["ant_d_as"] or 0), 365))} for r in records[:-1]] + records[-1:]

    months = with_july(sound, cut)
    months[JULY][-1]["ant_d_as"] = "9999"
    said = warned(register, months)
    of_days = [warning for warning in said if warning.startswith("mange_like_dager: ")]
    assert len(of_days) == 1
    at_365 = sum(r["ant_d_as"] == "365" for r in months[JULY])
    match = re.match(rf"mange_like_dager: {FILE}: (\d+) of (\d+) records stood on one number of days, 365,", of_days[0])
    assert match
    assert at_365 - 3 <= int(match[1]) <= at_365 > 30  # a duplicate or two is set aside
    assert of_days[0].endswith(f"Were the days cut off there? {WAY_BACK}")


def test_a_fifth_of_a_file_extracted_three_days_earlier(register: Register, sound: Months) -> None:
    fifth = len(sound[JULY]) // 5

    def earlier(records: list[Record]) -> list[Record]:
        return [{**r, "dagdato": "010728"} for r in records[:fifth]] + records[fifth:]

    (warning,) = warned(register, with_july(sound, earlier))
    ((corrected, of),) = register.connection.execute(
        "SELECT count(*) FILTER (WHERE mrk_dl = 32), count(*) FROM trygdfob.miniregister WHERE mnddato = %s",
        [date(2001, JULY, 1)],
    ).fetchall()
    assert corrected >= fifth - 3
    assert warning == (
        f"mange_rettede_datoer: {FILE}: {corrected} of {of} records had another extraction date than the month, or"
        " none, and got the month's (mrk_dl 32). Was a part of the file extracted on another day? Then their "
        f"days are counted to the wrong one. {WAY_BACK}"
    )


def test_three_lines_with_a_fodselsnummer_as_status_code(register: Register, sound: Months) -> None:
    """Nobody can read them, and somebody hears of it."""
    months = with_july(sound, lambda records: [{**r, "as_stat": r["fnr"]} for r in records[:3]] + records[3:])
    (warning,) = warned(register, months)
    assert warning == (
        f"mange_tall_i_as_stat: {FILE}: 3 of {len(months[JULY])} records set aside: six or more digits in a row in "
        f"as_stat. Did columns change places, so that a fødselsnummer stands there? {WAY_BACK}"
    )
    assert not register.rows(
        "SELECT FROM trygdfob.miniregister WHERE concat(hovedarbstat, tiltak, ytelse) ~ '[0-9]{6}'"
    )
    assert (
        re.search(r"\d{11}", " ".join(said["detalj"] for said in register.rows("SELECT * FROM kontroll.kontrollfunn")))
        is None
    )


def test_a_column_of_days_left_empty(register: Register, sound: Months) -> None:
    months = with_july(sound, lambda records: [{**r, "ant_d_as": None} for r in records])
    said = warned(register, months)
    ((kept,),) = register.connection.execute(
        "SELECT count(*) FROM trygdfob.miniregister WHERE mnddato = '2001-07-01'"
    ).fetchall()
    assert said[0] == (
        f"mange_uten_dager: {FILE}: {kept} of {kept} records had no whole number of days in ant_d_as. Was the column "
        f"left empty, or written in another form? {WAY_BACK}"
    )


def test_a_column_of_status_codes_left_empty(register: Register, sound: Months) -> None:
    """Everybody seems to have changed, and back again the month after."""
    said = warned(register, with_july(sound, lambda records: [{**r, "as_stat": None} for r in records]))
    assert {warning.partition(":")[0] for warning in said} == {"gruppe_borte", "mange_endringer"}
    changed = [warning for warning in said if warning.startswith("mange_endringer: ")]
    for warning, file in zip(changed, (FILE, "arbsok_200108.csv"), strict=True):
        assert re.match(
            rf"mange_endringer: {file}: (\d+) of \1 persons who were there the month before too had", warning
        )
        assert warning.endswith(WAY_BACK)


def test_synthetic_files_without_their_marker(register: Register, sound: Months) -> None:
    """Where test persons' numbers do not count as valid, every number fails its control, in all twelve files."""
    register.set(testnumre=False)
    result = register.load_year(2001, sound)
    said = [warning for warning in result.warnings if warning.startswith("mange_feil_i_fnr: ")]
    assert [
        re.match(r"mange_feil_i_fnr: (arbsok_\d+\.csv): (\d+) of \2 records had an fnr that fails", w) for w in said[:3]
    ]
    assert [warning.split(": ")[1] for warning in said[:3]] == [f"arbsok_20010{month}.csv" for month in (1, 2, 3)]
    query = "select * from kontroll.arbsok_mistenkelig_funn where kontrollert_aargang = 2001"
    assert said[3:] == [f"mange_feil_i_fnr: 9 more; {query} and kontroll = 'mange_feil_i_fnr';"]


def test_a_file_an_eighth_short(register: Register, sound: Months) -> None:
    months = with_july(sound, lambda records: records[: len(records) * 7 // 8])
    (warning,) = warned(register, months)
    assert re.match(rf"maaned_for_liten: {FILE}: \d+ of the \d+ registrations that the months beside", warning)


def gone(year: int, month: int, again: int = 0) -> str:
    return (
        rf"faa_gjengangere: arbsok_{year}{month:02}\.csv: of the \d+ persons of the month before, this file of \d+ "
        rf"has {again}\. Are the numbers scrambled, or is this file, or that of the month before, of another "
        r"register\? "
    )


def test_a_file_of_another_register(register: Register, sound: Months, other: dict[int, Months]) -> None:
    """None of its persons was there before; the month after has none of them, and those of two months before."""
    said = warned(register, with_july(sound, lambda records: other[2001][JULY]))
    of_persons = [warning for warning in said if warning.startswith("faa_gjengangere: ")]
    assert len(of_persons) == 2
    assert re.match(gone(2001, 7), of_persons[0])
    assert re.match(gone(2001, 8), of_persons[1])
    assert "borte_og_tilbake: arbsok_200108.csv" in "".join(said)


def test_a_year_of_another_register(register: Register, sound: Months, other: dict[int, Months]) -> None:
    """Its numbers may be the same persons' in another key: its January has nobody of December, and is said alone."""
    assert warned(register, sound) == []
    result = register.load_year(2002, other[2002])
    (said,) = [warning for warning in result.warnings if warning.startswith("faa_gjengangere: ")]
    assert re.match(gone(2002, 1), said)
    assert said.endswith(WAY_BACK.replace("2001", "2002"))


def test_days_that_the_last_extraction_did_not_have(register: Register, sound: Months) -> None:
    """Forty days more than they were: a status that had begun before the last extraction, which did not have it."""
    months = with_july(sound, lambda records: [{**r, "ant_d_as": str(int(r["ant_d_as"] or 0) + 40)} for r in records])
    said = warned(register, months)
    rejected = [warning for warning in said if warning.startswith("mange_vrakede: ")]
    assert rejected
    assert re.match(rf"mange_vrakede: {FILE}: \d+ of \d+ registrations rejected \(VRAK_ARBSOK\)", rejected[0])


def test_the_files_of_a_year_that_is_being_loaded(register: Register, sound: Months) -> None:
    """They are judged as soon as the miniregister is made, before anything is in place."""
    register.set(testnumre=True)
    load = register.load(2001)
    months = with_july(sound, lambda records: [*records, *records[:50]])

    query = (
        "SELECT f.kontroll, format(k.setning, VARIADIC f.verdier) FROM kontroll.arbsok_fil_mistenkelig(2001) AS f"
        " JOIN kontroll.kontroll AS k USING (kontroll)"
    )
    assert register.rows(query) == []
    with register.connection.transaction(force_rollback=True):
        load.read_year(reader(2001, months))
        assert register.rows(query) == []  # nothing is counted yet
        load.build(lasting.MINIREGISTER)
        ((control, sentence),) = register.connection.execute(query).fetchall()
        assert control == "mange_dubletter"
        assert re.match(rf"{FILE}: 5\d of \d+ records set aside: the file has another one of the same", sentence)
    assert register.rows(query) == []
