"""How far a load has come: weighed by what the last one took, never backwards, never at rest while steps are done."""

import io
import itertools
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from fdtrygd import files as month_files
from fdtrygd import kontroll, lasting, synthetic
from fdtrygd.lasting import progress
from psycopg.types.json import Jsonb
from pytest_postgresql.executors import NoopExecutor
from rich.console import Console

from conftest import own_database

Connection = psycopg.Connection[Any]
#: What is told of a load: the method, and what it is given.
Event = tuple[str, tuple[Any, ...]]
BYTES = 1000


class Recorder:
    """Keeps what a load tells."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def phase(self, year: int, what: str) -> None:
        self.events.append(("phase", (year, what)))

    def step(self, name: str) -> None:
        self.events.append(("step", (name,)))

    def read(self, count: int) -> None:
        self.events.append(("read", (count,)))


@pytest.fixture(scope="module")
def loaded(postgresql_noproc: NoopExecutor, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A database with 2001, and what was told while it was loaded in `events`."""
    path = tmp_path_factory.mktemp("progress") / "files"
    synthetic.make(path, last=(2001, 12), persons=60)
    recorder = Recorder()
    with own_database(postgresql_noproc, "progress") as connection:
        files = month_files.find_month_files(path)[2001]
        lasting.load_year(connection, 2001, files, synthetic=True, progress=recorder)
        connection.commit()
        EVENTS[:] = recorder.events
        yield connection
        connection.rollback()


EVENTS: list[Event] = []


@pytest.fixture
def events(loaded: Connection) -> list[Event]:
    return EVENTS


#: How often each step runs, for each month or part, in a load of the sample's year.
PIECES: dict[str, dict[str, int]] = {
    lasting.READING: {"lagsasf": 12, "kontroller_felt": 12, "dagdato_ret": 1, "kontroller_dagdato": 1},
    lasting.MINIREGISTER: {"lag_miniregister": 12, "sjekkfnr_dub": 12, "nokkel_miniregister": 12},
    lasting.COMPARING: {"asok_oppdater": 12},
    lasting.SPELLS: {
        **{"asok_kod_kjennemerker": 8, "oppdater_h_arbsok": 8, "finn_tidligere_tilfelle": 8},
        **{"gi_lopenummer": 8, "asok_insert_vrak": 8},
    },
    lasting.PLACING: {
        **{"oppdater_tidligere_tilfelle": 1, "asok_insert_forlop": 1, "fest_miniregister": 1, "fest_h_arbsok": 1},
        **{"fest_aargang": 1},
    },
    kontroll.CHECKING: {},
}


def work(years: tuple[int, ...] = (2001,), size: int = BYTES) -> dict[int, progress.Work]:
    """The sample's times for each of the years."""
    steps = progress.SAMPLE["steps"]
    return {
        year: {
            name: progress.phase_of(name, progress.SAMPLE[name], steps, PIECES[name], size) for name in lasting.PHASES
        }
        for year in years
    }


def size_of(events: list[Event]) -> int:
    return sum(given[0] for what, given in events if what == "read")


def told(reckoning: progress.Reckoning, event: Event, now: float) -> None:
    what, given = event
    getattr(reckoning, what)(*given, now)


def test_every_step_of_a_load_is_expected(loaded: Connection, events: list[Event]) -> None:
    """Each as often as it runs, in the phase in which it runs, as the rows of steg say."""
    ran: dict[str, dict[str, int]] = {}
    for what, given in events:
        if what == "phase":
            ran[given[1]] = {}
        elif what == "step":
            of_phase = ran[list(ran)[-1]]
            of_phase[given[0]] = of_phase.get(given[0], 0) + 1
    assert ran == PIECES
    expected = progress.expected(loaded, {2002: 1})[2002]
    assert {
        name: {step: times for step, (_, times) in phase.steps.items()} for name, phase in expected.items()
    } == PIECES


