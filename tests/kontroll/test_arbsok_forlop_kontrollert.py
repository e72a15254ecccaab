"""Controls of the records of F_ARBSOK: each is broken on purpose, in every way that it looks for (spec.md 5)."""

from collections.abc import Iterator
from itertools import product

import pytest

from damages import (
    DATES,
    DELETE,
    END,
    GROUP_ENTRY,
    KEY,
    LAST,
    LAST_DAY,
    MORE,
    NEXT_KEY,
    OPENING,
    RUNS_ON,
    SYNC,
    VALUES,
    Connection,
    Damage,
    Suspicious,
    before,
    controls_of,
    copy,
    damaged,
    exit_after,
    group,
    must_be_found,
    record,
    spell,
)


def forlop() -> Iterator[Damage]:
    """Records of F_ARBSOK (arbsok_forlop_kontrollert)."""
    yield Damage(
        "nokkel_entydig",
        "a record twice",
        "kode = '2'",
        (copy("'kode', f.kode"),),
        counted=True,
        against=("forlopsdel_pkey",),
    )

    first = "en_apning"
    for kode in ("3", "9"):
        yield Damage(
            first,
            f"a second opening, {kode}",
            "kode = '2'",
            (record(f"kode = '{kode}'"),),
            found=KEY("regdato", f"'{kode}'"),
            counted=True,
        )
    yield Damage(
        first,
        "a second opening, 1",
        "kode = '2' AND asoktilg = tilgdato",
        (record("kode = '1'"),),
        found=KEY("regdato", "'1'"),
        counted=True,
    )
    for what, year, of, where in (
        ("no opening", 2002, 2002, "true"),
        ("no opening, of the year before", 2002, 2001, "2001 = ANY (lop_ved_slutten_av)"),
        ("no opening, in the first year", 2001, 2001, "true"),
    ):
        yield Damage(
            first,
            what,
            f"{OPENING} AND {where}",
            (record("kode = '2'"),),
            year=year,
            of=of,
            found=KEY("regdato", "'2'"),
            counted=True,
        )
    yield Damage(
        first,
        "opens after tilgdato",
        f"{OPENING} AND (n_regdato > regdato + 1 OR {LAST})",
        (record("regdato = f.regdato + 1"),),
        found=KEY("regdato + 1", "kode"),
        counted=True,
    )

    yield Damage(
        "en_avgang",
        "closed twice",
        "slag = 'A' AND n_aargang = 2002 AND n_regdato > regdato + 2",
        (
            copy("'regdato', f.regdato + 1, 'asokavg', f.regdato + 1, 'avgdato', f.regdato + 1"),
            spell("tomdato = v.regdato + 1"),
            group("asoktom = v.regdato + 1"),
            record("regtom = f.regdato + 1"),
        ),
        found=KEY("regdato + 1", "kode"),
        counted=True,
    )
    yield Damage(
        "innenfor_tilfellet",
        "the new group before the old one's exit",
        f"{GROUP_ENTRY} AND f_asoktilg < f_regdato - 1 AND {MORE}",
        (record("regdato = f.regdato - 2"),),
        found=KEY("regdato - 2", "kode"),
    )

    overlap = "ingen_overlapp"
    yield Damage(
        overlap, "the spell before runs on", "slag = 'A' AND n_aargang = 2002", RUNS_ON, found=NEXT_KEY, counted=True
    )
    for what, days in (("the day it ends", 0), ("after the next began", 1)):
        date = f"v.n_tilgdato + {days}"
        yield Damage(
            overlap,
            f"another spell begins: {what}",
            f"slag = 'A' AND {MORE}",
            (
                record(f"regdato = {date}, asokavg = {date}, avgdato = {date}, regtom = {date}, dagdato = {date}"),
                spell(f"tomdato = {date}"),
                group(f"asoktom = {date}"),
                before(f"regtom = {date}"),
            ),
            found=NEXT_KEY,
        )
    yield Damage(
        overlap,
        "the spell of an earlier year runs on",
        f"{OPENING} AND individ = 'avsluttet' AND f_aargang = 2001",
        (
            "DELETE FROM trygdfob.f_arbsok AS f USING v WHERE f.fnr = v.fnr AND f.regdato = v.f_regdato"
            " AND f.kode = '0'",
        ),
    )

    groups = "grupper_dekker"
    yield Damage(
        groups,
        "a record after the group's exit",
        GROUP_ENTRY,
        (copy("'kode', '2', 'asoktilg', v.f_asoktilg"),),
        found="unnest(ARRAY[noekkel, concat_ws(' ', fnr, regdato, '2')])",
        counted=True,
    )
    yield Damage(
        groups,
        "a second entry",
        "kode = '2' AND asoktilg <> tilgdato",
        (record("kode = '1'"),),
        found=KEY("regdato", "'1'"),
        counted=True,
    )
    yield Damage(
        groups,
        "no exit",
        "slag = 'G'",
        (DELETE, group("asoktom = NULL"), before("regtom = NULL")),
        found=NEXT_KEY,
        counted=True,
    )
    day = ", ".join(f"{column} = v.regdato" for column in ("regdato", "asoktilg", *DATES))
    yield Damage(
        groups,
        "no exit from a group of one day",
        "slag = 'G' AND f_kode IN ('1', '3', '9') AND f_regdato = tilgdato AND f_aargang = 2001",
        (before(f"{day}, asoktom = NULL, regtom = NULL"), spell("tilgdato = v.regdato"), DELETE, SYNC),
        found=NEXT_KEY,
        counted=True,
    )
    yield Damage(groups, "no entry", GROUP_ENTRY, (record("kode = '2'"),), found=KEY("regdato", "'2'"), counted=True)
    for what, days in (("a gap", -1), ("a day in both", 1)):
        date = f"v.regdato + {days}"
        yield Damage(
            groups,
            what,
            f"slag = 'G' AND f_regdato < regdato - 1 AND {MORE}",
            (
                record(f"regdato = {date}, asokavg = {date}, regtom = {date}"),
                group(f"asoktom = {date}"),
                before(f"regtom = {date}"),
            ),
            found=NEXT_KEY,
        )
    yield Damage(
        groups,
        "nothing after the exit, of the year after",
        "slag = 'A' AND status LIKE '_X%' AND 2002 = ANY (lop_ved_slutten_av)",
        (record("avgdato = NULL"), spell("tomdato = NULL")),
        of=2003,
    )

    for slag in ("G", "A"):
        yield Damage(
            "en_hovedgruppe",
            f"another one at the exit, {slag}",
            f"slag = '{slag}'",
            (record("hoved = '8'"), SYNC),
            counted=True,
        )
    yield Damage(
        "en_hovedgruppe",
        "the same one before and after",
        f"{GROUP_ENTRY} AND f_asoktilg = tilgdato AND (SELECT every(g.aargang = 2001 OR g.kode = '0')"
        " FROM trygdfob.f_arbsok AS g WHERE g.fnr = rekke.fnr AND g.asoktilg = rekke.f_asoktilg)",
        ("UPDATE trygdfob.f_arbsok AS f SET hoved = v.hoved FROM v WHERE f.fnr = v.fnr AND f.asoktilg = v.f_asoktilg",),
        counted=True,
    )

    for date, value in zip(DATES, VALUES, strict=True):
        for what, where, year in (
            ("opening", f"{OPENING} AND kode = '1'", 2002),
            ("left-censored opening", f"{OPENING} AND kode <> '1'", 2001),
            ("group entry", GROUP_ENTRY, 2002),
        ):
            yield Damage(
                "datoer_ved_tilgang",
                f"{date}, {what}",
                f"{where} AND {END}",
                (record(f"{date} = f.{date} - 1"), exit_after(f"{date} = f.{date} - 1"), SYNC),
                year=year,
            )
        others = [other for other in DATES if other != date]
        yield Damage(
            "endring_er_endring",
            f"{date} of what did not change",
            f"kode = '2' AND {date} <> regdato AND {END}",
            (record(f"{date} = v.regdato"), exit_after(f"{date} = v.regdato"), SYNC),
        )
        yield Damage(
            "endring_er_endring",
            f"not {date} of what changed",
            f"kode = '2' AND {date} = regdato AND regdato IN ({', '.join(others)}) AND {END}",
            (record(f"{date} = v.f_{date}"), exit_after(f"{date} = v.f_{date}"), SYNC),
            year=2003,
        )
        yield Damage(
            "uendret_beholder_dato",
            date,
            f"kode = '2' AND {date} <> regdato AND {END}",
            (record(f"{date} = f.{date} - 1"), exit_after(f"{date} = f.{date} - 1"), SYNC),
        )
        yield Damage("avgang_viser_siste", date, "slag = 'A'", (record(f"{date} = f.{date} - 1"), SYNC))
        yield Damage("avgang_viser_siste", value, "slag = 'G'", (record(f"{value} = 'ZZ'"),))
        yield Damage(
            "avgang_viser_siste",
            f"{value} is missing",
            f"slag = 'A' AND {value} IS NOT NULL",
            (record(f"{value} = NULL"),),
        )
    as_before = ", ".join(f"{column} = v.f_{column}" for column in DATES + VALUES)
    yield Damage(
        "endring_er_endring",
        "nothing changes, of the year before",
        f"kode = '2' AND 2001 = ANY (lop_ved_slutten_av) AND {END}",
        (record(as_before), exit_after(as_before), SYNC),
        of=2001,
    )

    closed = "tomdato IS NOT NULL"
    for what, where, of, value in (
        ("opening", f"{OPENING} AND {closed}", 2002, "f.tomdato + 1"),
        ("change", f"kode = '2' AND {closed}", 2002, "NULL"),
        ("exit", "slag = 'A'", 2002, "f.tomdato - 1"),
        ("group exit", f"slag = 'G' AND {closed}", 2002, "f.asokavg"),
        ("of a running spell", f"kode <> '0' AND {LAST}", 2002, "f.dagdato"),
        ("of the year before", f"{closed} AND 2001 = ANY (lop_ved_slutten_av)", 2001, "NULL"),
        ("of the year after", f"kode = '2' AND {closed} AND 2002 = ANY (lop_ved_slutten_av)", 2003, "NULL"),
    ):
        yield Damage("tomdato", what, where, (record(f"tomdato = {value}"),), of=of)
    ended = "asoktom IS NOT NULL"
    for what, where, of, value in (
        ("opening", f"{OPENING} AND {ended}", 2002, "f.asoktom + 1"),
        ("group entry", f"{GROUP_ENTRY} AND {ended}", 2002, "NULL"),
        ("change", f"kode = '2' AND {ended}", 2002, "f.asoktom - 1"),
        ("exit", "slag = 'A'", 2002, "NULL"),
        ("group exit", "slag = 'G'", 2002, "f.tomdato"),
        ("of a running spell", f"kode <> '0' AND {LAST}", 2002, "f.dagdato"),
        ("of the year before", f"{ended} AND 2001 = ANY (lop_ved_slutten_av)", 2001, "NULL"),
    ):
        distinct = f" AND {value.replace('f.', '')} IS DISTINCT FROM asoktom"
        yield Damage("asoktom", what, where + distinct, (record(f"asoktom = {value}"),), of=of)
    for what, where, of, value in (
        ("before a change", "n_kode = '2' AND gruppen_fortsetter", 2002, "v.n_regdato"),
        ("before an exit", "n_kode = '0' AND gruppen_fortsetter", 2002, "v.n_regdato - 1"),
        ("still open before a change", "n_kode = '2' AND gruppen_fortsetter", 2002, "NULL"),
        ("exit", "slag = 'A'", 2002, "f.regdato - 1"),
        ("group exit", "slag = 'G'", 2002, "NULL"),
        ("still holds", LAST + " AND kode <> '0'", 2002, "f.dagdato"),
        ("of the year before", "n_kode = '2' AND gruppen_fortsetter AND n_aargang = 2002", 2001, "v.regdato"),
    ):
        yield Damage("regtom", what, where, (record(f"regtom = {value}"),), of=of)

    everything = ", ".join(f"{column} = v.tilgdato - 1" for column in ("tilgdato", "asoktilg", *DATES))
    yield Damage(
        "fra_serie_start",
        "a day before",
        f"{OPENING} AND regdato = DATE '2001-05-01' AND n_kode = '0' AND n_avgdato IS NOT NULL AND n_aargang = 2001",
        (exit_after(everything), record(f"{everything}, regdato = v.regdato - 1"), SYNC),
        found=f"unnest(ARRAY[{KEY('regdato - 1', 'kode')}, {NEXT_KEY}])",
        year=2001,
    )

    fits = "status_og_kode"
    yield Damage(
        fits,
        "X on a group exit",
        "slag = 'G'",
        (record("status = overlay(f.status placing 'X' from 2 for 1)"),),
        counted=True,
    )
    for slag, status in (("A", "UK111"), ("A", "UK101"), ("A", "ZZ999"), ("G", "OK100"), ("G", "ZZ999")):
        where = f"slag = '{slag}' AND status NOT LIKE '_X%' AND status <> '{status}' AND n_aargang = 2002"
        yield Damage(fits, f"{status} on {slag}", where, (record(f"status = '{status}'"), SYNC), counted=True)
    for kode in ("1", "3"):
        yield Damage(
            fits,
            f"left-censored is not {kode}",
            f"{OPENING} AND kode = '9'",
            (record(f"kode = '{kode}'"),),
            year=2001,
            found=KEY("regdato", f"'{kode}'"),
            counted=True,
        )
    for status, rule in (
        ("UK111", "handling = 'avgang_tilgang'"),
        ("OK100", "handling = 'gruppeovergang'"),
        ("NK070", "handling = 'ingen', tilgang_dato = NULL"),
        ("UK101", "kode = '9'"),
    ):
        yield Damage(
            fits,
            f"the rule table has {status} otherwise",
            f"status = '{status}'",
            (f"UPDATE trygdfob.statuskode SET {rule} WHERE status = '{status}'",),
            found="(SELECT array_agg(r.noekkel) FROM rekke AS r WHERE r.aargang = 2002 AND r.status = v.status)",
        )

    dated = "datering"
    a_day_later = ", ".join(
        f"{date} = CASE WHEN f.{date} = f.regdato THEN f.regdato + 1 ELSE f.{date} END" for date in DATES
    )
    yield Damage(
        dated,
        "change",
        f"kode = '2' AND {LAST}",
        (record(f"{a_day_later}, regdato = f.regdato + 1"), before("regtom = v.regdato"), SYNC),
        found=KEY("regdato + 1", "kode"),
    )
    yield Damage(
        dated,
        "entry",
        f"{OPENING} AND {LAST}",
        (record(f"{a_day_later}, regdato = f.regdato + 1, tilgdato = f.regdato + 1, asoktilg = f.regdato + 1"), SYNC),
        found=KEY("regdato + 1", "kode"),
    )
    yield Damage(dated, "exit", "slag = 'A' AND status NOT LIKE '_X%'", (record("dagdato = f.dagdato - 1"),))
    yield Damage(
        dated, "exit at the year's end", "slag = 'A' AND status LIKE '_X%'", (record("dagdato = f.dagdato - 1"),)
    )

    known = "ny_eller_kjent"
    for slag, there, other in (("G", "UK111", "UI110"), ("A", "OK100", "OK101")):
        yield Damage(
            known,
            f"exit and entry differ, {slag}",
            f"slag = '{slag}' AND status = '{there}' AND n_aargang = 2002",
            (record(f"status = '{other}'"), SYNC),
            counted=True,
        )
    back = f"{OPENING} AND individ = 'avsluttet' AND f_aargang = 2001"
    yield Damage(
        known,
        "back from nowhere",
        back,
        ("DELETE FROM trygdfob.f_arbsok AS f USING v WHERE f.fnr = v.fnr AND f.aargang = 2001",),
    )
    yield Damage(known, "back, but the year's end closed nothing", back, (before("status = 'OK100'"),))
    yield Damage(
        known,
        "closed at the year's end, but not back",
        "slag = 'A' AND status LIKE 'O%' AND status NOT LIKE '_X%' AND n_aargang = 2002 AND dagdato < '2002-08-01'",
        (record("status = overlay(f.status placing 'X' from 2 for 1)"),),
        found=NEXT_KEY,
        counted=True,
    )
    yield Damage(
        "aargang_er_registreringens",
        "a record of the year before",
        "kode = '2' AND 2001 = ANY (lop_ved_slutten_av)",
        (record("aargang = 2002"),),
        of=2001,
        counted=True,
    )
    for what, year in (("", 2002), (", in the first year", 2001)):
        date = f"{LAST_DAY} - 91"
        yield Damage(
            "avslutning",
            f"13 weeks to the day{what}",
            "slag = 'A' AND status LIKE '_X%'",
            (
                record(f"regdato = {date}, asokavg = {date}, avgdato = {date}, regtom = {date}, dagdato = {date}"),
                spell(f"tomdato = {date}"),
                group(f"asoktom = {date}"),
                before(f"regtom = {date}"),
                SYNC,
            ),
            year=year,
            found=KEY(f"{LAST_DAY} - 91", "kode"),
        )


