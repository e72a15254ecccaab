"""A year's control as a whole: a correct register breaks nothing, in parts or at once; what became of each finding."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fdtrygd import kontroll
from fdtrygd.db import database

from conftest import qualified
from contents import fingerprint
from damages import VIEWS, YEARS, Connection, Damage, Suspicious, copy, count_again, findings, record


def test_a_query_for_a_year_reads_no_other(sound: Connection) -> None:
    """The year is looked up first, and the pass runs for that one: the views are nested loops with a row outside."""
    for view in VIEWS:
        (plan,) = sound.execute(
            f"EXPLAIN (ANALYZE, FORMAT JSON) SELECT * FROM kontroll.{view} WHERE kontrollert_aargang = 2002"
        ).fetchone() or ([],)
        nodes = list(below(plan[0]["Plan"]))
        outside = [node for node in nodes if "(aargang = 2002)" in (node.get("Index Cond", ""), node.get("Filter", ""))]
        assert "lastet_aargang" in {node["Relation Name"] for node in outside}, view
        read = {node["Relation Name"] for node in nodes if "Relation Name" in node and node["Actual Loops"]}
        assert not [table for table in read if re.match(r"miniregister_(2001|2003)", table) or table.endswith("_2003")]


def below(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A plan's nodes."""
    yield node
    for each in node.get("Plans", []):
        yield from below(each)


def persons(connection: Connection, year: int, occasion: str, jobs: int, in_parts: bool) -> list[tuple[str, str]]:
    """What a run finds in the persons' records: control and key."""
    run = database.scalar(
        connection,
        "INSERT INTO kontroll.kontrollkjoring (anledning, aargang, produktversjon, objektversjon)"
        " VALUES (%s, %s, '', '') RETURNING kjoring",
        occasion,
        year,
    )
    found = database.scalar(connection, "SELECT kontroll.asok_konsistenskontroll(%s, %s, %s)", run, jobs, in_parts)
    kept = connection.execute(
        "SELECT kontroll, noekkel FROM kontroll.kontrollfunn WHERE kjoring = %s", [run]
    ).fetchall()
    assert len(kept) == found
    return kept


SUMMED = ("miniregister_tall", "forlop_tall", "varighet_tall", "registrering_tall")


def sums(connection: Connection) -> dict[str, Any]:
    """The rows of each table of sums, and what is in them."""
    found = fingerprint(connection)
    return {table: found[table] for table in SUMMED}


def without_sums(connection: Connection) -> None:
    for table in SUMMED:
        connection.execute(f"DELETE FROM arbsok_lasting.{table}")


@pytest.mark.parametrize(
    ("in_parts", "jobs"), [(False, 1), (True, 1), (True, 3)], ids=["at once", "in parts", "side by side"]
)
def test_a_correct_register_breaks_nothing(sound: Connection, in_parts: bool, jobs: int) -> None:
    """Nor does it matter whether the persons are taken part by part, or side by side; the year is counted alike."""
    counted = sums(sound)
    assert all(rows > 100 for rows, _ in counted.values())
    without_sums(sound)
    for year in YEARS:
        assert persons(sound, year, "load", jobs, in_parts) == []
    assert sums(sound) == counted
    assert persons(sound, 2002, "check", jobs, in_parts) == []
    assert sums(sound) == counted


def test_an_accurate_load_breaks_nothing(sound: Connection, suspicious: Suspicious) -> None:
    """The load's own control, which counts the year before it holds the sums against it."""
    counted = sums(sound)
    without_sums(sound)
    for year in YEARS:
        controls = kontroll.check(sound, year, "load")
        assert [each.control for each in controls if each.is_error] == []
        assert sum(each.count for each in controls) == len(suspicious[year])
    assert sums(sound) == counted


def test_a_record_twice_under_two_numbers(sound: Connection, suspicious: Suspicious) -> None:
    """The key of F_ARBSOK allows it, the key of spec.md 5.1 does not: the two controls together see what it misses."""
    sound.execute("CREATE TEMP TABLE v AS SELECT * FROM rekke WHERE aargang = 2002 AND kode = '2' ORDER BY fnr LIMIT 1")
    (key,) = sound.execute("SELECT noekkel FROM v").fetchone() or ("",)
    sound.execute(copy("'lopenr', '0000000000000000'"))
    count_again(sound, Damage("", "", "", (), counted=True))
    twice = {("nokkel_entydig", key), ("lopenr_er_personens", key)}
    assert findings(sound, 2002) - suspicious[2002] == twice
    # Both numbers wrong: one finding, not an error of the database
    sound.execute(record("lopenr = '0000000000000001'") + " AND f.lopenr = v.lopenr")
    assert findings(sound, 2002) - suspicious[2002] == twice


