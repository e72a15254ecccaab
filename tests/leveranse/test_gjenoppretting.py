"""Backup and restore of what projects have: with the keys everything goes on, without them a project gets nothing."""

from pathlib import Path

import pytest
from fdtrygd import errors, leveranse
from fdtrygd.db import backup, database

from conftest import address
from contents import content
from delivering import Connection, begin, delivered, faults, order, project, written
from loaded import made, name_of

PERSONS = [f"158370{number:05}" for number in range(30)]
LISTED = {"liste": {"fil": "liste.txt"}}


@pytest.fixture
def delivered_from(apart: Connection, tmp_path: Path) -> tuple[str, int]:
    """A project with a list, and a delivery that it has got: their name and number."""
    mine = project(apart, PERSONS, populasjon=LISTED)
    done = leveranse.deliver(apart, written(tmp_path, order(mine)), tmp_path / "ut")
    return mine, done.number


def files(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.iterdir()}


def test_a_delivery_is_repeated_from_a_backup(
    apart: Connection, delivered_from: tuple[str, int], tmp_path: Path
) -> None:
    """The same bytes; and the next delivery goes on with the next number."""
    mine, number = delivered_from
    backup.backup(address(apart), tmp_path / "alt.dump")
    with made(address(apart), f"{name_of(address(apart))}_igjen", "template0") as restored:
        backup.restore(address(restored), tmp_path / "alt.dump")
        assert content(apart) == content(restored)
        leveranse.redeliver(restored, number, tmp_path / "igjen")
        assert files(tmp_path / "igjen") == files(tmp_path / "ut")
        assert delivered(restored, order(mine)) == delivered(apart, order(mine))
        assert begin(restored, order(mine)) == number + 3


def test_a_dump_without_keys(apart: Connection, delivered_from: tuple[str, int], tmp_path: Path) -> None:
    """No key and nobody's number is in it. Its projects are refused until they are destroyed; new ones get theirs."""
    mine, number = delivered_from
    key = database.scalar(apart, "SELECT nokkel FROM leveranse_nokkel.prosjektnokkel WHERE prosjekt = %s", mine)
    version = apart.info.server_version // 10000
    plain = tmp_path / "uten.sql"
    for kind, file in (("plain", plain), ("custom", tmp_path / "uten.dump")):
        backup.run(
            backup.client("pg_dump", version), f"--format={kind}", "--exclude-table-data=leveranse_nokkel.*",
            f"--file={file}", to=address(apart),
        )  # fmt: skip
    text = plain.read_text()
    assert "leveranse_nokkel" in text
    assert key not in text
    assert not any(person in text for person in PERSONS)
    with made(address(apart), f"{name_of(address(apart))}_uten", "template0") as restored:
        program = backup.client("pg_restore", version)
        backup.run(program, "--exit-on-error", str(tmp_path / "uten.dump"), to=address(restored))
        ((where, fault),) = faults(restored, order(mine))
        assert where == "prosjekt"
        assert "is missing, as after a restore without keys" in fault
        with pytest.raises(errors.UserError, match="cannot be repeated: the key of project"):
            leveranse.redeliver(restored, number, tmp_path / "igjen")
        leveranse.close_project(restored, mine)
        leveranse.destroy_project(restored, mine)
        assert [each.state for each in leveranse.projects(restored) if each.name == mine] == ["destroyed"]
        assert delivered(restored, order(project(restored)))["perioder"]


def test_a_dump_without_the_schema_cannot_be_restored(
    apart: Connection, delivered_from: tuple[str, int], tmp_path: Path
) -> None:
    """That is why docs/dba.md says never -N: functions name its tables."""
    assert delivered_from
    version = apart.info.server_version // 10000
    backup.run(
        backup.client("pg_dump", version), "--format=custom", "--exclude-schema=leveranse_nokkel",
        f"--file={tmp_path / 'uten.dump'}", to=address(apart),
    )  # fmt: skip
    with made(address(apart), f"{name_of(address(apart))}_uten", "template0") as restored:
        program = backup.client("pg_restore", version)
        with pytest.raises(errors.UserError, match="leveranse_nokkel"):
            backup.run(program, "--exit-on-error", str(tmp_path / "uten.dump"), to=address(restored))