DAMAGES = [*forlop()]


@damaged(DAMAGES)
def test_the_damage_is_found_and_nothing_else(sound: Connection, suspicious: Suspicious, damage: Damage) -> None:
    must_be_found(sound, suspicious, damage, DAMAGES)


def test_every_control_of_the_pass_is_broken(sound: Connection) -> None:
    assert {damage.control for damage in DAMAGES} == controls_of(sound, "arbsok_forlop_funn")


#: Column of F_ARBSOK: other values for it. A value that is the record's own already changes nothing
OTHER_DATES = ("regdato", "tilgdato", "asoktilg", "asokavg", "avgdato", *DATES, "dagdato", "fdagdato", "henddato",
               "tomdato", "asoktom", "regtom")  # fmt: skip
OTHER_VALUES = {
    **dict.fromkeys(OTHER_DATES, ("{0} + 1", "{0} - 1", "regdato", "tilgdato", "dagdato", "tomdato", "NULL")),
    "kode": ("'0'", "'1'", "'2'", "'3'", "'9'"),
    **dict.fromkeys(VALUES, ("'ZZ'", "NULL")),
    "hoved": ("'8'",),
    "status": ("'UK111'", "'OK100'", "'UX101'", "'NK070'", "'ZZ999'"),
    "aargang": ("2001", "2002", "2003"),
    "lopenr": ("'nobody ' || d.nr",),
}