@pytest.mark.parametrize("in_parts", [False, True], ids=["at once", "in parts"])
def test_a_last_registration_of_somebody_without_a_number(sound: Connection, in_parts: bool) -> None:
    """No range of lopenr has him, and what the year before says of him is the same."""
    sound.execute(
        "INSERT INTO trygdfob.h_arbsok SELECT n.* FROM (SELECT * FROM trygdfob.h_arbsok AS a WHERE a.aargang = 2001"
        " AND a.avgdato IS NULL ORDER BY a.fnr LIMIT 1) AS h CROSS JOIN generate_series(2001, 2002) AS y"
        " CROSS JOIN LATERAL jsonb_populate_record(NULL::trygdfob.h_arbsok,"
        " to_jsonb(h) || jsonb_build_object('fnr', '99999999999', 'aargang', y)) AS n"
    )
    found = [key for _, key in persons(sound, 2002, "check", 2, in_parts) if "99999999999" in key]
    assert found == ["99999999999"]


#: Finds, in each part, the part and the process that took it
WHO = """
CREATE OR REPLACE FUNCTION kontroll.arbsok_personkontroll(p_aargang integer, p_del integer) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
BEGIN
    RETURN jsonb_build_object('registrering_tall', '[]'::jsonb, 'funn', jsonb_build_array(jsonb_build_object(
        'kontroll', 'tomdato', 'noekkel', format('%s, %s', coalesce(p_del::text, 'all'), pg_backend_pid()),
        'detalj', '')));
END
$$
"""


SETTINGS = "SELECT name, setting FROM pg_settings WHERE name LIKE '%parallel%' OR name = 'work_mem' ORDER BY name"


def test_parts_side_by_side_have_processes_of_their_own(sound: Connection) -> None:
    """The statement's plan gives them, inside a function that writes; this session's own leaves them all of it."""
    sound.execute(WHO)
    sound.execute("SET LOCAL parallel_leader_participation = off")
    before = sound.execute(SETTINGS).fetchall()
    own = sound.info.backend_pid
    for jobs, apart in ((1, False), (3, True)):
        took = dict(key.split(", ") for _, key in persons(sound, 2002, "check", jobs, in_parts=True))
        assert sorted(took) == list("0123")
        assert (str(own) not in took.values()) == apart
    assert sound.execute(SETTINGS).fetchall() == before


@pytest.mark.parametrize(("registrations", "parts"), [(199_999, ["all"]), (200_000, list("0123"))])
def test_persons_are_taken_in_parts_where_they_are_many(
    sound: Connection, registrations: int, parts: list[str]
) -> None:
    sound.execute(WHO)
    sound.execute(
        "UPDATE trygdfob.maanedsfil SET antall = CASE WHEN mnddato = '2002-12-01' THEN %s ELSE 0 END"
        " WHERE aargang = 2002",
        [registrations],
    )
    found = findings(sound, 2002)
    assert sorted(key.split(", ")[0] for control, key in found if control == "tomdato") == parts


def test_too_old_is_by_the_setting_of_the_load_to_the_day(sound: Connection, suspicious: Suspicious) -> None:
    """avslutning_dager as the run log has it: so many days are not too old, and what was closed was older (T7)."""
    last = "(SELECT max(m.dagdato) FROM trygdfob.maanedsfil AS m WHERE m.aargang = 2002)"
    running = f"SELECT {last} - h.dagdato AS dager, h.fnr::text FROM h WHERE h.aargang = 2002 AND h.avgdato IS NULL"
    closed = (
        f"SELECT {last} - r.dagdato AS dager, r.noekkel FROM rekke AS r WHERE r.aargang = 2002 AND r.status LIKE '_X%'"
    )
    oldest = database.scalar(sound, f"SELECT max(dager) FROM ({running}) AS q")
    youngest = database.scalar(sound, f"SELECT min(dager) FROM ({closed}) AS q")
    assert 0 < oldest <= 91 < youngest

    def found(days: int) -> set[tuple[str, str]]:
        sound.execute(
            "UPDATE trygdfob.kjorelogg SET innstillinger ="
            " innstillinger || jsonb_build_object('avslutning_dager', %s::integer) WHERE aargang = 2002",
            [days],
        )
        return findings(sound, 2002) - suspicious[2002]

    assert found(oldest) == set()
    too_old = {("avsluttet_i_tide", key) for days, key in sound.execute(running) if days == oldest}
    assert found(oldest - 1) == too_old
    assert found(youngest - 1) == set()
    too_young = {("avslutning", key) for days, key in sound.execute(closed) if days == youngest}
    assert found(youngest) == too_young


