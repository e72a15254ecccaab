"""Controls of a year's files, sums, run log and persons' numbers: each is broken in every way (spec.md 5)."""

from collections.abc import Iterator
from typing import Any

from conftest import qualified
from damages import OPENING, Connection, Damage, Suspicious, controls_of, damaged, must_be_found, record


def moved(to: str) -> tuple[str, ...]:
    """The victim's month with another extraction date; nothing hangs on those before the start of the series."""
    return (
        f"UPDATE trygdfob.miniregister AS m SET dagdato = {to}, henddato = {to} - m.ant_d_as_n FROM v"
        " WHERE m.mnddato = v.mnddato",
        f"UPDATE trygdfob.miniregister AS m SET fdagdato = {to} FROM v"
        " WHERE m.mnddato = v.mnddato + interval '1 month'",
        f"UPDATE trygdfob.maanedsfil AS m SET dagdato = {to} FROM v WHERE m.mnddato = v.mnddato",
        f"UPDATE trygdfob.maanedsfil AS m SET fdagdato = {to} FROM v WHERE m.mnddato = v.mnddato + interval '1 month'",
    )


def follows(previous: str) -> tuple[str, ...]:
    """The victim's month says that the extraction date before it was another."""
    return (
        f"UPDATE trygdfob.miniregister AS m SET fdagdato = {previous} FROM v WHERE m.mnddato = v.mnddato",
        f"UPDATE trygdfob.maanedsfil AS m SET fdagdato = {previous} FROM v WHERE m.mnddato = v.mnddato",
    )


def without(month: str) -> tuple[str, ...]:
    """A month is not there at all."""
    return tuple(
        f"DELETE FROM {qualified(table)} WHERE mnddato = '{month}'"
        for table in ("miniregister", "lagt_til_side", "maanedsfil")
    )


