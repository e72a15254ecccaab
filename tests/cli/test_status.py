"""`fdtrygd status --verbose`: the run log, so that a reader can check it (spec.md 5.8)."""

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import files as month_files
from fdtrygd import kontroll, lasting, screen
from fdtrygd.cli import status
from fdtrygd.db import database, objects
from psycopg.types.json import Jsonb
from rich.console import Console

from conftest import Silent, qualified
from folders import Folder

Connection = psycopg.Connection[Any]
Show = Callable[..., list[str]]
FIRST_LINE = r"Run \d+: (\w+) of (\d{4}), \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, \d+\.\d seconds, by \w+"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Folder(tmp_path_factory.mktemp("status") / "files")
    for year in (2001, 2002):
        folder.year(year)
    return folder.path


@pytest.fixture(scope="module")
def loaded(shared: Connection, files: Path) -> Iterator[Connection]:
    """2001 and 2002 loaded, 2002 unloaded: three runs, rolled back when this module is done."""
    shared.rollback()
    shared.execute("SELECT")  # opens the transaction
    months = month_files.find_month_files(files)
    for year in (2001, 2002):
        lasting.load_year(shared, year, months[year], synthetic=False, progress=Silent())
    lasting.unload_year(shared, 2002)
    yield shared
    shared.rollback()


@pytest.fixture
def log(loaded: Connection) -> Iterator[Connection]:
    """The same for a test that may change it."""
    with loaded.transaction(force_rollback=True):
        yield loaded


@pytest.fixture
def show(log: Connection, monkeypatch: pytest.MonkeyPatch) -> Show:
    """The lines that the command prints on a terminal of 80 columns."""
    console = Console(highlight=False, width=80, force_terminal=True, color_system="standard")
    monkeypatch.setattr(screen, "out", console)
    monkeypatch.setattr(status, "out", console)

    def lines(*, verbose: bool = True) -> list[str]:
        with console.capture() as capture:
            status.show(log, verbose=verbose)
        return [line.rstrip() for line in capture.get().splitlines()]

    return lines


def plain(line: str) -> str:
    """Without colours."""
    return re.sub(r"\x1b\[[\d;]*m", "", line)


def runs(lines: list[str]) -> list[list[str]]:
    """The lines of each run."""
    found: list[list[str]] = []
    for line in map(plain, lines):
        if line.startswith("Run "):
            found.append([])
        if found:
            found[-1].append(line)
    return found


def numbers(run: list[str]) -> list[tuple[str, int]]:
    """The labels of a run's sums with their numbers."""
    found = [re.fullmatch(r" {2,4}(\S.*?) {2,}(-?\d[\d ]*?)(?:  ok)?", line) for line in run]
    return [(line[1], int(line[2].replace(" ", ""))) for line in found if line]


def test_without_verbose(show: Show) -> None:
    lines = show(verbose=False)
    assert runs(lines) == []
    assert [line.split()[-1] for line in map(plain, lines) if re.match(r" +2001 ", line)] == ["real"]


def test_runs(show: Show, log: Connection) -> None:
    """Each run, newest last: which, when, how long, who, product, rules, settings."""
    found = runs(show())
    heads = [re.fullmatch(FIRST_LINE, run[0]) for run in found]
    assert [head.groups() for head in heads if head] == [("load", "2001"), ("load", "2002"), ("unload", "2002")]
    for run in found:
        assert objects.digest() in run[1]
        assert "serie_start 2001-05-01" in " ".join(run[2:5])
        assert max(map(len, run)) <= 80


def test_files(show: Show, files: Path) -> None:
    """Name, number of records, size, extraction date, and the whole checksum, as sha256sum prints it."""
    load = runs(show())[0]
    for month in range(1, 13):
        file = files / f"arbsok_2001{month:02}.csv"
        (line,) = [number for number, text in enumerate(load) if text.strip().startswith(file.name)]
        content = file.read_bytes()
        name, records, size, day = re.split(r"\s{2,}", load[line].strip())
        assert int(records) == content.count(b"\n") - 1
        assert int(size.replace(" ", "")) == len(content)
        assert day.startswith(f"2001-{month:02}-")
        assert load[line + 1].strip() == hashlib.sha256(content).hexdigest(), name


def test_sums_add_up(show: Show, log: Connection) -> None:
    """What is read, set aside, in the miniregister, confirmed, rejected and written: every number is accounted for."""
    load, gone, unload = runs(show())
    assert [len([line for line in run if line.endswith("  ok")]) for run in (load, gone, unload)] == [8, 8, 1]
    assert not any("ADD UP" in line for run in (load, gone, unload) for line in run)

    def count(query: str) -> int:
        return int(database.scalar(log, f"SELECT count(*) FROM {qualified(query)} AND aargang = 2001"))

    expected = {
        "records in the month files": sum(int(line.split()[1]) for line in load if line.startswith("  arbsok")),
        "set aside: fnr not 11 digits": count("lagt_til_side WHERE grunn = 'ugyldig_fnr'"),
        "set aside: duplicates": count("lagt_til_side WHERE grunn = 'dublett'"),
        "in the miniregister": count("miniregister WHERE true"),
        "from before the series' start": count("miniregister WHERE mnddato < '2001-05-01'"),
        "from the series' start on": count("miniregister WHERE mnddato >= '2001-05-01'"),
        "gave records": count("arbsok_registrering_kontrollert(2001, '', ':'), LATERAL (SELECT 2001 AS aargang) AS a"
                              " WHERE utfall = 'ga_record'"),
        "written to VRAK_ARBSOK": count("vrak_arbsok WHERE true"),
        "written to F_ARBSOK": count("f_arbsok WHERE true"),
        "changes": count("f_arbsok WHERE kode = '2'"),
        "group transitions, exit and entry": 2 * count("f_arbsok WHERE kode = '0' AND avgdato IS NULL"),
    }  # fmt: skip
    said = numbers(load)
    assert {label: {number for name, number in said if name == label} for label in expected} == {
        label: {number} for label, number in expected.items()
    }
    assert min(expected["set aside: duplicates"], expected["changes"], expected["gave records"]) > 0

    # Of a year that is not loaded any more, what confirmed a spell is what the others leave
    assert "confirmed the running spell (the rest)" in dict(numbers(gone))
    written = dict(numbers(gone))["written to F_ARBSOK"]
    (out, taken), (by, in_load) = numbers(unload)[:2]
    assert (out, taken, in_load) == ("taken out of F_ARBSOK", written, written)
    assert re.fullmatch(r"written by run \d+", by)


