"""Controls of the registrations and of what stands for them: each is broken in every way (spec.md 5)."""

from collections.abc import Iterator

import pytest
from fdtrygd.db import database

from conftest import qualified
from damages import (
    DELETE,
    LAST,
    OPENING,
    REJECT,
    SYNC,
    YEARS,
    Connection,
    Damage,
    Suspicious,
    before,
    controls_of,
    damaged,
    must_be_found,
    record,
    register,
    rejected,
)


def registrations() -> Iterator[Damage]:
    """Registrations, and what stands for them (arbsok_registrering_kontrollert)."""
    has = "record_har_registrering"
    yield Damage(
        has,
        "a record of nobody's",
        f"{OPENING} AND individ = 'ny' AND NOT fortsatt AND {LAST} AND dagdato = (SELECT max(dagdato) FROM fil)",
        (
            "DELETE FROM trygdfob.miniregister AS m USING v WHERE m.fnr = v.fnr AND m.dagdato = v.dagdato",
            "DELETE FROM trygdfob.h_arbsok AS h USING v WHERE h.fnr = v.fnr",
            "UPDATE trygdfob.maanedsfil AS m SET antall = m.antall - 1 FROM v WHERE m.dagdato = v.dagdato",
        ),
        year=2003,
        found="concat_ws(' ', fnr, dagdato)",
        counted=True,
        registrations_too=True,
    )
    yield Damage(
        has,
        "nobody's is rejected",
        "true",
        (rejected("fnr = '01010100000'"), REJECT.replace("JOIN v ON v.fnr = m.fnr", "JOIN v ON v.fnr = m.fnr")),
        table="vrak",
        found="'01010100000 ' || dagdato",
    )
    yield Damage(has, "rejected in another month", "true", (rejected("mnddato = w.mnddato + 31"),), table="vrak")

    # The registration confirms a spell, and so does the one after it
    quiet = "status = 'UK000' AND n_status = 'UK000' AND ant_d_as_n > 5 AND mnddato >= '{0}-11-01'"
    dates = "miniregister_datoer"
    for year in (2002, 2003):
        where = quiet.format(year).replace(">=", "=")
        yield Damage(
            dates,
            f"dagdato, {year}",
            where,
            (register("dagdato = m.dagdato + 1, ant_d_as_n = m.ant_d_as_n + 1"),),
            table="registrert",
            year=year,
            found="concat_ws(' ', fnr, dagdato + 1)",
        )
        yield Damage(
            dates, f"fdagdato, {year}", where, (register("fdagdato = m.fdagdato - 1"),), table="registrert", year=year
        )
        yield Damage(
            dates,
            f"number of days, {year}",
            where,
            (register("ant_d_as_n = m.ant_d_as_n + 1"),),
            table="registrert",
            year=year,
        )
    yield Damage(dates, "no number of days", where, (register("ant_d_as_n = NULL"),), table="registrert", year=2003)
    yield Damage(
        dates, "no date, but a number of days", "henddato IS NULL", (register("ant_d_as_n = 5"),), table="registrert"
    )
    codes = "miniregister_koder"
    for column, value in (("mrk_dl", "31"), ("mrk_fnr", "'2'")):
        for year in YEARS:
            yield Damage(
                codes,
                f"{column}, {year}",
                f"{column} IS DISTINCT FROM {value}",
                (register(f"{column} = {value}"),),
                table="registrert",
                year=year,
                counted=True,
            )
    for what, where, value in (
        ("other group", "hoved = '1' AND as_gr = '1'", "'2'"),
        ("9", "hoved = '1'", "'-1'"),
        ("7", "hoved = '1'", "NULL"),
        ("not 7", "hoved = '7' AND as_gr = '7'", "'1'"),
    ):
        yield Damage(
            codes,
            f"as_gr, {what}",
            f"mnddato = '2002-10-01' AND {where}",
            (register(f"as_gr = {value}"),),
            table="registrert",
            counted=True,
        )

    account = "registrering_gjort_rede_for"
    yield Damage(account, "rejected where it confirms", "handling = 'ingen'", (REJECT,), table="registrert")
    yield Damage(account, "rejected before the start", "NOT fra_start", (REJECT,), table="registrert", year=2001)
    yield Damage(account, "record and rejected", "handling = 'endring'", (REJECT,), table="registrert")
    yield Damage(
        account,
        "neither",
        "true",
        ("DELETE FROM trygdfob.vrak_arbsok AS w USING v WHERE w.fnr = v.fnr AND w.dagdato = v.dagdato",),
        table="vrak",
    )
    rule = "status_etter_reglene"
    yield Damage(
        rule,
        "another change",
        "kode = '2' AND status = 'UK101'",
        (record("status = 'UK901'"), SYNC),
        counted=True,
        found="concat_ws(' ', fnr, dagdato)",
    )
    yield Damage(rule, "rejected for another reason", "true", (rejected("status = 'XXXXX'"),), table="vrak")
    yield Damage(
        rule,
        "a change is rejected",
        f"kode = '2' AND {LAST}",
        (
            DELETE,
            before("regtom = NULL"),
            SYNC,
            REJECT.replace("v.mnddato = m.mnddato AND v.aargang", "v.dagdato = m.dagdato AND v.aargang"),
        ),
        found="concat_ws(' ', fnr, dagdato)",
        counted=True,
    )

    shows = "record_viser_registreringen"
    alone = f"{OPENING} AND {LAST} AND tilgang_dato = 'henddato'"
    for column, value in (
        ("hoved", "'8'"),
        ("hovedarbstat", "'ZZ'"),
        ("tiltak", "'ZZ'"),
        ("ytelse", "'ZZ'"),
        ("fdagdato", "f.fdagdato - 1"),
    ):
        yield Damage(
            shows, column, alone, (record(f"{column} = {value}"),), found="concat_ws(' ', fnr, dagdato)", counted=True
        )
    yield Damage(
        shows,
        "henddato",
        "kode = '2' AND tilgang_dato = 'fdagdato+1'",
        (record("henddato = f.henddato - 1"),),
        found="concat_ws(' ', fnr, dagdato)",
    )
    for column, value in (
        ("hoved", "'8'"),
        ("hovedarbstat", "'ZZ'"),
        ("tiltak", "'ZZ'"),
        ("ytelse", "'ZZ'"),
        ("fdagdato", "w.fdagdato - 1"),
        ("henddato", "coalesce(w.henddato, w.dagdato) - 1"),
    ):
        yield Damage(shows, f"{column}, rejected", "true", (rejected(f"{column} = {value}"),), table="vrak")


