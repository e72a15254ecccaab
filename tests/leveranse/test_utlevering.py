"""A delivery is whole or is not there: repeated, beside loads, ended at any moment, on a full disk, in any place."""

import csv
import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import cli, errors, lasting, leveranse
from fdtrygd.db import database
from fdtrygd.leveranse import folder
from pytest_postgresql.executors import NoopExecutor
from typer.testing import CliRunner

from commands import said, start
from conftest import Register, address, own_database
from delivering import Connection, begin, delivered, one_state, order, project, rows, table, written
from ended import small_disk
from historier import KALENDER, PERSON, uendret
from historier import last as last_load
from loaded import Files, load

#: Where a delivery is ended: before it calls this, or after
STAGES = {
    "folder.made": "after", "stream.read": "after", "formats.write": "after", "manifest.write": "before",
    "folder.files": "after", "folder._sync": "before", "folder.Path.rename": "before", "folder.Path.rename ": "after",
}  # fmt: skip
FORMS = ("hendelser", "tilfelle", "gruppetilfelle", "periode", "manedspanel")


def everything(name: str, **changes: Any) -> dict[str, Any]:
    """An order of every form."""
    tables = [table(form, formater=["csv", "parquet"]) for form in FORMS]
    return order(name, tabell=[*tables, table("tverrsnitt", dager=["2001-06-30"])], **changes)


def content(place: Path) -> dict[str, bytes]:
    """The folder's files."""
    return {path.name: path.read_bytes() for path in sorted(place.iterdir())}


def state(connection: Connection, number: int) -> str:
    found: str = database.scalar(connection, "SELECT tilstand FROM leveranse.utlevering WHERE utlevering = %s", number)
    return found


def last(connection: Connection) -> int:
    """The delivery that was begun last."""
    found: int = database.scalar(connection, "SELECT max(utlevering) FROM leveranse.utlevering")
    return found


def test_what_the_log_has(delivering: Connection, tmp_path: Path) -> None:
    """Files with their checksums, tables with rows, persons and the checksum of the rows; who, when, from what."""
    mine = project(delivering)
    done = leveranse.deliver(delivering, written(tmp_path, everything(mine)), tmp_path / "ut")
    files = delivering.execute(
        'SELECT fil, bytes, sha256 FROM leveranse.utlevert_fil WHERE utlevering = %s ORDER BY fil COLLATE "C"',
        [done.number],
    ).fetchall()
    assert files == [
        (name, len(data), folder.sha256(tmp_path / "ut" / name)) for name, data in content(tmp_path / "ut").items()
    ]
    of_rows = delivered(delivering, everything(mine))
    tables = delivering.execute(
        "SELECT tabell, rader, personer FROM leveranse.utlevert_tabell WHERE utlevering = %s", [done.number]
    ).fetchall()
    assert {name: (count, persons) for name, count, persons in tables} == {
        name: (len(found), len({row[0] for row in found})) for name, found in of_rows.items()
    }
    row = delivering.execute(
        "SELECT tilstand, bruker = session_user, begynt < ferdig,"
        " kjoring = (SELECT max(kjoring) FROM trygdfob.kjorelogg), versjoner ? 'fdtrygd',"
        " versjoner ->> 'objekter' = (SELECT digest FROM trygdfob.objektversjon)"
        " FROM leveranse.utlevering WHERE utlevering = %s",
        [done.number],
    ).fetchone()
    assert row == ("ferdig", True, True, True, True, True)
    assert (tmp_path / "ut").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "ut").iterdir()} == {0o600}


# The same once more


