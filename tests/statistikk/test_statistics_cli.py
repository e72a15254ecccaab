"""`fdtrygd statistics` on the screen: what is remarkable is said at every step, and several periods are one thing."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from fdtrygd import befolkning, cli
from fdtrygd.db import installation
from typer.testing import CliRunner

from counting import Connection, later_register, make, move, publish

Run = Callable[..., str]
ALONE = ("--alone", "--why", "prøve")


@pytest.fixture
def run(counting: Connection, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in the test's own transaction, and gives what it says, or what it was refused for."""

    @contextmanager
    def opened(**options: object) -> Iterator[Connection]:
        yield counting

    monkeypatch.setattr(installation, "open_current", opened)

    def run(*arguments: str, status: int = 0) -> str:
        done = CliRunner().invoke(cli.app, [*(["statistics"] if arguments[0] != "status" else []), *arguments])
        said = f"{done.output}{done.exception or ''}{done.exception.__cause__ if done.exception else ''}"
        assert done.exit_code == status, said
        return said

    return run


def official(connection: Connection, shown: int) -> None:
    """Somebody else has published the fully unemployed of Oslo."""
    connection.execute(
        "INSERT INTO statistikk.offisiell_celle (kilde, tabell, periode, koder, verdi)"
        " VALUES ('SSB', 'ledige_kommune_kjonn', '2003M04', '{0301,T}', %s)",
        [shown],
    )


def asked(said: str) -> tuple[int, bool]:
    """How many controls held or did not, and whether the audit is one of them: the key decides whether figures are near
    the counts in tables as small as these."""
    (ok,) = re.findall(r"^ok   (\d+) controls hold(; no audit was run)?$", said, re.MULTILINE)
    return int(ok[0]) + len(re.findall(r"^(?:warn|FAIL) ", said, re.MULTILINE)), not ok[1]