DAMAGES = [*registrations()]


@damaged(DAMAGES)
def test_the_damage_is_found_and_nothing_else(sound: Connection, suspicious: Suspicious, damage: Damage) -> None:
    must_be_found(sound, suspicious, damage, DAMAGES)


def test_every_control_of_the_pass_is_broken(sound: Connection) -> None:
    assert {damage.control for damage in DAMAGES} == controls_of(sound, "arbsok_registrering_funn")


#: Table, as the register says it, and year: other values for its columns. One that a row has already changes nothing
DATE = ("{0} + 1", "{0} - 1", "{0} - 40", "dagdato", "NULL")
CODE = ("'8'", "'5'", "NULL")
REGISTERED = {
    "hoved": CODE[:2],
    **dict.fromkeys(("hovedarbstat", "tiltak", "ytelse"), CODE),
    **dict.fromkeys(("fdagdato", "henddato"), DATE),
}
OTHER_VALUES: dict[tuple[str, int], dict[str, tuple[str, ...]]] = {
    ("miniregister", 2002): {
        **REGISTERED,
        "dagdato": DATE[:3],
        "mrk_fnr": ("'0'", "'1'", "'2'"),
        "mrk_dl": ("31", "32", "NULL"),
        "ant_d_as_n": ("{0} + 1", "NULL"),
        "as_gr": ("'2'", "'-1'", "NULL"),
        "henddato = dagdato - 3, ant_d_as_n": ("3",),
        "henddato = NULL, ant_d_as_n": ("NULL",),
        "henddato = henddato - 40, ant_d_as_n": ("{0} + 40",),
    },
    ("h_arbsok", 2001): {
        **REGISTERED,
        "dagdato": DATE[:4],
        "mrk_fnr": ("'0'", "'1'", "'2'"),
        "avgdato": ("dagdato", "NULL"),
    },
    ("h_arbsok", 2002): {**REGISTERED, "dagdato": DATE[:3], "avgdato": ("dagdato", "NULL")},
    ("f_arbsok", 2002): {
        **REGISTERED,
        "dagdato": DATE[:3],
        "status": ("'UK111'", "'UK101'", "'OK100'", "'FK070'", "'YK901D'", "'UX101'", "'ZZ999'"),
        "kode": ("'0'", "'1'", "'2'"),
        "aargang": ("2001", "2003"),
    },
    ("vrak_arbsok", 2002): {
        **REGISTERED,
        "dagdato": DATE[:3],
        "status": ("'UI300'", "'UI100'", "'YI300D'", "'UK101'"),
        "mnddato": ("{0} + 31",),
        "aargang": ("2001", "2003"),
    },
    ("person", 2002): {"aargang": ("2001", "2003")},
}
#: What else is done to many persons at a time; d has a row of each
ELSE = {
    ("miniregister", 2002): "INSERT INTO trygdfob.vrak_arbsok SELECT n.* FROM d CROSS JOIN LATERAL"
    " jsonb_populate_record(NULL::trygdfob.vrak_arbsok, d.rad || jsonb_build_object('status', 'UI300')) AS n",
    ("f_arbsok", 2002): "INSERT INTO trygdfob.f_arbsok SELECT n.* FROM d CROSS JOIN LATERAL jsonb_populate_record("
    "NULL::trygdfob.f_arbsok, d.rad || jsonb_build_object('regdato', (d.rad ->> 'regdato')::date + 1, 'regtom', NULL))"
    " AS n",
}  # fmt: skip