#: Which of a person's records get the value, in an order drawn by lot: one, two, which might hide each other, or all
#: but one
WHICH = ("[1,1]", "[1,2]", "[2,)")


@pytest.fixture(scope="module")
def again(correct: Connection) -> Iterator[Connection]:
    """Everybody once more for each value of a column, and for each choice of records; and nothing forbids any value.

    So one question tells of all damages of a column.
    """
    correct.rollback()
    forbidden = correct.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = 'trygdfob.forlopsdel'::regclass AND contype IN ('c', 'p')"
    ).fetchall()
    for (constraint,) in forbidden:
        correct.execute(f"ALTER TABLE trygdfob.forlopsdel DROP CONSTRAINT {constraint}")
    correct.execute("CREATE INDEX ON trygdfob.forlopsdel (lopenr, regdato, kode)")  # the key, for more than one of a kind
    for column in OTHER_VALUES:
        correct.execute(f"ALTER TABLE trygdfob.forlopsdel ALTER {column} DROP NOT NULL")
    correct.execute(
        "CREATE TEMP TABLE kopi AS SELECT p.fnr AS av, nr,"
        " lpad((nr * 1000 + dense_rank() OVER (ORDER BY p.fnr))::text, 11, '0') AS fnr"
        " FROM trygdfob.person AS p CROSS JOIN generate_series(1, %s) AS nr",
        [max(map(len, OTHER_VALUES.values())) * len(WHICH)],
    )
    for table in ("person", "h_arbsok", "forlopsdel"):
        correct.execute(
            f"INSERT INTO trygdfob.{table} SELECT n.* FROM trygdfob.{table} AS t JOIN kopi AS k ON k.av = t.fnr"
            " CROSS JOIN LATERAL jsonb_populate_record(t, jsonb_build_object('fnr', k.fnr, 'lopenr', k.fnr)) AS n"
        )
    correct.execute("SAVEPOINT again")
    yield correct
    correct.rollback()


