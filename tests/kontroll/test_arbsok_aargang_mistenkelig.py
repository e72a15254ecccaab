"""What makes a year or a month suspicious (spec.md 5): a correct register that is damaged, and bounds, by sums made by
hand."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from damages import VALUES, YEARS, Connection, Damage, Suspicious, controls_of, damaged, must_be_found, register
from sums_by_hand import file_of, sums_of, suspected


def warnings() -> Iterator[Damage]:
    """What is suspicious of a month beside others (arbsok_aargang_mistenkelig)."""
    month = "mnddato = '2001-03-01'"
    before_start: dict[str, Any] = {"year": 2001, "counted": True, "registrations_too": True}
    yield Damage(
        "maaned_for_liten",
        "a third of a month is gone",
        month,
        (
            "DELETE FROM trygdfob.miniregister AS m USING v WHERE m.mnddato = v.mnddato AND left(m.fnr, 2) < '11'",
            "UPDATE trygdfob.maanedsfil AS m SET antall = (SELECT count(*) FROM trygdfob.miniregister AS r"
            " WHERE r.mnddato = v.mnddato)"
            " + (SELECT count(*) FROM trygdfob.lagt_til_side AS s WHERE s.mnddato = v.mnddato) FROM v"
            " WHERE m.mnddato = v.mnddato",
        ),
        table="fil",
        **before_start,
    )
    yield Damage(
        "gruppe_borte",
        "all are in another",
        month,
        ("UPDATE trygdfob.miniregister AS m SET hoved = '1' FROM v WHERE m.mnddato = v.mnddato AND m.hoved = '5'",),
        table="fil",
        found="noekkel || ' 5'",
        **before_start,
    )
    # An activity of two characters is as expected before October 2002
    unknown = {column: "ZZZ" if column == "tiltak" else "ZZ" for column in (*VALUES, "as_gr")}
    for column in unknown:
        yield Damage(
            "ny_kode",
            column,
            "NOT fra_start AND mnddato = '2001-03-01'",
            (register(f"{column} = '{unknown[column]}'"),),
            table="registrert",
            found=f"'{column} {unknown[column]}'",
            **before_start,
        )
    yield Damage(
        "borte_og_tilbake",
        "in the sums",
        "status = 'UK000' AND mnddato = '2003-02-01' AND NOT en_maaned_borte",
        (
            "UPDATE arbsok_lasting.registrering_tall AS t SET en_maaned_borte = true FROM v"
            " WHERE to_jsonb(t) = to_jsonb(v)",
        ),
        year=2003,
        table="arbsok_lasting.registrering_tall",
        found="'2003-02'",
    )
    for control, assignment in (("faa_gjengangere", "status = 'FK070'"), ("mange_endringer", "status = 'UI0012'")):
        yield Damage(
            control,
            "in the sums",
            "status = 'UK000' AND mnddato = '2003-02-01' AND NOT en_maaned_borte",
            (f"UPDATE arbsok_lasting.registrering_tall AS t SET {assignment} FROM v WHERE to_jsonb(t) = to_jsonb(v)",),
            year=2003,
            table="arbsok_lasting.registrering_tall",
            found="'2003-02'",
        )
    yield Damage(
        "fil_endret",
        "another file was seen",
        month,
        (
            "INSERT INTO trygdfob.avvikende_fil (mnddato, fil, bytes, sha256)"
            " SELECT v.mnddato, v.fil, v.bytes, md5('x') FROM v",
        ),
        year=2001,
        table="fil",
    )


def deliveries() -> Iterator[Damage]:
    """What a file is judged by (arbsok_filmaal): a rule takes care of each record, somebody of their number."""
    of_file: dict[str, Any] = {
        "table": "fil", "pick": "mnddato = '2001-03-01'", "year": 2001, "counted": True, "registrations_too": True,
    }  # fmt: skip
    for control, assignments in (
        ("mange_uten_dager", "ant_d_as_n = NULL, henddato = NULL"),
        ("mange_rettede_datoer", "mrk_dl = 32"),
        ("mange_like_dager", "ant_d_as_n = least(ant_d_as_n, 365), henddato = m.dagdato - least(ant_d_as_n, 365)"),
    ):
        of_month = f"UPDATE trygdfob.miniregister AS m SET {assignments} FROM v WHERE m.mnddato = v.mnddato"
        yield Damage(control, "all of the month", do=(of_month,), **of_file)
    for control, reason in (
        ("mange_ugyldige_fnr", "ugyldig_fnr"),
        ("mange_tall_i_as_stat", "tall_i_as_stat"),
        ("mange_dubletter", "dublett"),
    ):
        aside = (
            "INSERT INTO trygdfob.lagt_til_side (aargang, mnddato, linje, grunn)"
            f" SELECT v.aargang, v.mnddato, 900000 + n, '{reason}' FROM v, generate_series(1, 9) AS n"
        )
        more = "UPDATE trygdfob.maanedsfil AS m SET antall = m.antall + 9 FROM v WHERE m.mnddato = v.mnddato"
        yield Damage(control, "nine more", do=(aside, more), **of_file)
    yield Damage(
        "mange_feil_i_fnr",
        "as it was counted",
        "mnddato = '2002-03-01'",
        ("UPDATE arbsok_lasting.maanedsfil_tall AS t SET feil_i_fnr = 9 FROM v WHERE t.mnddato = v.mnddato",),
        table="fil",
    )
    yield Damage(
        "mange_vrakede",
        "in the sums",
        "status = 'UK000' AND mnddato = '2003-02-01' AND NOT en_maaned_borte",
        (
            "UPDATE arbsok_lasting.registrering_tall AS t SET utfall = 'vraket' FROM v WHERE to_jsonb(t) = to_jsonb(v)",
            "LOG",
        ),
        year=2003,
        table="arbsok_lasting.registrering_tall",
        found="'2003-02'",
    )
    yield Damage(
        "tall_i_kode",
        "loaded before T13",
        "NOT fra_start AND mnddato = '2001-03-01'",
        (
            register("tiltak = '1234567'"),
            "UPDATE trygdfob.kjorelogg SET antall = antall - 'tall_i_as_stat' WHERE aargang = 2001",
        ),
        table="registrert",
        year=2001,
        counted=True,
        registrations_too=True,
        found="'2001-03'",
    )


DAMAGES = [*warnings(), *deliveries()]


@damaged(DAMAGES)
def test_the_damage_is_found_and_nothing_else(sound: Connection, suspicious: Suspicious, damage: Damage) -> None:
    must_be_found(sound, suspicious, damage, DAMAGES)


def test_every_control_of_the_pass_is_broken(sound: Connection) -> None:
    assert {damage.control for damage in DAMAGES} == controls_of(sound, "arbsok_mistenkelig_funn")


@pytest.mark.parametrize(
    ("before", "count", "after", "warned"),
    [(1000, 900, 1000, False), (1000, 899, 1000, True), (800, 810, 1000, False), (800, 809, 1000, True)],
)
def test_a_small_month(no_sums: Connection, before: int, count: int, after: int, warned: bool) -> None:
    """More than 10 per cent fewer than the mean of the months on both sides."""
    sums_of(no_sums, 2002, {"1": before}, {"1": count}, {"1": after})
    found = suspected(no_sums, 2002, "maaned_for_liten")
    assert list(found) == ["2002-02"] * warned
    if warned:
        assert found["2002-02"].startswith(
            f"arbsok_200202.csv: {count} of the {(before + after) // 2} registrations that the months beside it have"
        )


def test_a_small_month_at_the_turn_of_the_year(no_sums: Connection) -> None:
    """The neighbour of another year counts; at either end of the series there is one neighbour."""
    sums_of(no_sums, 2001, *[{"1": 1000}] * 11, {"1": 899})
    assert list(suspected(no_sums, 2001, "maaned_for_liten")) == ["2001-12"]
    sums_of(no_sums, 2002, {"1": 899})
    assert list(suspected(no_sums, 2001, "maaned_for_liten")) == []  # 5.8 per cent fewer
    assert list(suspected(no_sums, 2002, "maaned_for_liten")) == []
    no_sums.execute("UPDATE arbsok_lasting.maanedsfil_tall SET i_miniregisteret = 809 WHERE aargang = 2002")
    assert list(suspected(no_sums, 2002, "maaned_for_liten")) == ["2002-01"]


def test_a_month_of_nothing(no_sums: Connection) -> None:
    """It has no row in the sums, and nobody counted it, as where another program loaded the year: the file is there."""
    sums_of(no_sums, 2002, {"1": 100}, {}, {"1": 100})
    assert list(suspected(no_sums, 2002, "maaned_for_liten")) == ["2002-02"]
    no_sums.execute("DELETE FROM arbsok_lasting.maanedsfil_tall WHERE mnddato = '2002-02-01'")
    found = suspected(no_sums, 2002, "maaned_for_liten")
    assert found["2002-02"].startswith(
        "arbsok_200202.csv: 0 of the 100 registrations that the months beside it have on average: 100"
    )
    assert suspected(no_sums, 2002, "gruppe_borte") == {}  # one sentence is enough


@pytest.mark.parametrize(
    ("control", "reason"),
    [
        ("mange_ugyldige_fnr", "ugyldig_fnr"),
        ("mange_dubletter", "dublett"),
        ("mange_tall_i_as_stat", "tall_i_as_stat"),
    ],
)
def test_a_month_that_is_small_by_what_was_set_aside(no_sums: Connection, control: str, reason: str) -> None:
    """The file is whole: not «is it cut off», but what set them aside. A file that is small all the same is."""
    sums_of(no_sums, 2002, {"1": 1000}, {"1": 800}, {"1": 1000}, {"1": 700}, {"1": 1000})
    months = "WHERE mnddato IN ('2002-02-01', '2002-04-01')"
    no_sums.execute(f"UPDATE arbsok_lasting.maanedsfil_tall SET {reason} = 100 {months}")
    no_sums.execute(f"UPDATE trygdfob.maanedsfil SET antall = antall + 100 {months}")
    assert list(suspected(no_sums, 2002, "maaned_for_liten")) == ["2002-04"]
    assert list(suspected(no_sums, 2002, control)) == ["2002-02", "2002-04"]


def test_a_small_month_of_a_small_register(no_sums: Connection) -> None:
    """Less than 25 fewer is chance, whatever the share."""
    sums_of(no_sums, 2002, {"1": 25}, {"1": 1}, {"1": 25}, {"1": 0}, {"1": 25})
    assert list(suspected(no_sums, 2002, "maaned_for_liten")) == ["2002-04"]
    no_sums.execute("UPDATE arbsok_lasting.maanedsfil_tall SET dublett = 1 WHERE mnddato = '2002-04-01'")
    assert suspected(no_sums, 2002, "maaned_for_liten") == {}  # the file had one


@pytest.mark.parametrize(("count", "warned"), [(9, False), (10, True)])
def test_a_group_gone(no_sums: Connection, count: int, warned: bool) -> None:
    """One per cent of a month's registrations, and none the month after; also from December to January."""
    sums_of(no_sums, 2001, *[{"1": 1000}] * 11, {"1": 1000 - count, "4": count})
    sums_of(no_sums, 2002, {"1": 1000}, {"1": 1000 - count, "4": count}, {"1": 1000}, {"1": 1000, "4": 1})
    found = suspected(no_sums, 2002, "gruppe_borte")
    assert sorted(found) == ["2002-01 4", "2002-03 4"] * warned
    if warned:
        assert found["2002-03 4"].startswith(
            f"arbsok_200203.csv: main group 4 has no registrations, and {count} in 2002-02."
        )