def states(connection: Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT periode, tilstand FROM statistikk.versjon").fetchall())


def test_what_is_remarkable_is_said_at_every_step(
    counting: Connection, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whoever approves and whoever publishes are others than whoever made it."""

    def remark(connection: object, months: list[date]) -> list[str]:
        return [f"{month:%Y-%m}: the half of them are of nobody" for month in months]

    monkeypatch.setattr(befolkning, "warnings", remark)
    official(counting, 9999)
    for step in (["make"], ["approve"], ["publish", "--out", str(tmp_path / "ut"), *ALONE]):
        said = run(step[0], "2003M04", *step[1:])
        assert "Warning: 2003-04: the half of them are of nobody" in said
        assert "warn offisielle: does not hold: Figures are those that others have published" in said
        assert "9999 in SSB" in said
        assert asked(said) == (13, False)


def test_a_control_that_nobody_asked_does_not_hold(counting: Connection, run: Run) -> None:
    """The audit's, until it was run; and making again says what is gone with the version."""
    assert asked(run("make", "2003M04")) == (13, False)
    assert "Warning" not in run("audit", "2003M04")
    assert asked(run("approve", "2003M04")) == (14, True)
    said = run("make", "2003M04")
    assert "Warning: 2003M04: what the audit of the version before found is gone with it" in said
    assert asked(said) == (13, False)
    assert "gone with it" not in run("make", "2003M04")


def test_an_audit_names_the_figure_that_does_not_fit(counting: Connection, run: Run) -> None:
    make(counting, "2003M04")
    official(counting, 9999)
    said = run("audit", "2003M04", status=1)
    assert "these exact figures: ledige_kommune_kjonn {0301,T} of SSB is 9999, and can be " in said
    assert "Nobody was attacked." in said
    assert "Warning: 2003M04: no audit was run; fdtrygd statistics audit 2003M04" in run("approve", "2003M04")


def test_several_periods_are_approved_and_published_together(counting: Connection, run: Run, tmp_path: Path) -> None:
    """Or none of them is; what can be asked of them is asked before the first."""
    for month in ("2003M04", "2003M05"):
        make(counting, month)
    assert "There is no version of 2003M07" in run("approve", "2003M04", "2003M07", "2003M05", status=1)
    assert states(counting) == {"2003M04": "utkast", "2003M05": "utkast"}
    run("approve", "2003M05")
    assert "2003M05, version 1, is approved already" in run("approve", "2003M04 2003M05", status=1)
    assert states(counting) == {"2003M04": "utkast", "2003M05": "godkjent"}
    said = run("publish", "2003M05", "2003M04", "--out", str(tmp_path / "ut"), *ALONE, status=1)
    assert "2003M04, version 1, is not approved" in said
    assert states(counting) == {"2003M04": "utkast", "2003M05": "godkjent"}
    for wrong, sentence in (("2003M7", "2003M7 is no period"), ("2003", "2003: averages are of months")):
        counting.execute("DELETE FROM statistikk.avsloringskontroll")
        if wrong != "2003":
            assert sentence in run("make", "2003M03", wrong, status=1)
        assert sentence in run("audit", "2003M04", wrong, status=1)
        assert counting.execute("SELECT count(*) FROM statistikk.avsloringskontroll").fetchall() == [(0,)]
    assert "2003M03" not in states(counting)


def test_averages_of_too_few_months_are_said_to_be_none(counting: Connection, run: Run, tmp_path: Path) -> None:
    publish(counting, "2003M04")
    for step in (["make"], ["approve"], ["publish", "--out", str(tmp_path / "ut"), *ALONE]):
        said = run(step[0], "2003", *step[1:])
        assert "Warning: 2003: 1 month of 12 is published, so every average is .. and no figure" in said
        assert asked(said) == (13, True)  # audits are of months


def test_averages_that_a_correction_leaves_behind_are_named(counting: Connection, run: Run, tmp_path: Path) -> None:
    """At each publication, until they are made again."""
    publish(counting, "2003M04")
    publish(counting, "2003")
    assert "The averages of" not in run("publish", "2003M04", "--out", str(tmp_path / "a"), *ALONE)
    move(counting, later_register(counting), "2003-04-01", 24)
    counting.execute("UPDATE statistikk.pakke SET minste_rettelse = 1")
    make(counting, "2003M04", "Etterregistrering")
    publish(counting, "2003M05")
    run("approve", "2003M04")
    said = run("publish", "2003M04", "--out", str(tmp_path / "b"), *ALONE)
    assert (
        "Warning: The averages of arbeidssokere 2003, version 1, are not of what is published now of 2003M04, 2003M05: "
        "fdtrygd statistics make 2003 makes them again."
    ) in said
    publish(counting, "2003", "Etterregistrering")
    said = run("publish", "2003M04", "--out", str(tmp_path / "c"), *ALONE)
    assert "arbeidssokere 2003M04, version 2, was published before." in said
    assert "The averages of" not in said


def test_status_says_where_each_period_stands(counting: Connection, run: Run) -> None:
    """The register, and what is published, approved, a draft, or an average that waits to be made again."""
    assert "Statistics" not in run("status")
    for month in ("2002M12", "2003M01", "2003M02", "2003M04"):
        publish(counting, month)
    publish(counting, "2003")
    make(counting, "2003M04", "prøve")
    publish(counting, "2003M05")
    said = " ".join(run("status").split())
    assert "Population register: version 1, synthetic, loaded 20" in said
    assert "knows days up to 2004-01-31" in said
    published = "2003, 2002M12 to 2003M02, 2003M04 to 2003M05"
    assert f"Statistics, arbeidssokere, drafts: 2003M04 Statistics, arbeidssokere, published: {published}" in said
    assert "The averages of arbeidssokere 2003, version 1, are not of what is published now of 2003M05:" in said
    counting.execute("UPDATE statistikk.versjon SET tilstand = 'godkjent', godkjent = now() WHERE tilstand = 'utkast'")
    make(counting, "2003M06")
    said = " ".join(run("status").split())
    assert "drafts: 2003M06 Statistics, arbeidssokere, approved: 2003M04 Statistics, arbeidssokere, publ" in said
