"""`fdtrygd official import`: NAV's published averages from a user's file (the source's 4.2)."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fdtrygd import cli
from fdtrygd.db import database, installation, locks
from fdtrygd.errors import UserError
from fdtrygd.rapport import official
from typer.testing import CliRunner

from conftest import address

Connection = psycopg.Connection[Any]
Rows = list[tuple[Any, ...]]
Import = Callable[[str], str]

SOURCE = "kap. 4.2"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "nav.csv"


@pytest.fixture
def take_in(postgresql: Connection, file: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Writes the text to nav.csv, runs the command, and gives what it says."""
    monkeypatch.setenv("FDTRYGD_DATABASE_URL", address(postgresql))

    def run(text: str) -> str:
        file.write_text(text, "utf-8")
        result = CliRunner().invoke(cli.app, ["official", "import", str(file)])
        if result.exception:
            raise result.exception
        return result.stdout

    return run


def table(connection: Connection) -> Rows:
    connection.rollback()
    query = "SELECT aargang, hoved, offisiell, filene, kilde FROM trygdfob.offisiell_statistikk ORDER BY aargang, hoved"
    rows = connection.execute(query).fetchall()
    connection.rollback()
    return rows


def read(file: Path, text: str, encoding: str = "utf-8") -> list[official.Average]:
    file.write_bytes(text.encode(encoding))
    return official.read(file)


# What a file may say


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("62648", 62648),
        ("62 648", 62648),
        ("62\u00a0648", 62648),
        ("1 062\u202f648", 1062648),
        ("62648,5", Decimal("62648.5")),
        ("62 648.25", Decimal("62648.25")),
        ("5220,083", Decimal("5220.083")),  # not to be taken for thousands
        ("0,125", Decimal("0.125")),
        ("0", 0),
        ("-", 0),  # the source's chapter 4: none
        ("..", None),  # the same: NAV does not publish it
        ("", None),
    ],
)
def test_numbers(file: Path, text: str, number: Decimal | None) -> None:
    (average,) = read(file, f"aargang;hoved;offisiell;filene\n2006;1;{text};\n2007;1;;{text}\n")[:1]
    assert average == official.Average(2006, "1", number, None)
    assert official.read(file)[1] == official.Average(2007, "1", None, number)


def test_forms(file: Path) -> None:
    """Comma or semicolon, columns in any order and case, others beside them, UTF-8 or Latin-1, blank lines."""
    expected = [official.Average(2006, "1", Decimal(62648), Decimal(5)), official.Average(2006, "10", None, None)]
    assert read(file, "aargang,hoved,offisiell,filene\n2006,1,62648,5\n2006,10,..,\n") == expected
    assert read(file, "\ufeffAARGANG;Hoved;Offisiell;Filene\r\n2006;1;62 648;5\r\n\r\n2006;10;;\r\n;;;\r\n") == expected
    text = "gruppe;filene;offisiell;hoved;aargang\nArbeidssøkere;5;62\u00a0648;1;2006\nx;..;..; 10 ;2006"
    assert read(file, text, "latin-1") == expected
    assert read(file, 'hoved,offisiell,aargang\n"10","..","2006"\n') == expected[1:]


# What is refused


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("206;1;5", r"line 3: aargang is no year from 1992 to 2099"),
        ("1991;1;5", r"line 3: aargang is no year"),
        (";1;5", r"line 3: aargang is no year"),
        ("2006;;5", r"line 3: hoved is not one or two characters"),
        ("2006;100;5", r"line 3: hoved is not one or two characters"),
        ("2006;1;-5", r"line 3: offisiell is negative"),
        ("2006;1;fem", r"line 3: offisiell is not a number.*62 648"),
        ("2006;1;6 2648", r"line 3: offisiell is not a number"),
        ("2006;1;1,234,567", r"line 3: offisiell is not a number"),
        ("2006;1;62.648", r"line 3: offisiell may be thousands"),
        ("2006;1;62,648", r"line 3: offisiell may be thousands"),
        ("2006;1;626481234", r"line 3: offisiell has more than 8 digits"),
        ("2006", r"line 3: 1 field, and the first line names 3"),
        ("2006;1", r"line 3: 2 fields, and the first line names 3"),
        ("2006;1;5;6", r"line 3: 4 fields"),
        ("2005; 1;6", r"line 3: 2005, main group 1 stands in line 2 already"),
        ('2006;1;"5', r"line 3: a quotation mark is not closed"),
    ],
)
def test_bad_lines(file: Path, line: str, says: str) -> None:
    with pytest.raises(UserError, match=rf"^nav\.csv, {says}"):
        read(file, f"aargang;hoved;offisiell\n2005;1;5\n{line}\n2007;1;5\n")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("aargang,hoved,offisiell\n", "no rows"),
        ("aargang,hoved\n2006,1\n", "lacks the column offisiell.*first line must name"),
        ("2006;1;5\n", "lacks the columns aargang, hoved, offisiell"),
        ("aargang\thoved\toffisiell\n2006\t1\t5\n", "separated by tabs"),
        ("aargang,hoved,hoved,offisiell\n2006,1,1,5\n", "the column hoved more than once"),
        ("aargang,hoved,offisiell\n2006,1,62648,5\n", "line 2: 4 fields.*decimal comma.*semicolons"),
    ],
)
def test_bad_files(file: Path, text: str, says: str) -> None:
    with pytest.raises(UserError, match=rf"^nav\.csv.*{says}"):
        read(file, text)
    with pytest.raises(UserError, match=r"^no-such\.csv cannot be read"):
        official.read(file.with_name("no-such.csv"))