def test_a_code_never_seen(no_sums: Connection) -> None:
    """Not in a code list, and not in a year before: warned of in its first year alone."""
    for year in YEARS:
        sums_of(no_sums, year, {"1": 10})
    for variable, known in (("hovedarbstat", "HL"), ("tiltak", "IP"), ("ytelse", "DP"), ("as_gr", "1")):
        no_sums.execute(f"UPDATE arbsok_lasting.miniregister_tall SET {variable} = '{known}'")
        assert suspected(no_sums, 2002, "ny_kode") == {}
        code = "ZZZ" if variable == "tiltak" else "ZZ"
        no_sums.execute(f"UPDATE arbsok_lasting.miniregister_tall SET {variable} = '{code}' WHERE aargang > 2001")
        found = suspected(no_sums, 2002, "ny_kode")
        sentence = (
            f"{variable} {code} is in no code list and in no year before; in 10 of the registrations, from 2002-01 on."
        )
        assert list(found) == [f"{variable} {code}"]
        assert found[f"{variable} {code}"].startswith(sentence)
        for other in (2001, 2003):
            assert suspected(no_sums, other, "ny_kode") == {}
        no_sums.execute(f"UPDATE arbsok_lasting.miniregister_tall SET {variable} = NULL")


def test_a_code_of_before_the_known_break(no_sums: Connection) -> None:
    """The two-character activities of before October 2002 are as expected (T8), in the first year and later; from the
    break on they are not, nor is what is longer, nor another variable's code. As the report's field Koder has it."""
    for year, month in ((2001, 2), (2002, 9), (2002, 10)):
        for variable, value in (("tiltak", f"Q{month % 10}"), ("tiltak", f"Q{month:02}"), ("ytelse", f"Q{month % 10}")):
            no_sums.execute(
                f"INSERT INTO arbsok_lasting.miniregister_tall (aargang, mnddato, hoved, mrk_fnr, {variable}, antall)"
                " VALUES (%s, make_date(%s, %s, 1), '7', '0', %s, 5)",
                [year, year, month, value],
            )
    assert set(suspected(no_sums, 2001, "ny_kode")) == {"tiltak Q02", "ytelse Q2"}
    assert set(suspected(no_sums, 2002, "ny_kode")) == {
        "tiltak Q09", "ytelse Q9", "tiltak Q10", "ytelse Q0", "tiltak Q0",
    }  # fmt: skip