def wrong_and_noticed(connection: Connection, year: int) -> tuple[set[str], set[str]]:
    """The persons of whom the control finds something, and those of them whom the sieve holds back alone."""
    wrong = connection.execute(
        "SELECT DISTINCT k.fnr FROM kontroll.arbsok_registrering_kontrollert(%s, '', ':') AS k"
        " WHERE k.kontroll IS NOT NULL",
        [year],
    ).fetchall()
    noticed = connection.execute(
        "SELECT p.fnr FROM unnest(%s::text[]) AS p (fnr) WHERE (SELECT sum(s.mistenkte)"
        " FROM kontroll.arbsok_registrering_silt(%s, p.fnr, p.fnr || ' ') AS s) > 0",
        [[fnr for (fnr,) in wrong], year],
    ).fetchall()
    return {fnr for (fnr,) in wrong}, {fnr for (fnr,) in noticed}


@pytest.mark.parametrize(("table", "of"), OTHER_VALUES, ids=str)
def test_whoever_has_a_finding_is_noticed(sound: Connection, table: str, of: int) -> None:
    """A load asks for less whether anything is wrong, and only then what: whoever has a finding must be asked about.

    A dozen persons are damaged at a time, each in one row of his.
    """
    name = qualified(table)
    for (constraint,) in sound.execute(
        "SELECT conname FROM pg_constraint WHERE contype IN ('c', 'p') AND conrelid = %s::regclass", [name]
    ).fetchall():
        sound.execute(f"ALTER TABLE {name} DROP CONSTRAINT {constraint}")
    changes = [
        f"UPDATE {name} AS m SET {column} = {value.format(column.split()[-1])} FROM d WHERE to_jsonb(m) = d.rad"
        for column, values in OTHER_VALUES[table, of].items()
        for value in values
    ]
    changes.append(f"DELETE FROM {name} AS m USING d WHERE to_jsonb(m) = d.rad")
    changes += [ELSE[table, of]] if (table, of) in ELSE else []
    found = 0
    for change in changes:
        sound.execute("SAVEPOINT before")
        sound.execute(
            "CREATE TEMP TABLE d AS SELECT DISTINCT ON (md5(m.fnr || %(salt)s)) to_jsonb(m) AS rad"
            f" FROM {name} AS m WHERE m.aargang = {of}"
            " ORDER BY md5(m.fnr || %(salt)s), md5(concat(to_jsonb(m), %(salt)s)) LIMIT 12",
            {"salt": change},
        )
        sound.execute(change)
        wrong, noticed = wrong_and_noticed(sound, 2002)
        assert wrong == noticed, change
        found += len(wrong)
        sound.execute("ROLLBACK TO before")
    assert found


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE trygdfob.maanedsfil SET dagdato = dagdato + 1 WHERE mnddato = '2002-05-01'",
        "UPDATE trygdfob.maanedsfil SET fdagdato = fdagdato - 1 WHERE mnddato = '2002-01-01'",
        "DELETE FROM trygdfob.maanedsfil WHERE mnddato = '2002-12-01'",
        "UPDATE trygdfob.statuskode SET handling = 'vrak' WHERE status = 'UK000'",
        "UPDATE trygdfob.statuskode SET handling = 'endring', tilgang_dato = 'dagdato', kode = '2'"
        " WHERE status IN ('UK000', 'UI300')",
        "UPDATE trygdfob.statuskode SET handling = 'ingen', tilgang_dato = NULL, kode = NULL WHERE status = 'UK101'",
        "UPDATE trygdfob.handling SET gir_record = true WHERE handling = 'ingen'",
    ],
)
def test_what_is_wrong_with_many_is_noticed(sound: Connection, change: str) -> None:
    sound.execute(change)
    sound.execute("REFRESH MATERIALIZED VIEW arbsok_lasting.statusvalg")
    wrong, noticed = wrong_and_noticed(sound, 2002)
    assert wrong
    assert noticed == wrong


def test_a_correct_year_is_counted_alike_and_nobody_is_noticed(sound: Connection) -> None:
    for year in YEARS:
        found = sound.execute(
            "SELECT * FROM (SELECT s.mnddato, s.utfall, s.status, s.handling, s.en_maaned_borte, s.antall"
            " FROM kontroll.arbsok_registrering_silt(%(year)s, '', ':') AS s) AS s"
            " FULL JOIN kontroll.arbsok_registrering_opptelt(%(year)s) AS t"
            " ON (t.mnddato, t.utfall, coalesce(t.status, ''), coalesce(t.handling, ''), t.en_maaned_borte, t.antall)"
            " = (s.mnddato, s.utfall, coalesce(s.status, ''), coalesce(s.handling, ''), s.en_maaned_borte, s.antall)"
            " WHERE s.mnddato IS NULL OR t.mnddato IS NULL",
            {"year": year},
        ).fetchall()
        assert found == []
        noticed = database.scalar(
            sound, "SELECT sum(mistenkte) FROM kontroll.arbsok_registrering_silt(%s, '', ':')", year
        )
        assert noticed == 0
