"""A month from its persons to its tables: the base, what is shown for it, the cells and the symbols."""

import datetime
from collections import Counter
from typing import Any

import numpy as np
import psycopg
import pytest
from fdtrygd.db.database import scalar
from fdtrygd.errors import UserError
from fdtrygd.statistikk import rounding

from counting import (
    Connection,
    base,
    broken,
    figures,
    make,
    persons,
    stored_base,
    tables,
)

APRIL = datetime.date(2003, 4, 1)
FYLKER = ["03", "12", "18"]
KOMMUNER = ["0301", "1201", "1231", "1804", "1850"]
#: The tables by main group: 7 is never shown.
GROUPED = ("hovedgruppe_kjonn", "ikke_bosatte")


def of_group_7(found: dict[tuple[str, ...], Any]) -> dict[tuple[str, ...], Any]:
    return {cell: figure for cell, figure in found.items() if cell[0] in GROUPED and cell[1] == "7"}


def test_the_base_is_the_persons_counted(counting: Connection) -> None:
    done = make(counting, "2003M04")
    expected = base(persons(counting, APRIL))
    assert {cell: count for cell, (count, _) in stored_base(counting, done.version.id).items()} == expected
    assert done.base == len(expected)
    assert done.small == sum(count < 3 for count in expected.values()) > 10
    assert len({cell[1] for cell in expected}) > 3
    assert {cell[6] for cell in expected} >= {0, 5, 53}
    assert broken(done) == []


def test_the_tables_are_sums_of_the_protected_base(counting: Connection) -> None:
    done = make(counting, "2003M04")
    cells = stored_base(counting, done.version.id)
    found = figures(counting, done.version.id)
    sevens = of_group_7(found)
    assert set(sevens.values()) == {".."}
    assert {cell: figure for cell, figure in found.items() if cell not in sevens} == tables(cells, FYLKER, KOMMUNER)
    assert done.cells == len(found)
    assert {shown for _, shown in cells.values()} & {1, 2} == set()
    assert {0, 3} <= {shown for count, shown in cells.values() if count < 3}


def test_the_ledger_has_everybody_on_the_extraction(counting: Connection) -> None:
    """Counted, another number of somebody who is counted, outside the package; together the stock of the extraction."""
    done = make(counting, "2003M04")
    ledger = Counter()
    kinds = set()
    for hoved, hva, antall in counting.execute(
        "SELECT hoved, hva, antall FROM statistikk.versjonsregnskap WHERE versjon = %s", [done.version.id]
    ):
        ledger[hoved] += antall
        kinds.add(hva)
    stock = dict(counting.execute("SELECT hoved, antall FROM arbsok.beholdning_maaned WHERE mnddato = %s", [APRIL]))
    assert ledger == stock
    assert kinds >= {"talt", "annet_nummer"}


@pytest.mark.parametrize(
    ("month", "unknown"),
    [("2002M09", True), ("2002M10", False)],
)
def test_groups_that_are_not_known_are_not_shown(counting: Connection, month: str, unknown: bool) -> None:
    """Until September 2002 an activity of two characters that no row of hoved_koding maps may be group 3 or 4."""
    done = make(counting, month)
    found = figures(counting, done.version.id)
    dotted = {cell[1] for cell, figure in found.items() if cell[0] in GROUPED and figure == ".."}
    assert dotted == ({"3", "4", "7", "T"} if unknown else {"7"})
    assert ".." not in {figure for cell, figure in found.items() if cell[0] == "ledige_kommune_kjonn"}
    assert broken(done) == []
    if unknown:
        counting.execute(
            "INSERT INTO trygdfob.hoved_koding (hovedarbstat, tiltak, gyldig_fra, gyldig_til, hoved)"
            " SELECT DISTINCT 'FS', t.tiltak, '1992-01-01'::date, '2002-09-30'::date, '7'"
            " FROM arbsok_lasting.miniregister_tall AS t"
            " WHERE t.mnddato = '2002-09-01' AND t.hovedarbstat = 'FS' AND length(t.tiltak) = 2"
        )
        # One of three characters is none that the list may have as 3 or 4 (T8)
        counting.execute(
            "UPDATE arbsok_lasting.miniregister_tall SET tiltak = 'ÅÅÅ'"
            " WHERE ctid = (SELECT min(ctid) FROM arbsok_lasting.miniregister_tall"
            "     WHERE mnddato = '2002-09-01' AND hovedarbstat = 'FS')"
        )
        found = figures(counting, make(counting, month).version.id)
        assert {cell[1] for cell, figure in found.items() if cell[0] in GROUPED and figure == ".."} == {"7"}