def years() -> Iterator[Damage]:
    """Files, sums, run log, persons' numbers (arbsok_aargang_kontrollert)."""
    month = "mnddato = '2001-{:02}-01'".format
    connected: dict[str, Any] = {
        "control": "maaneder_henger_sammen",
        "table": "fil",
        "year": 2001,
        "counted": True,
        "registrations_too": True,
    }
    yield Damage(what="early", pick=month(1), do=moved("DATE '2000-12-21'"), **connected)
    yield Damage(what="late", pick=month(2), do=moved("DATE '2001-03-11'"), **connected)
    yield Damage(what="before the month before", pick=month(2), do=moved("v.fdagdato - 1"), **connected)
    yield Damage(what="the same day", pick=month(2), do=moved("v.fdagdato"), **connected)
    yield Damage(what="another day before", pick=month(3), do=follows("v.fdagdato - 1"), **connected)
    yield Damage(what="no day before", pick=month(3), do=follows("NULL"), **connected)
    yield Damage(
        what="no extraction date",
        pick=month(1),
        do=(
            "DELETE FROM trygdfob.miniregister WHERE mnddato = '2001-01-01'",
            "DELETE FROM trygdfob.lagt_til_side WHERE mnddato = '2001-01-01'",
            "UPDATE trygdfob.maanedsfil SET dagdato = NULL, antall = 0 WHERE mnddato = '2001-01-01'",
            "UPDATE trygdfob.maanedsfil SET fdagdato = NULL WHERE mnddato = '2001-02-01'",
            "UPDATE trygdfob.miniregister SET fdagdato = NULL WHERE mnddato = '2001-02-01'",
        ),
        empty=("2001-01",),
        **connected,
    )
    yield Damage(what="no January", pick=month(2), do=without("2001-01-01"), found="'2001'", **connected)
    yield Damage(
        what="no February",
        pick=month(3),
        do=(*follows("(SELECT fil.dagdato FROM fil WHERE fil.mnddato = '2001-01-01')"), *without("2001-02-01")),
        found="unnest(ARRAY['2001', noekkel])",
        **connected,
    )

    read: dict[str, Any] = {"control": "alle_innleste_gjort_rede_for", "table": "fil", "counted": True}
    aside = "EXISTS (SELECT FROM trygdfob.lagt_til_side AS s WHERE s.mnddato = fil.mnddato)"
    for what, where, number in (
        ("lost", aside, "+ 1"),
        ("lost, none set aside", f"NOT {aside}", "+ 1"),
        ("won", "true", "- 1"),
    ):
        yield Damage(
            what=what,
            pick=where,
            do=(f"UPDATE trygdfob.maanedsfil AS m SET antall = m.antall {number} FROM v WHERE m.mnddato = v.mnddato",),
            **read,
        )
    for reason, of in (("dublett", 2002), ("ugyldig_fnr", 2003)):
        yield Damage(
            year=of,
            what=f"{reason} is gone",
            pick=aside.replace("fil.mnddato", f"fil.mnddato AND s.grunn = '{reason}'"),
            do=(
                "DELETE FROM trygdfob.lagt_til_side AS s USING v"
                " WHERE (s.mnddato, s.linje) = (SELECT t.mnddato, t.linje"
                f" FROM trygdfob.lagt_til_side AS t WHERE t.mnddato = v.mnddato AND t.grunn = '{reason}' LIMIT 1)",
            ),
            **read,
        )
    yield Damage(
        what="a month is lost",
        pick=month(2),
        do=(
            "DELETE FROM trygdfob.miniregister WHERE mnddato = '2001-02-01'",
            "DELETE FROM trygdfob.lagt_til_side WHERE mnddato = '2001-02-01'",
        ),
        registrations_too=True,
        empty=("2001-02",),
        **read | {"year": 2001},
    )

    sums: dict[str, Any] = {"control": "summer_stemmer"}
    register_sum = "'miniregister_tall ' || concat_ws(' ', mnddato, hoved, mrk_fnr, mrk_dl)"
    spell_sum = "'forlop_tall ' || concat_ws(' ', status, kode, hoved, tilfelle)"
    length_sum = (
        "'varighet_tall ' || CASE WHEN avsluttet THEN 'ended' ELSE 'running' END || ' ' || coalesce(hoved, '-')"
    )
    for table, where, key in (
        ("miniregister_tall", "mrk_dl IS NULL", register_sum),
        ("miniregister_tall", "mrk_dl = 32", register_sum),
        ("miniregister_tall", "mrk_fnr = '1'", register_sum),
        ("forlop_tall", "kode = '0' AND tilfelle", spell_sum),
        ("forlop_tall", "kode = '0' AND NOT tilfelle", spell_sum),
        ("forlop_tall", "kode = '1' AND NOT tilfelle", spell_sum),
        ("forlop_tall", "kode = '2'", spell_sum),
        ("varighet_tall", "avsluttet AND hoved IS NULL", length_sum),
        ("varighet_tall", "avsluttet AND hoved = '5'", length_sum),
        ("varighet_tall", "NOT avsluttet AND hoved IS NULL", length_sum),
        ("varighet_tall", "NOT avsluttet AND hoved = '5'", length_sum),
        ("registrering_tall", "status = 'UK000'", "'registrering_tall ' || mnddato"),
    ):
        this = f"UPDATE {qualified(table)} AS t SET antall = t.antall + 1 FROM v WHERE to_jsonb(t) = to_jsonb(v)"
        log = ("LOG",) if table == "registrering_tall" else ()
        yield Damage(
            what=f"{table}: {where}", pick=where, do=(this, *log), table=f"{qualified(table)}", found=key, **sums
        )
    for table, key in (
        ("miniregister_tall", register_sum),
        ("forlop_tall", spell_sum),
        ("varighet_tall", length_sum),
        ("registrering_tall", "'registrering_tall ' || mnddato"),
    ):
        yield Damage(
            what=f"no {table}",
            pick="true",
            table=f"{qualified(table)}",
            do=(
                f"CREATE TEMP TABLE alle AS SELECT DISTINCT {key} AS noekkel"
                f" FROM {qualified(table)} WHERE aargang = 2002",
                f"DELETE FROM {qualified(table)} WHERE aargang = 2002",
                "LOG",
            ),
            found="(SELECT array_agg(alle.noekkel) FROM alle)",
            **sums,
        )
    for table, row, key in (
        (
            "miniregister_tall",
            "'2002-01-01', '{}', NULL, NULL, NULL, NULL, '0', NULL, 1",
            "'miniregister_tall 2002-01-01 {} 0'",
        ),
        (
            "registrering_tall",
            "'2002-0{}-02', 'bekreftet', 'UK000', 'ingen', false, 1",
            "'registrering_tall 2002-0{}-02'",
        ),
        ("forlop_tall", "'2002-01-01', 'ZZ', '2', '{}', NULL, false, 1", "'forlop_tall ZZ 2 {} f'"),
        ("varighet_tall", "'{}', 1, false, false, 1", "'varighet_tall running {}'"),
    ):
        yield Damage(
            what=f"sums of nothing, {table}",
            pick="true",
            table="fil",
            **sums,
            do=(*(f"INSERT INTO {qualified(table)} VALUES (2002, {row.format(n)})" for n in (8, 9)), "LOG"),
            found=f"unnest(ARRAY[{key.format(8)}, {key.format(9)}])",
        )

    logged = (
        "lagsasf",
        "nokkel_miniregister",
        "fra_start",
        "asok_insert_forlop",
        "asok_insert_vrak",
        "vrakede",
        "tilganger",
        "avganger",
        "venstresensurerte",
        "endringer",
        "gruppeoverganger",
        "avsluttede",
        "tall_i_as_stat",
        "ugyldig_fnr",
        "dublett",
        "lopende",
    )
    for what, value, year in (
        ("one more", "jsonb_object_agg(e.key, e.value::bigint + 1)", 2002),
        ("one less", "jsonb_object_agg(e.key, e.value::bigint - 1)", 2001),
        ("nothing", "coalesce(jsonb_object_agg(e.key, 0) FILTER (WHERE false), '{}')", 2003),
    ):
        yield Damage(
            "kjorelogg_stemmer",
            what,
            "true",
            (
                f"UPDATE trygdfob.kjorelogg SET antall = (SELECT {value} FROM jsonb_each_text(antall) AS e)"
                f" WHERE aargang = {year}",
            ),
            year=year,
            table="fil",
            # A run log without it is from before T13, when none was set aside for it
            found=f"unnest(array_remove('{{{','.join(logged)}}}', '{'tall_i_as_stat' if what == 'nothing' else ''}'))",
        )
    yield Damage(
        "kjorelogg_stemmer",
        "no load",
        "true",
        ("UPDATE trygdfob.kjorelogg SET handling = 'unload' WHERE aargang = 2002",),
        table="fil",
        found=f"unnest('{{{','.join(logged)}}}'::text[])",
    )

    number = "lopenr_er_personens"
    # With the key as it is: the other person has no such record, and nobody has 0000000000000000
    others = (
        "SELECT min(p.lopenr) FROM trygdfob.person AS p, v WHERE p.fnr <> v.fnr"
        " AND NOT EXISTS (SELECT FROM rekke AS r WHERE r.fnr = p.fnr AND r.regdato = v.regdato)"
    )
    yield Damage(number, "another person's", "kode = '2'", (record(f"lopenr = ({others})"),))
    yield Damage(number, "another person's, exit", "slag = 'A'", (record(f"lopenr = ({others})"),), year=2001)
    yield Damage(number, "nobody's", OPENING, (record("lopenr = '0000000000000000'"),))
    every_record = "(SELECT array_agg(r.noekkel) FROM rekke AS r WHERE r.fnr = v.fnr AND r.aargang = {})".format
    for what, where, of, year in (
        ("new in the year", f"{OPENING} AND individ = 'ny'", 2002, 2002),
        ("known before", f"{OPENING} AND individ = 'ny' AND 2001 = ANY (lop_ved_slutten_av)", 2001, 2002),
        ("in the first year", OPENING, 2001, 2001),
    ):
        more = f"{where} AND fnr IN (SELECT r.fnr FROM rekke AS r WHERE r.aargang = {year} AND r.kode = '2')"
        for change, person in (
            ("not in person", "DELETE FROM trygdfob.person AS p USING v WHERE p.fnr = v.fnr"),
            (
                "another number in person",
                "UPDATE trygdfob.person AS p SET lopenr = '0000000000000000' FROM v WHERE p.fnr = v.fnr",
            ),
        ):
            yield Damage(number, f"{change}, {what}", more, (person,), of=of, year=year, found=every_record(year))
    yield Damage(
        number,
        "two persons have each other's",
        f"{OPENING} AND individ = 'ny'",
        (
            "CREATE TEMP TABLE begge AS SELECT p.* FROM trygdfob.person AS p"
            " WHERE p.fnr IN (SELECT v.fnr FROM v UNION ALL (SELECT r.fnr FROM rekke AS r, v"
            " WHERE r.fnr <> v.fnr AND r.aargang = 2002 ORDER BY r.fnr LIMIT 1))",
            "DELETE FROM trygdfob.person AS p USING begge WHERE p.fnr = begge.fnr",
            "INSERT INTO trygdfob.person SELECT a.fnr, b.lopenr, a.aargang FROM begge AS a, begge AS b WHERE a <> b",
        ),
        found="(SELECT array_agg(r.noekkel) FROM rekke AS r JOIN begge AS t ON t.fnr = r.fnr WHERE r.aargang = 2002)",
    )
    for year in (2001, 2002):
        yield Damage(
            number,
            f"a person without record, {year}",
            "true",
            (f"INSERT INTO trygdfob.person VALUES ('01010100000', '0000000000000000', {year})",),
            year=year,
            table="fil",
            found="'01010100000'",
        )
    yield Damage(
        number,
        "a person with records of another year alone",
        "fnr NOT IN (SELECT r.fnr FROM rekke AS r WHERE r.aargang = 2002)",
        ("UPDATE trygdfob.person AS p SET aargang = 2002 FROM v WHERE p.fnr = v.fnr",),
        of=2001,
        found="fnr",
    )


DAMAGES = [*years()]


@damaged(DAMAGES)
def test_the_damage_is_found_and_nothing_else(sound: Connection, suspicious: Suspicious, damage: Damage) -> None:
    must_be_found(sound, suspicious, damage, DAMAGES)


def test_every_control_of_the_pass_is_broken(sound: Connection) -> None:
    assert {damage.control for damage in DAMAGES} == controls_of(sound, "arbsok_aargang_funn")
