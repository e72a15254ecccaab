"""Whom a delivery is about: criteria, days, lists and samples, of the order and of the project; and his number."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
from fdtrygd import errors
from fdtrygd.db import database
from fdtrygd.leveranse import create_project, deliver, list_in_words
from psycopg.rows import dict_row

from conftest import address
from delivering import (
    LAST,
    Connection,
    begin,
    delivered,
    description,
    find,
    one_state,
    order,
    project,
    put_in,
    table,
    written,
)
from released import HENDELSER, Released

START = date(2001, 5, 1)


class Person(NamedTuple):
    lopenr: str | None
    lpnr: str
    fnr: str
    in_register: int


class Found(NamedTuple):
    counts: dict[str, Any]
    persons: list[Person]

    @property
    def numbers(self) -> set[str | None]:
        return {person.lopenr for person in self.persons}


def found(connection: Connection, content: Any, persons: list[str] | None = None) -> Found:
    """The persons of an order's delivery, as the owner sees them; nothing of it is left."""
    with one_state(connection, undone=True):
        number = begin(connection, content, persons)
        counts = find(connection, number)
        there = connection.execute(
            'SELECT lopenr, lpnr, fnr, i_registeret FROM pg_temp.leveranse_person ORDER BY lpnr COLLATE "C"'
        ).fetchall()
    return Found(counts, [Person(*row) for row in there])


@pytest.fixture(scope="module")
def mine(delivering: Connection) -> str:
    return project(delivering)


@pytest.fixture(scope="module")
def known(delivering: Connection) -> Released:
    """The register as it is released on the last day, by plain code."""
    with delivering.cursor(row_factory=dict_row) as cursor:
        records = cursor.execute(f"SELECT {', '.join(HENDELSER)} FROM trygdfob.f_arbsok").fetchall()
    return Released(records, LAST)


@pytest.fixture(scope="module")
def everybody(known: Released) -> set[str]:
    return {row[0] for row in known.tilfelle(START)}


@pytest.fixture(scope="module")
def fnr_of(delivering: Connection) -> dict[str, str]:
    """lopenr -> fnr, also of those who come after the last day."""
    return dict(delivering.execute("SELECT lopenr, fnr FROM trygdfob.person").fetchall())


# Criteria and days

#: Of each level: its columns in the form's rows (the first and last day, then what can be asked for)
LEVELS: dict[str, dict[str, int]] = {
    "tilfelle": {"first": 1, "last": 2, "hoved": 4, "begynte": 6},
    "gruppetilfelle": {"first": 2, "last": 3, "hoved": 5, "begynte": 7},
    "periode": {"first": 3, "last": 4, "hoved": 6, "hovedarbstat": 7, "tiltak": 8, "ytelse": 9, "begynte": 10},
}
PERIODS = [{}, {"fra": "2002-03-01"}, {"til": "2001-08-31"}, {"fra": "2002-01-31", "til": "2002-01-31"}]