@pytest.mark.parametrize(("month", "dotted"), [("2001M04", True), ("2001M05", False)])
def test_weeks_before_the_series_are_not_shown(counting: Connection, month: str, dotted: bool) -> None:
    done = make(counting, month)
    lengths = {
        figure for cell, figure in figures(counting, done.version.id).items() if cell[0] == "ledige_fylke_varighet"
    }
    assert (lengths == {".."}) == dotted
    assert (".." in lengths) == dotted
    assert broken(done) == []


def test_a_class_out_of_use_has_no_cell(counting: Connection) -> None:
    """Skjerstad ended with 2001; Viken was not there yet."""
    before, after = (figures(counting, make(counting, month).version.id) for month in ("2001M12", "2002M01"))
    assert ("ledige_kommune_kjonn", "1842", "T") in before
    assert ("ledige_kommune_kjonn", "1842", "T") not in after
    assert {code for table, code, *_ in after if table == "ledige_fylke_alder"} == {*FYLKER, "99", "T"}


def test_left_censored_weeks_are_known_in_the_open_band_alone(counting: Connection) -> None:
    """In June 2001 nobody's weeks before May are known; two years later they are 53 or more, whatever they are."""
    early = base(persons(counting, datetime.date(2001, 6, 1)))
    late = base(persons(counting, datetime.date(2003, 6, 1)))
    for month, expected in (("2001M06", early), ("2003M06", late)):
        done = make(counting, month)
        assert {cell: n for cell, (n, _) in stored_base(counting, done.version.id).items()} == expected
    weeks = {name: {cell[6] for cell in each if cell[0] == "helt_ledige"} for name, each in (("e", early), ("l", late))}
    assert weeks["e"] <= {-1, 0, 5}
    assert -1 in weeks["e"]
    assert 53 in weeks["l"]


@pytest.mark.parametrize(("days", "weeks"), [(1, 0), (6, 0), (7, 1), (27, 3), (28, 4), (34, 4), (35, 5)])
def test_weeks_are_whole_and_count_the_first_day(counting: Connection, days: int, weeks: int) -> None:
    fnr, day = counting.execute(
        "SELECT f.fnr, m.dagdato FROM trygdfob.f_arbsok AS f JOIN trygdfob.miniregister AS m USING (fnr)"
        " WHERE m.mnddato = %s AND f.kode = '1' AND f.regdato = f.tilgdato AND f.tilgdato <= m.dagdato"
        " AND (f.tomdato >= m.dagdato OR f.tomdato IS NULL) ORDER BY f.fnr LIMIT 1",
        [APRIL],
    ).fetchone() or ("", APRIL)
    begin = day - datetime.timedelta(days=days - 1)
    counting.execute(
        "DELETE FROM trygdfob.forlopsdel WHERE fnr = %s AND NOT (kode = '1' AND regdato = tilgdato)", [fnr]
    )
    counting.execute(
        "UPDATE trygdfob.forlopsdel SET regdato = %s, tilgdato = %s, asoktilg = %s WHERE fnr = %s"
        " AND tilgdato = (SELECT max(tilgdato) FROM trygdfob.forlopsdel WHERE fnr = %s AND tilgdato <= %s)",
        [begin, begin, begin, fnr, fnr, day],
    )
    found = scalar(
        counting,
        "SELECT p.uker FROM befolkning.kjennemerkesett AS s"
        " CROSS JOIN LATERAL statistikk.maanedens_personer(s.mnddato, s.dagdato, s.sett, NULL) AS p"
        " WHERE s.mnddato = %s AND p.fnr = %s",
        APRIL,
        fnr,
    )
    assert found == weeks