def test_a_repeat_is_the_same_bytes(clone: Connection, tmp_path: Path, files: Files) -> None:
    """With a later year loaded, and another clock, language, mask, folder; and after that year was taken back."""
    mine = project(clone)
    file = written(tmp_path, everything(mine, til="2001-12-31"))
    done = leveranse.deliver(clone, file, tmp_path / "ut")
    before = content(tmp_path / "ut")
    assert len(before) > len(FORMS)
    load(clone, 2003, files)
    elsewhere = tmp_path / "annet sted"
    elsewhere.mkdir()
    process = start(
        "redeliver", done.number, "--out", "igjen", to=address(clone), cwd=elsewhere, umask=0o000,
        environment={
            "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PGTZ": "Etc/GMT+12", "PYTHONHASHSEED": "7",
        },
    )  # fmt: skip
    _, err = process.communicate()
    assert process.returncode == 0, err
    assert content(elsewhere / "igjen") == before
    assert {path.stat().st_mode & 0o777 for path in (elsewhere / "igjen").iterdir()} == {0o600}
    lasting.unload_year(clone, 2003)
    leveranse.redeliver(clone, done.number, tmp_path / "tredje")
    assert content(tmp_path / "tredje") == before
    log = clone.execute("SELECT slag, tilstand, gjentar FROM leveranse.utlevering ORDER BY utlevering").fetchall()
    assert log == [("leveranse", "ferdig", None), *[("gjentakelse", "ferdig", done.number)] * 2]


def test_a_repeat_on_another_day_has_the_first_ones_date(delivering: Connection, tmp_path: Path) -> None:
    mine = project(delivering)
    done = leveranse.deliver(delivering, written(tmp_path, order(mine)), tmp_path / "ut")
    delivering.execute(
        "UPDATE leveranse.utlevering SET begynt = '2026-06-30 22:30:00+00' WHERE utlevering = %s", [done.number]
    )
    with delivering.transaction(force_rollback=True):
        for zone in ("UTC", "Pacific/Kiritimati", "Etc/GMT+12"):
            delivering.execute("SELECT set_config('TimeZone', %s, true)", [zone])
            again = database.scalar(delivering, "SELECT leveranse.gjenta_utlevering(%s, '{}')", done.number)
            told = database.scalar(delivering, "SELECT leveranse.beskrivelse_av_utlevering(%s)", again)
            assert (told["utlevering"], told["dato"]) == (done.number, "2026-07-01")


def test_other_rows_are_no_repeat(apart: Connection, tmp_path: Path) -> None:
    """One value in the final part of the register is another one: nothing is there, and the log has a beginning."""
    mine = project(apart)
    done = leveranse.deliver(apart, written(tmp_path, everything(mine)), tmp_path / "ut")
    apart.execute(
        "UPDATE trygdfob.forlop_2001_01 SET ytelse = 'ZZ' WHERE (lopenr, regdato, kode) ="
        " (SELECT lopenr, regdato, kode FROM trygdfob.forlop_2001_01 WHERE kode = '1' ORDER BY lopenr LIMIT 1)"
    )
    with pytest.raises(errors.UserError, match=f"Delivery {done.number} is in the log with other rows") as refused:
        leveranse.redeliver(apart, done.number, tmp_path / "igjen")
    named = set(re.search(r"other rows in (.*?):", str(refused.value))[1].split(", "))  # type: ignore[index]
    assert {"hendelser", "periode"} <= named
    assert "tilfelle" not in named
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bestilling.toml", "ut"]
    assert state(apart, last(apart)) == "avbrutt"


def test_what_is_no_longer_final_is_no_repeat(apart: Connection, tmp_path: Path) -> None:
    mine = project(apart)
    done = leveranse.deliver(apart, written(tmp_path, order(mine)), tmp_path / "ut")
    lasting.unload_year(apart, 2003)
    with pytest.raises(errors.UserError, match="2002-12-31 is not final: it is so when 2003 is loaded"):
        leveranse.redeliver(apart, done.number, tmp_path / "igjen")
    assert not (tmp_path / "igjen").exists()


# Beside loads


def test_a_delivery_reads_one_state(apart: Connection, tmp_path: Path, files: Files) -> None:
    """A year is taken back during its first table, and loaded again during the second: it sees nothing of it."""
    mine = project(apart)
    file = written(tmp_path, everything(mine))
    leveranse.deliver(apart, file, tmp_path / "foer")
    did: list[str] = []

    def meanwhile(name: str, _: int) -> None:
        with database.connect(address(apart)) as other:
            if name == "hendelser" and not did:
                did.append("unload")
                lasting.unload_year(other, 2003)
            elif name == "tilfelle" and did == ["unload"]:
                did.append("load")
                load(other, 2003, files)

    leveranse.deliver(apart, file, tmp_path / "under", progress=meanwhile)
    assert did == ["unload", "load"]
    before, beside = content(tmp_path / "foer"), content(tmp_path / "under")
    assert before.keys() == beside.keys()
    for form in FORMS:
        assert beside[f"{form}.csv"] == before[f"{form}.csv"]