def test_a_damage_is_found_part_by_part(sound: Connection) -> None:
    """One in each pass, in the first part and in the last."""
    for order in ("", "DESC"):
        for table, change in (
            ("f_arbsok", "tomdato = '1999-12-31'"),
            ("miniregister", "ant_d_as_n = -1"),
            ("h_arbsok", "status = 'ZZ'"),
        ):
            sound.execute(
                f"UPDATE {qualified(table)} AS t SET {change} WHERE t.aargang = 2002 AND t.fnr ="
                f" (SELECT u.fnr FROM {qualified(table)} AS u WHERE u.aargang = 2002 ORDER BY u.fnr {order} LIMIT 1)"
            )
    found = findings(sound, 2002)
    part_by_part = set(persons(sound, 2002, "check", 2, in_parts=True))
    of_persons = "SELECT kontroll FROM kontroll.kontroll WHERE visning ~ '_(forlop|registrering|h_arbsok)_'"
    assert part_by_part == {each for each in found if (each[0],) in sound.execute(of_persons).fetchall()}
    for control in ("tomdato", "miniregister_datoer", "h_er_siste_registrering"):
        assert len({key[:11] for name, key in found if name == control}) == 2, control
    every = " UNION ALL ".join(
        f"SELECT kontroll, noekkel FROM kontroll.{view} WHERE kontrollert_aargang = 2002" for view in VIEWS
    )
    assert sorted(sound.execute(every).fetchall()) == sorted(found)
    sound.rollback()


def test_what_became_of_each_finding(sound: Connection) -> None:
    """From one run to the next of the same year, record by record; beside the year before."""

    def wrong_at(*keys: str) -> None:
        sound.execute(
            "UPDATE trygdfob.f_arbsok AS f SET tomdato = r.tomdato FROM rekke AS r WHERE (f.fnr, f.regdato, f.kode)"
            " = (r.fnr, r.regdato, r.kode) AND f.tomdato IS DISTINCT FROM r.tomdato"
        )
        sound.execute(
            "UPDATE trygdfob.f_arbsok AS f SET tomdato = '1999-12-31'"
            " WHERE concat_ws(' ', fnr, regdato, kode) = ANY (%s)",
            [list(keys)],
        )

    def status(year: int = 2002) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = sound.execute(
            "SELECT antall, nye, loeste, fortsatt, forrige_aar FROM kontroll.kontrollstatus"
            " WHERE aargang = %s AND kontroll = 'tomdato'",
            [year],
        ).fetchone()
        return row

    def changed() -> dict[str, str]:
        return dict(
            sound.execute(
                "SELECT noekkel, endring FROM kontroll.kontrollfunn_endret"
                " WHERE aargang = 2002 AND kontroll = 'tomdato'"
            ).fetchall()
        )

    sound.execute("DELETE FROM kontroll.kontrollkjoring")
    a, b, c = (
        key
        for (key,) in sound.execute(
            "SELECT noekkel FROM rekke WHERE kode <> '0' AND aargang = 2002 AND NOT fortsatt ORDER BY 1 LIMIT 3"
        )
    )
    (earlier,) = sound.execute(
        "SELECT noekkel FROM rekke WHERE slag = 'A' AND aargang = 2001 ORDER BY 1 LIMIT 1"
    ).fetchone() or ("",)
    wrong_at(a, b, earlier)
    findings(sound, 2001)
    findings(sound, 2002)
    assert status() == (2, None, None, None, 1)  # nothing to compare with yet
    assert status(2001) == (1, None, None, None, None)
    assert changed() == {a: "ny", b: "ny"}
    wrong_at(b, c)
    findings(sound, 2002)
    assert status() == (2, 1, 1, 1, 1)
    assert changed() == {a: "loest", b: "fortsatt", c: "ny"}
    findings(sound, 2003)  # another year's run is no run of this one
    unfinished = "INSERT INTO kontroll.kontrollkjoring (anledning, aargang, produktversjon, objektversjon)"
    sound.execute(f"{unfinished} VALUES ('check', 2002, '', '')")
    assert status() == (2, 1, 1, 1, 1)
    wrong_at()
    findings(sound, 2002)
    assert status() == (0, 0, 2, 0, 1)
    assert changed() == {b: "loest", c: "loest"}
    findings(sound, 2002)
    assert status() == (0, 0, 0, 0, 1)
    assert changed() == {}
