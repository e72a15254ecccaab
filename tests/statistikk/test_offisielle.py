"""Figures that others have published: taken in from a file of our own form, whole or not at all (spec.md 10, V15)."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fdtrygd import statistikk
from fdtrygd.errors import UserError
from fdtrygd.statistikk import publication, versions

from counting import Connection, make, publish

TABLE = "ledige_kommune_kjonn"
SSB = "SSB, tabell 09428"
SOME = "kommune,kjonn,periode,verdi,symbol\nT,T,2003M04,90,\n0301,1,2003M04,12.5,\n0301,2,2003M04,,..\n"


def taken(connection: Connection) -> set[tuple[Any, ...]]:
    rows = connection.execute("SELECT kilde, tabell, periode, koder, verdi, symbol FROM statistikk.offisiell_celle")
    return {(*row[:3], tuple(row[3]), *row[4:]) for row in rows.fetchall()}


def findings(connection: Connection, version: int) -> list[str]:
    (found,) = (each for each in versions.controls(connection, version) if each.name == "offisielle")
    assert found.severity == "advarsel"
    assert found.count == len(found.details)
    return found.details


@pytest.fixture
def take(counting: Connection, tmp_path: Path) -> Callable[..., statistikk.Taken]:
    def take(text: str, name: str = f"{TABLE}.csv", source: str = SSB) -> statistikk.Taken:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return statistikk.take_in(counting, tmp_path / name, source)

    return take


def test_what_was_published_comes_back(
    counting: Connection, take: Callable[..., statistikk.Taken], tmp_path: Path
) -> None:
    """Every table of a version, from the files that publishing writes: its cells, and nothing to warn of."""
    version = publish(counting, "2003M04").version.id
    publication.write(counting, [version], tmp_path / "ut")
    files = sorted((tmp_path / "ut" / "data" / "arbeidssokere" / "2003M04-1").glob("*.csv"))
    assert len(files) == 6
    cells = {
        (SSB, table, "2003M04", tuple(codes), value, symbol)
        for table, codes, value, symbol in counting.execute(
            "SELECT tabell, koder, verdi, symbol FROM statistikk.celle WHERE versjon = %s", [version]
        ).fetchall()
    }
    counts = [take(file.read_text("utf-8"), file.name) for file in files]
    assert sum(each.cells for each in counts) == len(cells) > 200
    assert taken(counting) == cells
    assert findings(counting, version) == []


@pytest.mark.parametrize(("more", "warns"), [(2, False), (3, True), (-3, True)])
def test_a_figure_that_differs_is_a_warning(
    counting: Connection, take: Callable[..., statistikk.Taken], more: int, warns: bool
) -> None:
    version = make(counting, "2003M04").version.id
    (figure,) = counting.execute(
        "SELECT verdi FROM statistikk.celle WHERE versjon = %s AND tabell = %s AND koder = '{0301,1}'", [version, TABLE]
    ).fetchone() or (0,)
    assert 3 < figure < 200
    take(f"kommune,kjonn,periode,verdi,symbol\n0301,1,2003M04,{figure + more},\n")
    said = findings(counting, version)
    expected = f"{TABLE} {{0301,1}}: {figure:.1f} here, {figure + more} in {SSB}"
    assert said == ([expected] if warns else [])


def test_a_source_replaces_its_own_periods_alone(counting: Connection, take: Callable[..., statistikk.Taken]) -> None:
    assert take(SOME) == statistikk.Taken(3, 1, 0)
    first = taken(counting)
    take(SOME, source="Nav")
    take(SOME.replace("2003M04", "2003M05"))
    take("hovedgruppe,periode,verdi,symbol\n1,2003M04,5,\n", "ikke_bosatte.csv")
    before = taken(counting)
    assert len(before) == 3 * 3 + 1
    again = "kommune,kjonn,periode,verdi,symbol\n0301,T,2003M04,7,\n0301,T,2003M06,8,\n"
    assert take(again, source=f" {SSB}\n") == statistikk.Taken(2, 2, 3)
    assert taken(counting) == (before - first) | {
        (SSB, TABLE, "2003M04", ("0301", "T"), 7, None),
        (SSB, TABLE, "2003M06", ("0301", "T"), 8, None),
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("T,T,2003M04", "T,T,2003", "line 2: periode is no month, such as 2003M04."),
        ("T,T,2003M04", "T,T,2003M13", "line 2: periode is no month"),
        ("T,T,2003M04", "T,T,", "line 2: periode is no month"),
        ("0301,1", "0302,1", "line 3: kommune is no class that was in use in its period."),
        ("0301,1", "0301,3", "line 3: kjonn is no class that was in use in its period."),
        ("0301,1", ",1", "line 3: kommune is no class"),
        (",12.5,", ',"12,5",', "line 3: verdi is no number, such as 1234 or 12.5."),
        (",12.5,", ",-1,", "line 3: verdi is no number"),
        (",12.5,", ",12 500,", "line 3: verdi is no number"),
        (",12.5,", ",,", "line 3: there is neither verdi nor symbol."),
        (",12.5,", ",12.5,..", "line 3: there are both verdi and symbol."),
        (",,..", ",,x", "line 4: symbol is none of . .. : -."),
        ("0301,2", "0301,1", "line 4: the same cell stands in an earlier line."),
        ("periode,", "tid,", "lacks the column periode."),
        ("kjonn,", "sex,", "lacks the column kjonn."),
        ("2003M04,90,", "2003M04,90", "line 2: not the 5 fields that the first line names"),
    ],
)
def test_what_is_wrong_with_a_file_is_a_sentence(
    counting: Connection, take: Callable[..., statistikk.Taken], old: str, new: str, said: str
) -> None:
    take(SOME)
    before = taken(counting)
    assert old in SOME
    with pytest.raises(UserError) as refused:
        take(SOME.replace(old, new, 1).replace("90", "91"))
    assert f"{TABLE}.csv" in str(refused.value)
    assert said in str(refused.value)
    assert taken(counting) == before


def test_all_that_is_wrong_is_said_at_once(take: Callable[..., statistikk.Taken]) -> None:
    """Each fault by its first line, and how often it is there."""
    with pytest.raises(UserError) as refused:
        take(SOME.replace("0301", "0302").replace("12.5", "mange"))
    assert str(refused.value).splitlines() == [
        f"2 things are wrong with {TABLE}.csv.",
        f"  {TABLE}.csv, line 3: kommune is no class that was in use in its period; so it is in 2 lines.",
        f"  {TABLE}.csv, line 3: verdi is no number, such as 1234 or 12.5. Nothing was changed.",
    ]


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        ("10540.csv", SSB, r"10540.csv: statistikk.tabell has no table of that name. A file of figures is named after"),
        (f"{TABLE}.csv", " ", f"{TABLE}.csv: --source says whose"),
    ],
)
def test_whose_and_of_what_they_are_is_known(
    take: Callable[..., statistikk.Taken], name: str, source: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        take(SOME, name, source)


@pytest.mark.parametrize(
    ("period", "known"),
    [("2001M12", True), ("2002M01", False), ("1999M12", True), ("2010M01", False)],
)
def test_codes_are_those_of_the_period(
    counting: Connection, take: Callable[..., statistikk.Taken], period: str, known: bool
) -> None:
    """Skjerstad ended with 2001, whether the month is loaded or not."""
    text = f"kommune,kjonn,periode,verdi,symbol\n1842,T,{period},9,\n"
    if known:
        take(text)
    else:
        with pytest.raises(UserError, match="kommune is no class that was in use in its period"):
            take(text)


def test_averages_are_of_years(counting: Connection, take: Callable[..., statistikk.Taken]) -> None:
    """With the classes of the year's last day."""
    text = "kommune,kjonn,periode,verdi,symbol\n1842,T,{},9.5,\n"
    for period, said in (("2001M12", "periode is no year, such as 2003"), ("2002", "kommune is no class")):
        with pytest.raises(UserError, match=said):
            take(text.format(period), f"{TABLE}_snitt.csv")
    take(text.format("2001"), f"{TABLE}_snitt.csv")
    assert taken(counting) == {(SSB, f"{TABLE}_snitt", "2001", ("1842", "T"), 9.5, None)}


def test_the_audit_knows_them(counting: Connection, take: Callable[..., statistikk.Taken]) -> None:
    """The counts of Oslo by sex, exactly: the attacker has these two, and not the symbol."""
    version = make(counting, "2003M04").version.id
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["kommune", "kjonn", "periode", "verdi", "symbol"])
    writer.writerows(
        counting.execute(
            "SELECT kommune, kjonn, '2003M04', sum(antall), NULL FROM statistikk.grunnlag"
            " WHERE versjon = %s AND lag = 'helt_ledige' AND kommune = '0301' AND kjonn <> '9' GROUP BY kommune, kjonn",
            [version],
        ).fetchall()
    )
    writer.writerow(["1850", "1", "2003M04", "", ":"])
    take(text.getvalue())
    ((_, verdict),) = statistikk.audit(counting, "2003M04")
    assert verdict.result["exact"] == 2