@pytest.mark.parametrize("column", OTHER_VALUES)
def test_whoever_has_a_wrong_record_is_noticed(again: Connection, column: str) -> None:
    """The load asks for less whether any is wrong, and only then which: whoever has a finding must be asked about."""
    again.execute("ROLLBACK TO again")
    damages = [(nr, value, which) for nr, (value, which) in enumerate(product(OTHER_VALUES[column], WHICH), 1)]
    values = " ".join(f"WHEN {nr} THEN {value.format(column)}" for nr, value, _ in damages)
    again.execute(
        "CREATE TEMP TABLE skade AS SELECT * FROM unnest(%s::integer[], %s::text[], %s::int4range[])"
        " AS d (nr, verdi, hvilke)",
        [list(each) for each in zip(*damages, strict=True)],
    )
    again.execute(
        f"UPDATE trygdfob.f_arbsok AS f SET {column} = CASE d.nr {values} END FROM (SELECT a.ctid, s.nr, s.hvilke,"
        " row_number() OVER (PARTITION BY a.fnr ORDER BY md5(concat(k.av, a.regdato, a.kode, s.verdi))) AS n"
        " FROM trygdfob.f_arbsok AS a JOIN kopi AS k USING (fnr) JOIN skade AS s USING (nr)"
        " WHERE a.aargang IN (2001, 2002)) AS d WHERE d.ctid = f.ctid AND d.n::integer <@ d.hvilke"
    )
    wrong, noticed = (
        set(
            again.execute(
                "SELECT DISTINCT s.verdi, s.hvilke::text, k.av"
                " FROM kontroll.arbsok_forlop_vurdert(2002, '', %s, %s) AS v JOIN kopi AS k USING (fnr)"
                " JOIN skade AS s USING (nr)",
                [f"{(len(damages) + 1) * 1000:011}", exactly],
            )
        )
        for exactly in (True, False)
    )
    assert wrong <= noticed
    assert len(wrong) > 50


@pytest.mark.parametrize(("exactly", "windows"), [(True, 3), (False, 1)])
def test_what_is_not_asked_for_is_not_worked_out(sound: Connection, exactly: bool, windows: int) -> None:
    plan = sound.execute(
        "EXPLAIN SELECT count(*) FROM kontroll.arbsok_forlop_vurdert(2002, '', ':', %s)", [exactly]
    ).fetchall()
    assert sum("WindowAgg" in line for (line,) in plan) == windows