@pytest.mark.parametrize(
    ("period", "sentence"),
    [
        ("2003", "no month of it is published"),
        ("2004M01", "2004 is not loaded"),
        ("1991M12", "1991M12 is no period"),
        ("2003M13", "2003M13 is no period"),
        ("april", "april is no period"),
    ],
)
def test_what_cannot_be_made_is_a_sentence(counting: Connection, period: str, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        make(counting, period)
    assert sentence in str(refused.value)
    assert counting.execute("SELECT count(*) FROM statistikk.versjon").fetchone() == (0,)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            "DELETE FROM befolkning.kjennemerkesett; DELETE FROM befolkning.folkeregisterversjon",
            "no population register",
        ),
        (
            "UPDATE befolkning.folkeregisterversjon SET gjelder_til = m.dagdato - 1"
            " FROM trygdfob.maanedsfil AS m WHERE m.mnddato = '2003-04-01'",
            "alone, and the extraction date is 2003-04-",
        ),
        ("UPDATE befolkning.folkeregisterversjon SET syntetisk = false", "one is synthetic, the other real"),
    ],
)
def test_a_register_that_does_not_fit_is_refused(counting: Connection, change: str, sentence: str) -> None:
    counting.execute(change)
    with pytest.raises(UserError) as refused:
        make(counting, "2003M04")
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("INSERT INTO statistikk.pakke_lag VALUES ('arbeidssokere', 'ogsaa', '{2}', 'Også')", "group 2 is in part"),
        ("DELETE FROM statistikk.klasse WHERE kode = '025-029'", "class 030-039 leaves a gap"),
        ("UPDATE statistikk.klasse SET fra = 29 WHERE kode = '030-039'", "class 030-039 leaves a gap, or overlaps"),
        ("UPDATE statistikk.klasse SET til = 99 WHERE kode = '060+'", "class 060+ leaves a gap"),
        ("UPDATE statistikk.klasse SET verdier = '{1,2}' WHERE gruppering = 'kjonn' AND kode = '1'", "2 is in more"),
        ("DELETE FROM statistikk.klasse WHERE gruppering = 'hovedgruppe' AND kode = '9'", "main group 9 of part andre"),
        ("DELETE FROM statistikk.pakke_base WHERE gruppering = 'varighet'", "varighet is finer than the base"),
        ("UPDATE statistikk.dimensjon SET gruppering = 'kommune' WHERE tabell = 'hovedgruppe_kjonn' AND plass = 2",
            "dimension kommune is finer than the base of part andre"),
        ("DELETE FROM statistikk.pakke_base WHERE gruppering = 'bosatt'", "it counts by residence"),
        ("DELETE FROM statistikk.dimensjon WHERE plass = 1 AND tabell = 'ledige_fylke_alder'", "not numbered 1, 2"),
        ("UPDATE statistikk.klasse SET kode = 'T' WHERE gruppering = 'kjonn' AND kode = '1'", "the code of a total"),
    ],
)  # fmt: skip
def test_a_catalogue_that_contradicts_itself_is_refused(counting: Connection, change: str, sentence: str) -> None:
    """Each row that makes it so is named; a class whose values nobody has would lose persons without a word."""
    counting.execute(change)
    with pytest.raises(UserError) as refused:
        make(counting, "2003M04")
    assert sentence in str(refused.value)


def test_a_new_band_is_rows(counting: Connection) -> None:
    """A table in bands that overlap the others': the base is refined, and everything still adds up."""
    counting.execute(
        "INSERT INTO statistikk.gruppering (gruppering, kjennemerke, tekst) VALUES ('alder_unge', 'alder', 'Unge');"
        "INSERT INTO statistikk.klasse (gruppering, kode, rekkefolge, tekst, fra, til, i_alt) VALUES"
        " ('alder_unge', 'U', 10, 'Uoppgitt', -1, -1, true), ('alder_unge', '00-19', 20, '0-19 år', 0, 19, true),"
        " ('alder_unge', '20-34', 30, '20-34 år', 20, 34, true), ('alder_unge', '35+', 40, '35 år', 35, NULL, true);"
        "INSERT INTO statistikk.pakke_base (pakke, lag, gruppering)"
        " VALUES ('arbeidssokere', 'helt_ledige', 'alder_unge');"
        "INSERT INTO statistikk.tabell (tabell, rekkefolge, pakke, maal, lag, tittel, enhet, kontakt, gyldig_fra)"
        " VALUES ('unge', 70, 'arbeidssokere', 'beholdning', '{helt_ledige}', 'Unge', 'Personer', 'x', '1992-01-01');"
        "INSERT INTO statistikk.dimensjon (tabell, plass, gruppering, tekst, i_alt) VALUES"
        " ('unge', 1, 'alder_unge', 'Alder', 'I alt'), ('unge', 2, 'kjonn', 'Kjønn', NULL)"
    )
    done = make(counting, "2003M04")
    assert broken(done) == []
    found = {cell[1:]: figure for cell, figure in figures(counting, done.version.id).items() if cell[0] == "unge"}
    assert {code for code, _ in found} == {"U", "00-19", "20-34", "35+", "T"}
    assert {sex for _, sex in found} == {"1", "2", "9"}  # it has no total
    whole = figures(counting, done.version.id)["ledige_kommune_kjonn", "T", "1"]
    assert found["T", "1"] == whole == sum(found[code, "1"] for code in ("U", "00-19", "20-34", "35+"))
    ages = {cell[5] for cell in stored_base(counting, done.version.id) if cell[0] == "helt_ledige"}
    assert {20, 25, 30, 35} <= ages