@pytest.mark.parametrize(("back", "warned"), [(5, False), (6, True)])
def test_many_gone_and_back(no_sums: Connection, back: int, warned: bool) -> None:
    """More than 5 per cent of a month's persons, of those from the start of the series on, were away for one month."""
    sums_of(no_sums, 2002, {"1": 1100}, {"1": 50})
    for month, outcome, away, count in (
        (1, "foer_start", False, 1000),
        (1, "bekreftet", False, 100 - back),
        (1, "ga_record", True, back),
        (2, "ga_record", False, 50),
    ):
        no_sums.execute(
            "INSERT INTO arbsok_lasting.registrering_tall (aargang, mnddato, utfall, en_maaned_borte, antall)"
            " VALUES (2002, make_date(2002, %s, 1), %s, %s, %s)",
            [month, outcome, away, count],
        )
    found = suspected(no_sums, 2002, "borte_og_tilbake")
    assert list(found) == ["2002-01"] * warned
    if warned:
        assert found["2002-01"].startswith(
            "arbsok_200201.csv: 6 of 100 persons had been there two months before, but not in the month between: 6 "
        )


@pytest.mark.parametrize(
    ("before", "count", "again", "warned"),
    [
        (100, 100, 50, False),
        (100, 100, 49, True),
        (100, 100, 0, True),
        # Of the month's where they are fewer: a small month is another warning
        (100, 60, 30, False),
        (100, 60, 29, True),
        (60, 100, 30, False),
        (60, 100, 29, True),
        # At least 25
        (40, 40, 16, False),
        (40, 40, 15, True),
    ],
)
def test_few_of_the_month_before(no_sums: Connection, before: int, count: int, again: int, warned: bool) -> None:
    """Under half of the persons of the month before are there again, also from December to January; not in the first
    month of the series, nor before it."""
    for year, number, groups in (
        (2001, 10, {("foer_start", None, None): 500}),
        (2001, 11, {("ga_record", "FK030", "venstresensur"): before}),
        (2001, 12, {("bekreftet", "UK000", "ingen"): before - 10, ("vraket", "UI300", "vrak"): 10}),
        (2002, 1, {("bekreftet", "UK000", "ingen"): again, ("ga_record", "FK070", "tilgang"): count - again}),
    ):
        file_of(no_sums, date(year, number, 1), i_miniregisteret=sum(groups.values()))
        for kind, persons in groups.items():
            no_sums.execute(
                "INSERT INTO arbsok_lasting.registrering_tall (aargang, mnddato, utfall, status, handling, antall)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [year, date(year, number, 1), *kind, persons],
            )
    assert suspected(no_sums, 2001, "faa_gjengangere") == {}
    found = suspected(no_sums, 2002, "faa_gjengangere")
    assert list(found) == ["2002-01"] * warned
    if warned:
        assert found["2002-01"].startswith(
            f"arbsok_200201.csv: of the {before} persons of the month before, this file of {count} has {again}."
            " Are the numbers scrambled, or is this file, or that of the month before, of another register? To load"
        )