def test_partitions_that_went_before_it_read(apart: Connection, files: Files) -> None:
    """Its state has a year that was taken back, and whose partitions the next load has dropped: it says so."""
    mine = project(apart)
    number = begin(apart, order(mine))
    with database.connect(address(apart)) as other:
        with one_state(apart, undone=True):
            apart.execute("SELECT count(*) FROM trygdfob.lastet_aargang")  # from here on it sees 2003
            lasting.unload_year(other, 2003)
            load(other, 2003, files)
            with pytest.raises(psycopg.Error, match="in the moment in which the delivery began") as refused:
                apart.execute("SELECT leveranse.finn_personer(%s)", [number])
            assert refused.value.sqlstate == "FD007"
        with one_state(apart):
            apart.execute("SELECT leveranse.finn_personer(%s)", [number])
            assert rows(apart, number)["perioder"]


# Ended


HOOK = """
import os, signal, sys
from fdtrygd import __main__ as program
from fdtrygd.leveranse import deliver, folder, formats, manifest, stream
place, when = {place!r}, {when!r}
owner = {{"folder": folder, "formats": formats, "manifest": manifest, "stream": stream}}[place.split(".")[0]]
for name in place.split(".")[1:-1]:
    owner = getattr(owner, name)
name = place.split(".")[-1].strip()
was = getattr(owner, name)
def ends(*given, **named):
    if when == "before":
        os.kill(os.getpid(), signal.{how})
    found = was(*given, **named)
    if when == "after":
        os.kill(os.getpid(), signal.{how})
    return found
setattr(owner, name, ends)
program.main()
"""