@pytest.mark.parametrize("name", sorted(status.ADDED_UP))
def test_what_does_not_add_up(show: Show, log: Connection, name: str) -> None:
    """One too many of any count is said, in red, with the difference."""
    log.execute(
        "UPDATE trygdfob.kjorelogg SET antall = antall || jsonb_build_object(%(name)s::text,"
        " (antall ->> %(name)s)::bigint + 1) WHERE aargang = 2001",
        {"name": name},
    )
    wrong = [line for line in show() if "DOES NOT ADD UP" in line]
    assert wrong
    for line in wrong:
        assert re.fullmatch(r"\x1b\[1;31m    DOES NOT ADD UP: [12] too (few|many)\x1b\[0m", line)


def test_registrations_that_do_not_add_up(show: Show, log: Connection) -> None:
    """The outcomes are counted from the rows, not from what the load says that it did."""
    log.execute("UPDATE arbsok_lasting.registrering_tall SET antall = antall - 3 WHERE utfall = 'bekreftet' AND"
                " (mnddato, status) = (SELECT mnddato, status FROM arbsok_lasting.registrering_tall"
                " WHERE utfall = 'bekreftet' ORDER BY antall DESC, mnddato, status LIMIT 1)")  # fmt: skip
    assert [plain(line).strip() for line in show() if "ADD UP" in line] == ["DOES NOT ADD UP: 3 too few"]


def test_unload_that_took_too_little(show: Show, log: Connection) -> None:
    log.execute("""UPDATE trygdfob.kjorelogg SET antall = '{"f_arbsok": 1}' WHERE handling = 'unload'""")
    assert len([line for line in show() if "ADD UP" in line]) == 1


def test_times(show: Show, log: Connection) -> None:
    """Every phase and step of a load, in running order."""
    load, _, unload = runs(show())
    names = [line.split("  ")[2] for line in load if re.match(r"    \w[\w ]* +\d+\.\d( |$)", line)]
    assert [name for name in names if name in lasting.PHASES] == list(lasting.PHASES)
    assert [name for name in names if name not in lasting.PHASES] == [step.name for step in lasting.all_steps(log)]
    assert any(re.match(r"    unloading +\d+\.\d$", line) for line in unload)


def test_every_count_of_the_run_log_has_its_row(log: Connection) -> None:
    """A load's counts are what its steps return, and those of aarets_tall, which people read."""
    (keys,) = log.execute("SELECT array(SELECT jsonb_object_keys(antall)) FROM trygdfob.kjorelogg").fetchone() or ([],)
    # The log is written before the controls, which read it
    steps = {step.name for step in lasting.all_steps(log) if step.phase != kontroll.CHECKING}
    posts = dict(log.execute("SELECT navn, kilde FROM arbsok_lasting.tellepost").fetchall())
    assert set(keys) == steps | posts.keys()
    of_the_view = {name for (name,) in log.execute("SELECT post FROM arbsok_lasting.aarets_tall")}
    assert {name for name, source in posts.items() if source == "aarets_tall"} == of_the_view
    assert posts.keys() - of_the_view <= steps


def test_controls_and_warnings(show: Show, log: Connection) -> None:
    controls = database.scalar(log, "SELECT count(*) FROM kontroll.kontroll")
    assert any(f"  controls: {controls} run" in line for run in runs(show()) for line in run)
    warning = (
        "mange_ugyldige_fnr: arbsok_200107.csv: 7 of 9 records set aside: no fnr of 11 digits. Were leading zeros lost?"
    )
    log.execute(
        "UPDATE trygdfob.kjorelogg SET kontroller = %s, godtatt = %s, advarsler = %s WHERE aargang = 2001",
        [Jsonb({"en_apning": 0, "hoved_sju": 1234, "offisiell": 2}), Jsonb({"hoved_sju": "NAV says so"}),
         Jsonb([warning])],
    )  # fmt: skip
    load = runs(show())[0]
    at = load.index("  controls: 3 run, 1 without findings")
    assert [line.split() for line in load[at + 1 : at + 4]] == [
        ["hoved_sju", "1", "234"], ["accepted:", "NAV", "says", "so"], ["offisiell", "2"],
    ]  # fmt: skip
    assert " ".join(" ".join(load[at + 4 :]).split()) == f"Warning: {warning}"
    assert max(map(len, load)) <= 80


def test_log_of_another_version(show: Show, log: Connection) -> None:
    """Counts that another version did not keep are no error."""
    log.execute("UPDATE trygdfob.kjorelogg SET antall = antall - 'fra_start' WHERE aargang = 2001")
    load = runs(show())[0]
    assert "  No sums: the version that loaded the year did not count fra_start." in load
    assert not any("ADD UP" in line for line in load)