@pytest.mark.parametrize(
    ("month", "of", "changed", "warned"),
    [(9, 100, 60, False), (9, 100, 61, True), (10, 100, 100, False), (9, 40, 24, False), (9, 40, 25, True)],
)
def test_many_have_changed(no_sums: Connection, month: int, of: int, changed: int, warned: bool) -> None:
    """Of those who were there the month before too, not by their days alone; nor in October 2002, when the codes
    are known to change."""
    file_of(no_sums, date(2002, month, 1), i_miniregisteret=of)
    for outcome, status, persons in (
        ("bekreftet", "UK000", of - changed - 1),
        ("ga_record", "UK900", 1),
        ("ga_record", "UK111", 1),
        ("ga_record", "UI311", 1),
        ("ga_record", "UI0012", changed - 2),
        ("ga_record", "FK070", 500),
        ("ga_record", "OK111", 500),
    ):
        if persons > 0:
            no_sums.execute(
                "INSERT INTO arbsok_lasting.registrering_tall (aargang, mnddato, utfall, status, antall)"
                " VALUES (2002, %s, %s, %s, %s)",
                [date(2002, month, 1), outcome, status, persons],
            )
    found = suspected(no_sums, 2002, "mange_endringer")
    assert list(found) == [f"2002-{month:02}"] * warned
    if warned:
        assert found["2002-09"].startswith(
            f"arbsok_200209.csv: {changed} of {of} persons who were there the month before too had another status code"
        )