def ended(to: str, file: Path, out: Path, place: str, how: str) -> subprocess.CompletedProcess[str]:
    """`fdtrygd deliver`, which gets that signal at that place."""
    hook = HOOK.format(place=place, when=STAGES[place], how=how)
    return subprocess.run(
        [sys.executable, "-c", hook, "deliver", str(file), "--out", str(out)],
        env={**os.environ, "FDTRYGD_DATABASE_URL": to}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize("place", STAGES)
def test_killed_at_any_moment(delivering: Connection, tmp_path: Path, place: str) -> None:
    """No folder, or the whole one, which the log has as begun; the next run makes it and leaves nothing else."""
    mine = project(delivering)
    file, out = written(tmp_path, everything(mine)), tmp_path / "ut"
    leveranse.deliver(delivering, file, tmp_path / "hel")
    died = ended(address(delivering), file, out, place, "SIGKILL")
    assert died.returncode == -signal.SIGKILL, died.stderr
    number = last(delivering)
    assert state(delivering, number) == "begynt"
    if place == "folder.Path.rename ":
        assert content(out).keys() == content(tmp_path / "hel").keys()
        assert content(out)["hendelser.csv"] == content(tmp_path / "hel")["hendelser.csv"]
        shutil.rmtree(out)
    assert not out.exists()
    done = leveranse.deliver(delivering, file, out)
    assert state(delivering, done.number) == "ferdig"
    assert state(delivering, number) == "begynt"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bestilling.toml", "hel", "ut"]


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM"])
def test_told_to_end(delivering: Connection, tmp_path: Path, how: str) -> None:
    """It leaves nothing at all."""
    file = written(tmp_path, everything(project(delivering)))
    died = ended(address(delivering), file, tmp_path / "ut", "stream.read", how)
    assert died.returncode not in (0, -signal.SIGKILL)
    assert "Traceback" not in died.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["bestilling.toml"]
    assert state(delivering, last(delivering)) == "avbrutt"


@pytest.mark.parametrize("at", ["perioder", "end"])
def test_its_session_is_ended(delivering: Connection, tmp_path: Path, at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it reads nothing is left; when the files are in place they stay, and what is known is said."""
    file = written(tmp_path, order(project(delivering)))
    with database.connect(address(delivering)) as session:

        def end(*_: object) -> None:
            delivering.execute("SELECT pg_terminate_backend(%s)", [session.info.backend_pid])

        if at == "end":
            was = folder.files
            monkeypatch.setattr(folder, "files", lambda place: (end(), was(place))[1])
        progress = end if at == "perioder" else lambda name, rows: None
        with pytest.raises((errors.UserError, psycopg.Error)) as lost, errors.sentences():
            leveranse.deliver(session, file, tmp_path / "ut", progress=progress)
    assert isinstance(lost.value, errors.UserError)
    number = last(delivering)
    assert state(delivering, number) == "begynt"
    if at == "perioder":
        assert [path.name for path in tmp_path.iterdir()] == ["bestilling.toml"]
    else:
        assert f"delivery {number}" in str(lost.value)
        assert "as begun" in str(lost.value)
        assert "perioder.csv" in content(tmp_path / "ut")
        shutil.rmtree(tmp_path / "ut")
    leveranse.deliver(delivering, file, tmp_path / "ut")


def test_on_a_full_disk(delivering: Connection, tmp_path: Path) -> None:
    """Of any size too small for it nothing is left; there is room again, and it is made."""
    file = written(tmp_path, everything(project(delivering)))
    whole = leveranse.deliver(delivering, file, tmp_path / "hel")
    needed = sum(each.size for each in whole.files)
    for size in (4096, needed // 4, needed // 2, needed * 3 // 4):
        place = tmp_path / f"disk-{size}"
        with small_disk(place, str(size)):
            with pytest.raises(errors.UserError, match="cannot be written"):
                leveranse.deliver(delivering, file, place / "ut")
            assert list(place.iterdir()) == []


@pytest.mark.parametrize("size", [0, 1000, 20_000])
def test_files_may_not_be_larger(delivering: Connection, tmp_path: Path, size: int) -> None:
    """A limit of the user's own (ulimit -f) is as a full disk."""
    file = written(tmp_path, everything(project(delivering)))
    limited = textwrap.dedent(f"""
        import resource, signal
        from fdtrygd import __main__ as program
        from fdtrygd.db import database
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
        program.main()
    """)
    done = subprocess.run(
        [sys.executable, "-c", limited, "deliver", str(file), "--out", str(tmp_path / "ut")],
        env={**os.environ, "FDTRYGD_DATABASE_URL": address(delivering)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == errors.REFUSED, done.stderr
    assert "cannot be written" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["bestilling.toml"]


# Where to


def test_where_no_folder_can_be_made(delivering: Connection, tmp_path: Path) -> None:
    """It is said before anything is begun, and what is there stays."""
    file = written(tmp_path, order(project(delivering)))
    (tmp_path / "fil").write_text("en fil")
    (tmp_path / "mappe").mkdir()
    (tmp_path / "mappe" / "innhold").write_text("noe")
    (tmp_path / "peker").symlink_to(tmp_path / "ingensteds")
    before = database.scalar(delivering, "SELECT count(*) FROM leveranse.utlevering")
    for out, words in (
        ("fil", "is there already"), ("mappe", "is there already"), ("peker", "is there already"),
        ("borte/ut", "no folder"),
        ("fil/ut", "no folder"), ("..", "names no folder"), ("x" * 248, "too long"), ("x" * 300, "too long"),
    ):  # fmt: skip
        with pytest.raises(errors.UserError, match=words):
            leveranse.deliver(delivering, file, tmp_path / out)
    assert database.scalar(delivering, "SELECT count(*) FROM leveranse.utlevering") == before
    assert (tmp_path / "mappe" / "innhold").read_text() == "noe"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bestilling.toml", "fil", "mappe", "peker"]
    leveranse.deliver(delivering, file, tmp_path / ("x" * 247))


def test_two_runs_to_one_place(delivering: Connection, tmp_path: Path) -> None:
    """The second says that the first is at work; what a run has left that is dead goes."""
    file = written(tmp_path, order(project(delivering)))
    at_work = folder.unfinished(tmp_path / "ut")
    at_work.mkdir()
    (at_work / "halv").write_text("")
    number = os.open(at_work, os.O_RDONLY)
    fcntl.flock(number, fcntl.LOCK_EX)
    with pytest.raises(errors.UserError, match="is being made by another run"):
        leveranse.deliver(delivering, file, tmp_path / "ut")
    assert (at_work / "halv").exists()
    os.close(number)
    leveranse.deliver(delivering, file, tmp_path / "ut")
    assert not at_work.exists()


def test_somebody_makes_the_place_meanwhile(delivering: Connection, tmp_path: Path) -> None:
    """His folder stays as it is."""
    file = written(tmp_path, order(project(delivering)))

    def meanwhile(name: str, _: int) -> None:
        (tmp_path / "ut").mkdir(exist_ok=True)

    with pytest.raises(errors.UserError, match="is there already"):
        leveranse.deliver(delivering, file, tmp_path / "ut", progress=meanwhile)
    assert content(tmp_path / "ut") == {}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bestilling.toml", "ut"]


# The order as a file


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"prosjekt = 'a'\nbestilling = [1,\n", "it is no TOML"),
        (b"prosjekt = 'a'\nprosjekt = 'b'\n", ", line 2: it is no TOML"),
        (b"# \xe6\nprosjekt = 1", ", line 1: it is not UTF-8"),
        (b"\n\ntil = 2003-13-01\n", ", line 3: it is no TOML"),
        ("prosjekt = 'a'".encode("utf-16"), ", line 1: it is not UTF-8"),
        (b"a = " + b"1" * 5000, "it has what no order or project has"),
        (b'a = "\\u0000"', "the character NUL"),
        (b'"a\\u0000" = 1', "the character NUL"),
        (b"a = " + b"[" * 5000 + b"]" * 5000, "tables in tables without end"),
        (b"a" + b".a" * 5000 + b" = 1", "tables in tables without end"),
        (b"", "prosjekt: is missing"),
        (b"\xef\xbb\xbf# med BOM\ntil = 2002-01-01T00:00:00\nfra = inf\n", 'til: "2002-01-01 00:00:00" is no day'),
        (b"tabell = 1\npopulasjon = [1]\nversjon = nan", 'versjon: "nan" is no version'),
        (b"[[tabell]]\nformater = 5\n", "tabell[1].formater: is to be a list"),
        (b"tabell = [[1], 5, {formater = [5]}]\n", "tabell[2]: is to be a table"),
    ],
    ids=lambda each: repr(each)[:24],
)
def test_an_order_that_is_none(delivering: Connection, tmp_path: Path, text: bytes, words: str) -> None:
    """With the line, where TOML has one; never a line's text, and no error of the program."""
    file = tmp_path / "bestilling.toml"
    file.write_bytes(text)
    for program in (
        lambda: leveranse.deliver(delivering, file, tmp_path / "ut"),
        lambda: leveranse.create_project(delivering, file),
    ):
        with pytest.raises(errors.UserError) as refused:
            program()
        if "missing" not in words or "deliver" in words:
            assert str(file) in str(refused.value)
    with pytest.raises(errors.UserError) as refused:
        leveranse.deliver(delivering, file, tmp_path / "ut")
    assert words in str(refused.value)


def test_no_such_file(delivering: Connection, tmp_path: Path) -> None:
    for name, words in (("borte.toml", "cannot be read: No such file"), (".", "cannot be read: Is a directory")):
        with pytest.raises(errors.UserError, match=words):
            leveranse.deliver(delivering, tmp_path / name, tmp_path / "ut")


@pytest.mark.parametrize("number", ["0", "-1", "2147483648", "99999999999999999999", "x"])
def test_no_such_number(delivering: Connection, tmp_path: Path, number: str) -> None:
    process = start("redeliver", "--out", tmp_path / "ut", "--", number, to=address(delivering))
    _, err = process.communicate()
    assert process.returncode in (1, 2), err
    assert "Traceback" not in err
    assert said(start("redeliver", 2147483647, "--out", tmp_path / "ut", to=address(delivering))).startswith(
        "Delivery 2147483647"
    )


# The person of chapter 3.3

COLUMNS = (
    "lpnr kode hoved regdato tilgdato avgdato asoktilg asokavg"
    " hovedarbstat hovedarbdato tiltak tiltakdato ytelse ytelsedato"
)
RECORDS = """
1,3,20030623,20030623,,20030623,,FS,20030623,PRAKSORD,20030623,AT,20030623
2,3,20031026,20030623,,20030623,,FS,20030623,PRAKSORD,20030623,ID,20031026
0,3,20040205,20030623,,20030623,20040205,FS,20030623,PRAKSORD,20030623,ID,20031026
1,5,20040206,20030623,,20040206,,YH,20040206,PRAKSORD,20040206,AT,20040206
0,5,20050425,20030623,20050425,20040206,20050425,YH,20040206,PRAKSORD,20040206,AT,20040206
"""


@pytest.fixture(scope="module")
def example(postgresql_noproc: NoopExecutor) -> Iterator[Connection]:
    """The person's months, and 2006, with which it is known for good that he was last seen on 2005-04-25."""
    praksis = {"hoved": "3", "arb": "FS", "tiltak": "PRAKSORD", "ytelse": "AT"}
    attforing = {"hoved": "5", "arb": "YH", "tiltak": "PRAKSORD", "ytelse": "AT"}
    of_2006 = {f"2006-{month:02}": f"2006-{month:02}-28" for month in range(1, 13)}
    with own_database(postgresql_noproc, "leveranse_eksempel") as connection:
        database.prepare(connection, 1)
        last_load(
            Register(connection),
            uendret("2003-06", "2003-09", praksis, hend="2003-06-23"),
            uendret("2003-10", "2004-01", praksis, ytelse="ID", hend="2003-10-26"),
            uendret("2004-02", "2005-04", attforing, hend="2004-02-06"),
            til=2006,
            kalender=KALENDER | of_2006,
        )
        connection.commit()
        with database.connect(address(connection)) as session:
            yield session


def test_the_person_of_chapter_3_3(example: Connection, tmp_path: Path) -> None:
    """His five records, fourteen columns; a year earlier it is not known yet that he leaves: four, without the end."""
    mine = project(example)
    events = {"navn": "hendelser", "form": "hendelser", "variabler": COLUMNS.split(), "formater": ["csv"]}
    for day, count in (("2005-12-31", 5), ("2004-12-31", 4)):
        (tmp_path / "liste.txt").write_text(PERSON)
        content = order(
            mine,
            bestilling=f"til-{day}",
            til=day,
            dato="tall",
            populasjon={"liste": {"fil": "liste.txt"}},
            tabell=[events],
        )
        leveranse.deliver(example, written(tmp_path, content), tmp_path / day)
        with (tmp_path / day / "hendelser.csv").open(newline="") as file:
            head, *lines = csv.reader(file)
        assert head == COLUMNS.split()
        assert [",".join(line[1:]) for line in lines] == RECORDS.split()[:count]
        assert len({line[0] for line in lines}) == 1


def test_the_standard_has_the_ends_behind_them(example: Connection) -> None:
    """Empty where they come after the order's last day."""
    mine = project(example)
    got = delivered(example, order(mine, til="2004-12-31", tabell=[table("hendelser")]))["hendelser"]
    assert {len(row) for row in got} == {17}
    assert [tuple(map(str, row[14:])) for row in got if row[2] in "35"] == [
        ("2003-10-25", "2004-02-05", "None"), ("2004-02-05", "2004-02-05", "None"),
        ("2004-02-05", "2004-02-05", "None"), ("None", "None", "None"),
    ]  # fmt: skip


def test_another_session_sees_what_it_does(delivering: Connection, tmp_path: Path) -> None:
    seen: set[tuple[Any, ...]] = set()

    def look(*_: object) -> None:
        seen.update(delivering.execute("SELECT handling, aargang, fase FROM trygdfob.pagaende_arbeid").fetchall())

    with database.connect(address(delivering)) as session:
        leveranse.deliver(session, written(tmp_path, order(project(delivering))), tmp_path / "ut", progress=look)
    assert ("delivery", None, "perioder") in seen
    assert delivering.execute("SELECT FROM trygdfob.pagaende_arbeid").fetchall() == []


def test_what_else_has_left_is_listed(apart: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Flat files, too, where there is no project; each with what became of it."""
    leveranse.flatfile(apart, 2002, "arkiv 2026/3", tmp_path / "g")
    assert [(each.named, each.to, each.state) for each in leveranse.deliveries(apart)] == [
        ("flat file: arkiv 2026/3", "2002", "done")
    ]
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address(apart))
    shown = CliRunner().invoke(cli.app, ["project", "list"]).output
    assert "There is no project." in shown
    assert {"arkiv", "2026/3", "2002", "done"} <= {*shown.split()}