def test_a_criterion_is_met_by_one_row(delivering: Connection, mine: str, known: Released) -> None:
    """That meets all its conditions and touches its period; at every level, by each value and by all together."""
    asked = 0
    for level, place in LEVELS.items():
        all_rows = getattr(known, level)(START)
        conditions = [name for name in place if name not in ("first", "last")]
        one = all_rows[len(all_rows) // 2]
        wishes: list[dict[str, list[str]]] = [{}, {name: [one[place[name]]] for name in conditions if one[place[name]]}]
        for name in conditions:
            values = sorted({row[place[name]] for row in all_rows if row[place[name]] is not None})
            wishes += [{name: [values[0]]}, {name: values[-2:]}, {name: ["ZZ"]}]
        for wish in wishes:
            for period in PERIODS:
                first = date.fromisoformat(period.get("fra", START.isoformat()))
                last = date.fromisoformat(period.get("til", LAST.isoformat()))
                expected = {
                    row[0]
                    for row in all_rows
                    if row[place["first"]] <= last
                    and (row[place["last"]] is None or row[place["last"]] >= first)
                    and all(row[place[name]] in values for name, values in wish.items())
                }
                criterion = {"nivaa": level, **wish, **period}
                got = found(delivering, order(mine, populasjon={"kriterium": criterion}))
                assert got.numbers == expected, criterion
                asked += bool(expected)
    assert asked > 60


def test_conditions_are_not_met_by_two_rows_together(delivering: Connection, mine: str, known: Released) -> None:
    """Somebody was fully unemployed, and later on a measure: he is not asked for as one who was both at once."""
    by_person: dict[str, set[tuple[str, str]]] = {}
    for row in known.periode(START):
        by_person.setdefault(row[0], set()).add((row[6], row[7]))
    hoved, status = next(
        (a, b)
        for pairs in by_person.values()
        for a, _ in pairs
        for _, b in pairs
        if (a, b) not in pairs and any((a, b) in others for others in by_person.values())
    )
    both_somewhen = {
        person
        for person, pairs in by_person.items()
        if hoved in {a for a, _ in pairs} and status in {b for _, b in pairs}
    }
    got = found(
        delivering,
        order(mine, populasjon={"kriterium": {"nivaa": "periode", "hoved": [hoved], "hovedarbstat": [status]}}),
    )
    assert got.numbers < both_somewhen


def test_days(delivering: Connection, mine: str, known: Released) -> None:
    """Registered on at least one of them. A day after the order's last one counts for nobody."""
    days = [START, date(2002, 2, 28), LAST]
    expected = {row[0] for row in known.tverrsnitt(days)}
    assert expected != {row[0] for row in known.tverrsnitt(days[1:])}
    named = [day.isoformat() for day in days]
    assert found(delivering, order(mine, populasjon={"tverrsnitt": {"dager": named}})).numbers == expected
    earlier = order(mine, til="2002-03-31", populasjon={"tverrsnitt": {"dager": named}})
    assert found(delivering, earlier).numbers == {row[0] for row in known.tverrsnitt(days[:2])}


def test_everybody_is_who_has_a_spell_by_the_last_day(
    delivering: Connection, mine: str, everybody: set[str], fnr_of: dict[str, str]
) -> None:
    got = found(delivering, order(mine))
    assert got.numbers == everybody < fnr_of.keys()
    assert got.counts == {"i_populasjonen": len(everybody), "personer": len(everybody), "i_registeret": len(everybody)}


# Samples


def test_a_larger_share_contains_the_smaller(delivering: Connection, mine: str, everybody: set[str]) -> None:
    """It is some such share, the same each time, another one in another project; and not the first by lpnr."""
    before: set[str | None] = set()
    for share in (0.001, 0.1, 0.3, 0.5, 0.9, 0.999999, 1):
        got = found(delivering, order(mine, populasjon={"alle": True, "utvalg": share}))
        assert got == found(delivering, order(mine, populasjon={"alle": True, "utvalg": share}))
        assert before <= got.numbers
        assert abs(len(got.numbers) - share * len(everybody)) < 4 * (share * (1 - share) * len(everybody)) ** 0.5 + 1
        before = got.numbers
    assert before == everybody
    half = found(delivering, order(mine, populasjon={"alle": True, "utvalg": 0.5})).numbers
    order_of = [person.lopenr for person in found(delivering, order(mine)).persons]
    first = [person in half for person in order_of[: len(order_of) // 2]]
    assert 0.25 < sum(first) / len(first) < 0.75
    other = project(delivering)
    assert found(delivering, order(other, populasjon={"alle": True, "utvalg": 0.5})).numbers != half


def test_a_sample_stands_beside_any_population(delivering: Connection, mine: str, fnr_of: dict[str, str]) -> None:
    """The persons of the one who are in the other, whichever way they are found."""
    sample = {p.fnr for p in found(delivering, order(mine, populasjon={"alle": True, "utvalg": 0.4})).persons}
    for population, persons in (
        ({"kriterium": {"nivaa": "tilfelle", "hoved": ["1"]}}, None),
        ({"tverrsnitt": {"dager": ["2002-02-28"]}}, None),
        ({"liste": {"fil": "a"}}, sorted(fnr_of.values())[::2]),
    ):
        whole = {p.fnr for p in found(delivering, order(mine, populasjon=population), persons).persons if p.in_register}
        part = found(delivering, order(mine, populasjon={**population, "utvalg": 0.4}), persons).persons
        assert {p.fnr for p in part if p.in_register} == whole & sample
        assert 0 < len(whole & sample) < len(whole)


# Lists


def test_a_list_keeps_who_is_not_in_the_register(
    delivering: Connection, mine: str, everybody: set[str], fnr_of: dict[str, str]
) -> None:
    """Not at all, or not by the last day; the file populasjon has all of them."""
    later = next(iter(sorted(fnr_of.keys() - everybody)))
    there = sorted(everybody)[:25]
    listed = [*(fnr_of[person] for person in there), fnr_of[later], "15837010133"]
    content = order(mine, bestilling="liste", populasjon={"liste": {"fil": "a"}}, tabell=[table("tilfelle")])
    got = found(delivering, content, listed)
    assert {person.fnr: person.in_register for person in got.persons} == {
        fnr: int(fnr in listed[:25]) for fnr in listed
    }
    assert got.counts == {"i_populasjonen": 27, "personer": 27, "i_registeret": 25}
    tables = delivered(delivering, content, listed)
    assert tables["populasjon"] == [(person.lpnr, person.in_register) for person in got.persons]
    assert {row[0] for row in tables["tilfelle"]} == {person.lpnr for person in got.persons if person.in_register}


def take(connection: Connection, tmp_path: Path, content: bytes) -> dict[str, Any] | None:
    """The counts of a list that comes as a file, through the program."""
    (tmp_path / "liste.txt").write_bytes(content)
    file = written(tmp_path, description(populasjon={"liste": {"fil": "liste.txt"}}), "prosjekt.toml")
    _, counts = create_project(connection, file)
    return counts and {key: value for key, value in counts.items() if key != "sha256"}


ONE, TWO, THREE = b"15837010133", b"01010112377", b"99999999999"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", (0, 0, 0, 0, 0)),
        (ONE, (1, 0, 0, 0, 1)),
        (b"\xef\xbb\xbf" + ONE + b"\r\n" + ONE + b"\r\n", (2, 0, 0, 1, 1)),
        (ONE + b"\r" + THREE + b"\r", (2, 0, 1, 0, 2)),
        (ONE + b"\n\r\n" + THREE + b"\r\n" + b"\n", (2, 0, 1, 0, 2)),
        (b" \t" + ONE + b" \n\n  \n" + ONE, (2, 0, 0, 1, 1)),
        (b"fnr\n" + ONE + b";x\n" + ONE[:10] + b"\n" + ONE + b"0\n" + ONE, (5, 4, 0, 0, 1)),
        (b"00000000000\n" + ONE, (2, 0, 1, 0, 2)),
        (ONE + b"\n\\.\n" + THREE + b"\n", (3, 1, 1, 0, 2)),
        (ONE + b'\n\0\n\1\2\n\xff\xfe\n"\n' + THREE, (6, 4, 1, 0, 2)),
        (f"{ONE.decode()}\n{THREE.decode()}\n".encode("utf-16"), (3, 3, 0, 0, 0)),
        (bytes(range(256)) * 20, None),
    ],
    ids=lambda each: repr(each)[:30],
)
def test_a_list_is_told_of_by_counts(
    delivering: Connection, tmp_path: Path, content: bytes, expected: tuple[int, ...] | None
) -> None:
    """Whatever the file is: byte order marks, line ends of any kind, blanks, rubbish. No line of it is ever refused."""
    counts = take(delivering, tmp_path, content)
    assert counts is not None
    if expected:
        names = ("linjer", "ikke_elleve_sifre", "feil_kontroll", "flere_ganger", "personer")
        assert counts == dict(zip(names, expected, strict=True))
    assert counts["linjer"] == counts["ikke_elleve_sifre"] + counts["flere_ganger"] + counts["personer"]
    assert re.search(r"[0-9]{11}", list_in_words(counts)) is None
    assert database.scalar(delivering, "SELECT count(*) FROM leveranse_nokkel.liste_inn") == 0


def test_blocks_of_a_long_list_meet_anywhere(
    delivering: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fdtrygd.leveranse.persons.BLOCK", 7)
    counts = take(delivering, tmp_path, b"\xef\xbb\xbf" + b"\r\n".join([ONE, TWO, THREE, ONE]))
    assert counts is not None
    assert (counts["linjer"], counts["personer"], counts["flere_ganger"]) == (4, 3, 1)


def test_a_list_that_cannot_be_read_is_one_fault_of_several(delivering: Connection, mine: str, tmp_path: Path) -> None:
    """And where it is the only one, nothing is begun."""
    log = "SELECT count(*) FROM leveranse.utlevering"
    before = database.scalar(delivering, log)
    for name, why in (("borte.txt", "No such file"), (".", "Is a directory")):
        content = order(mine, bestilling="uten", populasjon={"liste": {"fil": name}})
        with pytest.raises(errors.UserError, match=f"populasjon.liste.fil: .* cannot be read: {why}"):
            deliver(delivering, written(tmp_path, content), tmp_path / "ut")
        with pytest.raises(errors.UserError) as refused:
            deliver(delivering, written(tmp_path, content | {"dato": "aar"}), tmp_path / "ut")
        assert "dato: aar is no form" in str(refused.value)
        assert why in str(refused.value)
        with pytest.raises(errors.UserError) as refused:
            create_project(delivering, written(tmp_path, description(populasjon=content["populasjon"], tittel=None)))
        assert "tittel: is missing" in str(refused.value)
        assert why in str(refused.value)
    assert database.scalar(delivering, log) == before
    assert not (tmp_path / "ut").exists()
    assert database.scalar(delivering, "SELECT count(*) FROM leveranse.bestilling WHERE bestilling = 'uten'") == 0


def test_what_another_transaction_left_is_nobodys_list(
    delivering: Connection, mine: str, fnr_of: dict[str, str]
) -> None:
    """Neither what was committed by itself, nor what another one is copying in just now."""
    somebody, another, third, *_ = sorted(fnr_of.values())
    put_in(delivering, [another])
    with database.connect(address(delivering)) as other, other.transaction(force_rollback=True):
        put_in(other, [third])
        content = order(mine, bestilling="to", populasjon={"liste": {"fil": "a"}})
        got = found(delivering, content, [somebody])
        with delivering.transaction(force_rollback=True):
            put_in(delivering, [somebody])
            counts = database.scalar(
                delivering, "SELECT liste FROM leveranse.begynn_utlevering(%s, '{}')", json.dumps(content)
            )
    assert [person.fnr for person in got.persons] == [somebody]
    assert (counts["linjer"], counts["personer"]) == (1, 1)
    begin(delivering, order(mine))
    assert database.scalar(delivering, "SELECT count(*) FROM leveranse_nokkel.liste_inn") == 0


def test_few_are_warned_of(
    delivering: Connection, mine: str, tmp_path: Path, fnr_of: dict[str, str], everybody: set[str]
) -> None:
    """Fewer than 20, and it is logged; 20 are delivered without a word."""
    persons = [fnr_of[person] for person in sorted(everybody)[:20]]
    for count in (19, 20):
        (tmp_path / "liste.txt").write_text("\n".join(persons[:count]))
        file = written(tmp_path, order(mine, bestilling=f"faa-{count}", populasjon={"liste": {"fil": "liste.txt"}}))
        done = deliver(delivering, file, tmp_path / f"ut-{count}")
        assert ("fewer than 20" in " ".join(done.remarks)) == (count == 19)
        logged = delivering.execute(
            "SELECT personer, tall ->> 'personer' FROM leveranse.utlevering WHERE utlevering = %s", [done.number]
        ).fetchone()
        assert logged == (count, str(count))
        for path in (tmp_path / f"ut-{count}").iterdir():
            text = path.read_bytes().decode("latin-1")
            assert not any(fnr in text for fnr in persons), path.name
            assert str(tmp_path) not in text


# The project's population


def test_a_delivery_is_about_the_persons_in_both(
    delivering: Connection, known: Released, everybody: set[str], fnr_of: dict[str, str]
) -> None:
    """The order's and the project's, whatever either is; who falls away is counted."""
    outside = "15837010133"
    listed = [fnr_of[person] for person in sorted(everybody)[10:60]] + [outside]
    populations: dict[str, tuple[dict[str, Any], list[str] | None]] = {
        "alle": ({"alle": True}, None),
        "kriterium": ({"kriterium": {"nivaa": "periode", "hoved": ["1"]}}, None),
        "tverrsnitt": ({"tverrsnitt": {"dager": ["2002-02-28"]}}, None),
        "liste": ({"liste": {"fil": "a"}}, listed),
    }
    free = project(delivering)
    alone = {
        name: {person.fnr for person in found(delivering, order(free, populasjon=population), persons).persons}
        for name, (population, persons) in populations.items()
    }
    assert outside in alone["liste"]
    for theirs, (allowed, their_persons) in populations.items():
        bound = project(delivering, their_persons, populasjon=allowed)
        for name, (population, persons) in populations.items():
            got = found(delivering, order(bound, populasjon=population), persons)
            # Whoever is not in the register is in a project that is for everybody
            expected = alone[name] & (alone[theirs] | ({outside} if theirs == "alle" else set()))
            assert {person.fnr for person in got.persons} == expected, (theirs, name)
            assert got.counts["i_populasjonen"] == len(alone[name])
            assert got.counts["personer"] == len(expected)
    sampled = project(delivering, populasjon={"alle": True, "utvalg": 0.3})
    got = found(delivering, order(sampled))
    assert 0 < len(got.persons) < 0.6 * len(everybody)
    assert got.persons == found(delivering, order(sampled, populasjon={"alle": True, "utvalg": 0.3})).persons


# The number


def lpnr(key: str, fnr: str) -> str:
    return "p" + hashlib.sha256((key + fnr).encode()).hexdigest()[:16]


def test_a_number_by_its_definition(delivering: Connection, mine: str, fnr_of: dict[str, str]) -> None:
    """A fixed one, on every server; in deliveries that of the project's key, which is 256 random bits."""
    fixed = "0123456789abcdef" * 4
    assert database.scalar(delivering, "SELECT leveranse_nokkel.lpnr(%s, %s)", fixed, "15837010133") == lpnr(
        fixed, "15837010133"
    )
    assert lpnr(fixed, "15837010133") == "p2b59b2904424c408"
    keys = dict(delivering.execute("SELECT prosjekt, nokkel FROM leveranse_nokkel.prosjektnokkel").fetchall())
    assert len(set(keys.values())) == len(keys) > 1
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in keys.values())
    persons = found(delivering, order(mine)).persons
    assert [person.lpnr for person in persons] == sorted(lpnr(keys[mine], fnr_of[str(p.lopenr)]) for p in persons)
    other = project(delivering)
    assert not {p.lpnr for p in persons} & {p.lpnr for p in found(delivering, order(other)).persons}
    assert not {p.lpnr[1:] for p in persons} & fnr_of.keys()


@pytest.fixture
def few_numbers(delivering: Connection) -> Iterator[None]:
    """The numbers have one digit, as long as the test's transaction."""
    with delivering.transaction(force_rollback=True):
        delivering.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        delivering.execute(
            "CREATE OR REPLACE FUNCTION leveranse_nokkel.lpnr(p_nokkel text, p_fnr text) RETURNS text"
            " LANGUAGE sql STABLE RETURN 'p' || left(encode(sha256(convert_to(p_nokkel || p_fnr, 'UTF8')), 'hex'), 1)"
        )
        yield


@pytest.mark.usefixtures("few_numbers")
def test_two_persons_with_one_number_are_refused(delivering: Connection) -> None:
    number = begin(delivering, order(project(delivering)))
    with pytest.raises(psycopg.Error, match="Two persons get the same number") as refused:
        find(delivering, number)
    assert refused.value.sqlstate == "FD007"
    assert "bytt_nokkel" in (refused.value.diag.message_hint or "")


def test_another_key_before_the_first_delivery_only(delivering: Connection, tmp_path: Path) -> None:
    mine = project(delivering)
    key = f"SELECT nokkel FROM leveranse_nokkel.prosjektnokkel WHERE prosjekt = '{mine}'"
    before = database.scalar(delivering, key)
    begin(delivering, order(mine))  # begun is not got
    delivering.execute("SELECT leveranse.bytt_nokkel(%s)", [mine])
    assert database.scalar(delivering, key) != before
    deliver(delivering, written(tmp_path, order(mine)), tmp_path / "ut")
    before = database.scalar(delivering, key)
    for name, words in ((mine, "keep their numbers"), ("er-ikke", "There is no project er-ikke")):
        with pytest.raises(psycopg.Error, match=words) as refused:
            delivering.execute("SELECT leveranse.bytt_nokkel(%s)", [name])
        assert refused.value.sqlstate == "FD007"
    assert database.scalar(delivering, key) == before


def test_rows_come_by_the_number(delivering: Connection, mine: str) -> None:
    """And within a person in time, an entry before the exit of its day; whatever is ordered."""
    wished = ["lpnr", "tilgdato", "asoktilg", "regdato", "kode", "hoved"]
    tables = [table("hendelser", variabler=wished[1:]), table("periode", variabler=["regdato"])]
    got = delivered(delivering, order(mine, bestilling="rekkefolge", tabell=tables))
    by_time = sorted(got["hendelser"], key=lambda r: (r[0], r[1], r[2], r[3], r[4] == "0", r[4]))
    assert got["hendelser"] == by_time
    assert got["periode"] == sorted(got["periode"])
    assert len(set(got["periode"])) == len(got["periode"])
    same_day = [(a, b) for a, b in pairwise(by_time) if a[0] == b[0] and a[3] == b[3]]
    assert any(a[4] != "0" and b[4] == "0" for a, b in same_day)