def test_the_order_of_the_records_decides_nothing(counting: Connection) -> None:
    """The same persons give the same base and the same choice; another key another one."""
    first = stored_base(counting, make(counting, "2003M04").version.id)
    name = scalar(counting, "SELECT tableoid::regclass FROM befolkning.kjennemerke WHERE mnddato = %s", APRIL)
    counting.execute(f"CREATE TEMP TABLE kopi AS SELECT * FROM {name}; TRUNCATE {name}")
    counting.execute(f"INSERT INTO {name} SELECT * FROM kopi ORDER BY md5(fnr)")
    assert stored_base(counting, make(counting, "2003M04").version.id) == first
    counting.execute("UPDATE statistikk.avrundingsnokkel SET nokkel = repeat('0', 64)")
    assert stored_base(counting, make(counting, "2003M04").version.id) != first


@pytest.mark.parametrize("step", ["begynn_versjon('arbeidssokere', '2003M04', NULL, 'test')", "kontroller_versjon(1)"])
def test_each_step_brings_its_own_settings(counting: Connection, step: str) -> None:
    """Also where kjennemerke are there already, and in a session that has done nothing before: by the settings that it
    comes with the persons are joined one by one, which takes minutes for a country.
    """
    version = make(counting, "2003M04").version.id
    counting.execute("SET enable_nestloop = on; SET max_parallel_workers_per_gather = 2")
    counting.execute(f"SELECT statistikk.{step.replace('(1)', f'({version})')}")
    assert scalar(counting, "SHOW enable_nestloop") == "off"
    assert scalar(counting, "SHOW max_parallel_workers_per_gather") == "0"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda counts, shown: shown - 1,
        lambda counts, shown: counts,
        lambda counts, shown: [6 if count == 1 else show for count, show in zip(counts, shown, strict=True)],
        lambda counts, shown: [0 if count > 3 else show for count, show in zip(counts, shown, strict=True)],
        lambda counts, shown: [-3 if count < 3 else show for count, show in zip(counts, shown, strict=True)],
    ],
)
def test_counts_that_protect_nobody_are_not_taken(
    counting: Connection, monkeypatch: pytest.MonkeyPatch, wrong: Any
) -> None:
    """Whatever chooses them: the database asks for R2 itself."""
    choose = rounding.choose
    monkeypatch.setattr(rounding, "choose", lambda cells: np.array(wrong(cells.count, choose(cells))))
    with pytest.raises(UserError, match="protect nobody"):
        make(counting, "2003M04")
    assert counting.execute("SELECT count(*) FROM statistikk.versjon").fetchone() == (0,)


def test_a_make_that_ends_early_leaves_nothing(counting: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """The draft before it stays, too."""
    first = make(counting, "2003M04").version.id

    def stop(cells: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(rounding, "choose", stop)
    with pytest.raises(KeyboardInterrupt):
        make(counting, "2003M04")
    assert counting.execute("SELECT versjon, tilstand FROM statistikk.versjon").fetchall() == [(first, "utkast")]
    with pytest.raises(psycopg.Error), counting.transaction():
        counting.execute("SELECT statistikk.beskytt(%s, '{1}', '{0}')", [first + 1])