def test_the_shares_of_a_phase_are_all_of_it() -> None:
    for name, phase in work()[2001].items():
        rest = 1 - phase.copying - sum(share * times for share, times in phase.steps.values())
        # The controls are mostly a statement that no step is made of
        assert rest > 0.5 if name == kontroll.CHECKING else rest == pytest.approx(0)


@pytest.mark.parametrize("pace", [0.0, 0.001, 0.05, 30.0])
def test_never_backwards_never_at_rest(events: list[Event], pace: float) -> None:
    """At any pace: what was reached stays, and each step that is done is seen. All of it is the commit's alone."""
    years = (2001, 2002, 2003)
    reckoning = progress.Reckoning(work(years, size_of(events)), 0.0)
    now, shares = 0.0, [0.0]
    for year in years:
        for what, given in events:
            now += pace
            shares.append(reckoning.share(now))
            told(reckoning, (what, (year, given[1]) if what == "phase" else given), now)
            shares.append(reckoning.share(now))
    assert shares == sorted(shares)
    assert shares[-1] < 1
    assert len(set(shares)) > len(years) * len(events) * 0.9
    if pace == 0:  # nothing but steps counts: each of them does
        steps = [place for place in range(1, len(shares), 2) if events[(place // 2) % len(events)][0] == "step"]
        assert all(shares[place + 1] > shares[place] for place in steps)
    reckoning.finish()
    assert reckoning.share(now) == 1
    assert reckoning.words(now) == "100 %"


def test_a_long_statement_moves_and_never_ends_by_itself() -> None:
    """In a phase that tells nothing, time counts: ever slower, never past the phase; and that it takes long is said."""
    expected = work()
    reckoning = progress.Reckoning(expected, 0.0)
    for name in lasting.PHASES:
        reckoning.phase(2001, name, 0.0)
    seconds = expected[2001][kontroll.CHECKING].seconds
    before = 1 - seconds / reckoning.total
    shares = [reckoning.share(seconds * tenths / 10) for tenths in range(40)]
    assert shares[0] == pytest.approx(before)
    assert shares[5] == pytest.approx(before + seconds / reckoning.total / 2)
    assert all(a < b for a, b in itertools.pairwise(shares[:20]))
    assert shares[-1] < 1
    assert "longer than reckoned" not in reckoning.words(seconds)
    assert "longer than reckoned" in reckoning.words(seconds + 1000)
    left = [reckoning.left(seconds * times) for times in (10, 100, 1000)]
    assert left == sorted(left)  # an estimate that has run over grows, it does not stand at nothing


def test_weights_are_the_last_loads(loaded: Connection) -> None:
    """Its times, for each byte; not an unload's, nor those of a run that has not all of them; else the sample's."""
    loaded.execute("DELETE FROM trygdfob.kjorelogg")
    assert progress.last_load(loaded) == (progress.SAMPLE, progress.SAMPLE_BYTES)
    for handling, bytes_, by in (("load", 100, 7), ("load", 200, 1), ("unload", 300, 9)):
        times = {name: by * place for place, name in enumerate(lasting.PHASES, 1)}
        log(loaded, handling, bytes_, {**times, "steps": {"lag_miniregister": 3, "sjekkfnr_dub": 1}})
    log(loaded, "load", 400, {"reading files": 5})
    expected = progress.expected(loaded, {2002: 200, 2003: 400})
    assert [phase.seconds for phase in expected[2002].values()] == [1, 2, 3, 4, 5, 6]
    assert [phase.seconds for phase in expected[2003].values()] == [2, 4, 6, 8, 10, 12]
    miniregister = expected[2002][lasting.MINIREGISTER].steps
    assert 12 * miniregister["lag_miniregister"][0] == pytest.approx(0.75, abs=0.001)
    loaded.rollback()


def log(connection: Connection, handling: str, size: int, seconds: dict[str, Any]) -> None:
    connection.execute(
        "INSERT INTO trygdfob.kjorelogg (handling, aargang, startet, ferdig, produktversjon, objektversjon,"
        " innstillinger, filer, antall, sekunder) VALUES (%s, 2001, now(), now(), '', '', '{}', %s, '{}', %s)",
        [handling, Jsonb([{"bytes": size}]), Jsonb(seconds)],
    )


def test_half_way_through_at_the_pace_of_so_far() -> None:
    """Twice as slow as the last load from the beginning: what is left takes nearly twice as long too."""
    reckoning = progress.Reckoning(work(), 0.0)
    reckoning.phase(2001, lasting.READING, 0.0)
    for name in lasting.PHASES[1:5]:
        reckoning.phase(2001, name, 0.0)
    done = reckoning.phases_done
    left = reckoning.total - done
    reckoning.since = 2 * done
    assert left < reckoning.left(2 * done) <= 2 * left


def test_lines_where_there_is_no_terminal(events: list[Event], monkeypatch: pytest.MonkeyPatch) -> None:
    """One a phase, with how far it has come and what is left; one a minute in a phase that takes longer."""
    screen = io.StringIO()
    monkeypatch.setattr(progress, "err", Console(file=screen))
    now = [0.0]
    bars = progress.Bars(lambda: now[0])
    with bars.bars:
        bars.expect(work((2001, 2002), size_of(events)))
        for year in (2001, 2002):
            for what, given in events:
                now[0] += 25 if given == ("asok_oppdater",) else 0.01
                getattr(bars, what)(*((year, given[1]) if what == "phase" else given))
        bars.end()
    lines = screen.getvalue().splitlines()
    assert lines[0] == "2001 (1 of 2): reading files"
    phases = [line for line in lines if line.startswith("2001 (1 of 2): ")]
    assert [line.partition(" – ")[0].partition(": ")[2] for line in phases if "comparing" not in line] == [
        name for name in lasting.PHASES if name != lasting.COMPARING
    ]
    assert len([line for line in phases if "comparing" in line]) == 1 + 12 * 25 // 75
    assert all(
        "% " in line.replace("%,", "% ") and line.endswith(("left", "less left", "reckoned")) for line in lines[1:]
    )


def controls(seconds: float, began: float = 0.0) -> progress.Reckoning:
    """One phase of so many seconds and one step, which begins at 0."""
    phase = progress.phase_of(kontroll.CHECKING, seconds, {}, PIECES[kontroll.CHECKING], 1)
    reckoning = progress.Reckoning({2001: {kontroll.CHECKING: phase}}, began)
    reckoning.phase(2001, kontroll.CHECKING, 0.0)
    return reckoning


@pytest.mark.parametrize(("seconds", "limit"), [(1, 10), (50, 100)])
def test_what_takes_longer_than_reckoned(seconds: float, limit: float) -> None:
    """A step that is past twice its time, and past ten seconds."""
    assert "longer than reckoned" not in controls(seconds).words(limit)
    assert "longer than reckoned" in controls(seconds).words(limit + 0.1)


def test_the_last_loads_pace_counts_as_a_tenth_of_the_work() -> None:
    """A fifth is done, in twice the time: what is left is reckoned by that and by the tenth together."""
    assert controls(100, began=-20.0).left(20.0) == pytest.approx(80 * (40 + 10) / (20 + 10))


def test_a_line_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(progress, "err", Console(file=screen))
    now = [0.0]
    bars = progress.Bars(lambda: now[0])
    bars.expect(work())
    bars.phase(2001, kontroll.CHECKING)
    for tell in (lambda: bars.step("fest_aargang"), lambda: bars.read(1)):
        lines = screen.getvalue().count("\n")
        for seconds, more in ((59.9, 0), (0.1, 1)):
            now[0] += seconds
            tell()
            assert screen.getvalue().count("\n") == lines + more


def test_durations() -> None:
    assert [progress.duration(seconds) for seconds in (0, 60, 61, 3540, 3541, 9000)] == [
        "a minute or less", "a minute or less", "about 2 min", "about 59 min", "about 1 h 00 min", "about 2 h 30 min",
    ]  # fmt: skip