def test_values_are_not_quoted(file: Path) -> None:
    """The file may be the wrong one: what stands in its fields is not repeated."""
    with pytest.raises(UserError) as refusal:
        read(file, "aargang;hoved;offisiell\n2005;1;15837010133\n")
    assert "15837010133" not in str(refusal.value)


# In the table


def test_import(take_in: Import, postgresql: Connection) -> None:
    """New years and groups come in, rows of the same year and group are replaced, and an upgrade leaves all of it."""
    before = table(postgresql)
    assert database.scalar(postgresql, "SELECT count(*) FROM trygdfob.lastet_aargang") == 0  # no year need be loaded
    said = take_in("aargang;hoved;offisiell;filene\n2003;5;77 645;77645\n2003;7;..;457\n2006;1;62 648,5;\n2006;9;-;\n")
    assert said == "nav.csv: 2 rows new, 2 replaced, 0 unchanged.\n"
    own = [
        (2003, "5", 77645, 77645, "nav.csv"),
        (2003, "7", None, 457, "nav.csv"),  # as in the source, and now the user's
        (2006, "1", Decimal("62648.5"), None, "nav.csv"),
        (2006, "9", 0, None, "nav.csv"),
    ]
    source = [row for row in before if row[:2] not in ((2003, "5"), (2003, "7"))]
    assert len(source) == len(before) - 2
    expected = sorted(own + source)
    assert table(postgresql) == expected

    assert take_in("hoved,aargang,offisiell\n1,2006,62648.50\n9,2006,3\n10,2009,4\n") == (
        "nav.csv: 1 row new, 1 replaced, 1 unchanged.\n"
    )
    expected = sorted([*(row for row in expected if row[:2] != (2006, "9")),
                       (2006, "9", 3, None, "nav.csv"), (2009, "10", 4, None, "nav.csv")])  # fmt: skip
    assert table(postgresql) == expected

    installation.upgrade(address(postgresql))
    assert table(postgresql) == expected

    # A row taken out comes back as the source has it, and what else is the source's is put right
    postgresql.execute("DELETE FROM trygdfob.offisiell_statistikk WHERE kilde = 'nav.csv'")
    postgresql.execute("UPDATE trygdfob.offisiell_statistikk SET offisiell = 1 WHERE aargang = 2004")
    postgresql.commit()
    installation.upgrade(address(postgresql))
    assert table(postgresql) == before


def test_all_or_nothing(take_in: Import, postgresql: Connection) -> None:
    before = table(postgresql)
    with pytest.raises(UserError, match="line 3"):
        take_in("aargang;hoved;offisiell\n2003;5;1\n2006;1;x\n")
    assert table(postgresql) == before
    # Refused by the database when the first row has been written
    postgresql.execute("ALTER TABLE trygdfob.offisiell_statistikk ADD CHECK (aargang < 2010)")
    postgresql.commit()
    with pytest.raises(UserError, match="SQLSTATE 23514\\) Nothing was changed"):
        take_in("aargang;hoved;offisiell\n2003;5;1\n2011;1;1\n")
    assert table(postgresql) == before


def test_waits_for_other_writers(take_in: Import, postgresql: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0)
    before = table(postgresql)
    with (
        database.connect(address(postgresql)) as other,
        locks.alone(other),
        pytest.raises(UserError, match="Another load"),
    ):
        take_in("aargang;hoved;offisiell\n2003;5;1\n")
    assert table(postgresql) == before
