"""Projects: open, closed, destroyed, and until when; what is destroyed is nowhere in the database's files any more."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg
import pytest
from fdtrygd import leveranse
from fdtrygd.db import database
from fdtrygd.errors import UserError

from commands import start
from conftest import address
from delivering import Connection, begin, description, faults, find, one_state, order, project, rows, written

DAY = timedelta(days=1)


def today() -> date:
    return datetime.now(UTC).astimezone(ZoneInfo("Europe/Oslo")).date()


def holds_until(connection: Connection, name: str, valid: date, destroyed: date) -> None:
    """As if the project had been made with those days."""
    connection.execute(
        "UPDATE leveranse.prosjekt SET gyldig_til = %s, slettes_etter = %s WHERE prosjekt = %s",
        [valid, destroyed, name],
    )


def refused(connection: Connection, statement: str, *parameters: object) -> str:
    """What the database refuses it for."""
    with pytest.raises(psycopg.Error) as error:
        connection.execute(statement, parameters)
    assert error.value.sqlstate == "FD007"
    return error.value.diag.message_primary or ""


def gets(connection: Connection, name: str, number: int) -> tuple[str | None, str | None]:
    """Why the project gets no delivery, and why it gets no repeat of one."""
    found = faults(connection, order(name))
    assert [key for key, _ in found] in ([], ["prosjekt"])
    with connection.transaction(force_rollback=True):
        try:
            connection.execute("SELECT leveranse.gjenta_utlevering(%s, '{}')", [number])
        except psycopg.Error as error:
            assert error.sqlstate == "FD007"  # noqa: PT017 – whether there is one is what is asked
            return found[0][1] if found else None, error.diag.message_primary
    return found[0][1] if found else None, None


def done(connection: Connection, name: str, tmp_path: Path) -> int:
    """A delivery that the project has got; its number."""
    return leveranse.deliver(connection, written(tmp_path, order(name)), tmp_path / f"ut-{name}").number


def destroy(connection: Connection, name: str) -> None:
    """Closed, and then destroyed."""
    leveranse.close_project(connection, name)
    leveranse.destroy_project(connection, name)


def test_open_closed_destroyed(delivering: Connection, tmp_path: Path) -> None:
    """There is no way back, and each step is taken once."""
    mine = project(delivering)
    number = done(delivering, mine, tmp_path)
    assert gets(delivering, mine, number) == (None, None)
    leveranse.close_project(delivering, mine)
    assert gets(delivering, mine, number) == (f"project {mine} is closed: it gets no delivery", None)
    assert refused(delivering, "SELECT leveranse.lukk_prosjekt(%s)", mine) == f"Project {mine} is closed already."
    leveranse.destroy_project(delivering, mine)
    why = f"project {mine} is destroyed: it gets no delivery"
    assert gets(delivering, mine, number) == (why, f"Delivery {number} cannot be repeated: {why}.")
    assert refused(delivering, "SELECT leveranse.lukk_prosjekt(%s)", mine) == f"Project {mine} is destroyed already."
    assert refused(delivering, "SELECT leveranse.slett_prosjekt(%s)", mine) == f"Project {mine} is destroyed already."
    for what in ("lukk", "slett"):
        assert refused(delivering, f"SELECT leveranse.{what}_prosjekt('er-ikke')") == "There is no project er-ikke."
    # The log stays, and says who did it
    assert delivering.execute(
        "SELECT tilstand, lukket_av = session_user, slettet_av = session_user, lukket <= slettet"
        " FROM leveranse.prosjekt WHERE prosjekt = %s",
        [mine],
    ).fetchone() == ("slettet", True, True, True)
    assert database.scalar(delivering, "SELECT count(*) FROM leveranse.utlevert_fil WHERE utlevering = %s", number) > 0


def test_an_open_project_is_closed_first(delivering: Connection) -> None:
    """What cannot be taken back takes two steps, unless its day has come."""
    mine = project(delivering)
    with pytest.raises(UserError, match=f"Project {mine} is open: it is closed first"):
        leveranse.destroy_project(delivering, mine)
    holds_until(delivering, mine, today() - DAY, today() - DAY)
    leveranse.destroy_project(delivering, mine)
    assert [p.state for p in leveranse.projects(delivering) if p.name == mine] == ["destroyed"]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Etc/GMT+12", "<X>+160"])
def test_its_days_count_in_norway(delivering: Connection, tmp_path: Path, zone: str) -> None:
    """The last day itself is one of them, whatever clock the session goes by."""
    mine = project(delivering)
    number = done(delivering, mine, tmp_path)
    status = "SELECT skal_slettes FROM leveranse.prosjektstatus WHERE prosjekt = %s"
    with delivering.transaction(force_rollback=True):
        delivering.execute("SELECT set_config('TimeZone', %s, true)", [zone])
        holds_until(delivering, mine, today(), today())
        assert gets(delivering, mine, number) == (None, None)
        assert database.scalar(delivering, status, mine) is False
        holds_until(delivering, mine, today() - DAY, today())
        assert gets(delivering, mine, number) == (
            f"the decision behind project {mine} held until {today() - DAY}",
            None,
        )
        assert database.scalar(delivering, status, mine) is False
        holds_until(delivering, mine, today() - DAY, today() - DAY)
        why = f"project {mine} was to be destroyed after {today() - DAY}: fdtrygd project destroy {mine}"
        assert gets(delivering, mine, number) == (why, f"Delivery {number} cannot be repeated: {why}.")
        assert database.scalar(delivering, status, mine) is True
        delivering.execute("SELECT leveranse.slett_prosjekt(%s)", [mine])
        assert database.scalar(delivering, status, mine) is False


def test_a_project_is_made_for_days_to_come(delivering: Connection) -> None:
    keys = "SELECT nokkel FROM leveranse.prosjektfeil(%s)"
    for day, wrong in ((today(), []), (today() - DAY, [("gyldig_til",)])):
        content = psycopg.types.json.Jsonb(description("nytt", gyldig_til=str(day)))
        assert delivering.execute(keys, [content]).fetchall() == wrong


def test_what_was_begun_in_time_is_not_read_later(delivering: Connection) -> None:
    """Between the two a year may pass: closed, past its days, destroyed or without its key, a project gets nothing."""
    mine = project(delivering)
    number = begin(delivering, order(mine))
    for change, why in (
        ("UPDATE leveranse.prosjekt SET tilstand = 'lukket' WHERE prosjekt = %s", "is closed"),
        ("UPDATE leveranse.prosjekt SET gyldig_til = '2001-01-01' WHERE prosjekt = %s", "held until 2001-01-01"),
        ("UPDATE leveranse.prosjekt SET tilstand = 'slettet' WHERE prosjekt = %s", "is destroyed"),
        ("DELETE FROM leveranse_nokkel.prosjektnokkel WHERE prosjekt = %s", "the key of project"),
    ):
        with one_state(delivering, undone=True):
            delivering.execute(change, [mine])
            assert why in refused(delivering, "SELECT leveranse.finn_personer(%s)", number)
    with one_state(delivering):
        assert find(delivering, number)["personer"] > 100


def test_without_its_key_a_project_gets_nothing(delivering: Connection, tmp_path: Path) -> None:
    """As after a restore without keys: never another one, under which everybody would have another number."""
    mine = project(delivering)
    number = done(delivering, mine, tmp_path)
    delivering.execute("DELETE FROM leveranse_nokkel.prosjektnokkel WHERE prosjekt = %s", [mine])
    for why in gets(delivering, mine, number):
        assert why is not None
        assert "is missing, as after a restore without keys" in why


def test_what_is_repeated(delivering: Connection, tmp_path: Path) -> None:
    """Deliveries that were done; a repeat is none, and what was begun has nothing to be held against."""
    mine = project(delivering)
    number = done(delivering, mine, tmp_path)
    again = leveranse.redeliver(delivering, number, tmp_path / "igjen")
    begun = begin(delivering, order(mine))
    repeat = "SELECT leveranse.gjenta_utlevering(%s, '{}')"
    assert "it is a gjentakelse" in refused(delivering, repeat, again.number)
    assert "it was begun and never done" in refused(delivering, repeat, begun)
    assert "there is none" in refused(delivering, repeat, 2**31 - 1)
    got = [each for each in leveranse.deliveries(delivering) if each.project == mine]
    assert [(each.number, each.state, each.repeats) for each in got] == [
        (number, "done", None), (again.number, "done", number), (begun, "begun", None),
    ]  # fmt: skip


def test_status_says_what_is_to_be_done(apart: Connection) -> None:
    """A key that must go, and what was begun and not done, to whoever may read the log."""
    assert leveranse.to_be_done(apart) == []
    mine = project(apart)
    number = begin(apart, order(mine))
    with one_state(apart):
        find(apart, number)
    holds_until(apart, mine, today() - DAY, today() - DAY)
    overdue, begun = leveranse.to_be_done(apart)
    assert overdue == f"Project {mine} was to be destroyed after {today() - DAY}: fdtrygd project destroy {mine}"
    assert begun.startswith(f"Of the deliveries 1 are begun and not done; the last one is number {number}, by ")
    out, err = start("status", to=address(apart)).communicate()
    assert overdue in " ".join(out.split()), err
    assert f"number {number}" in out
    with apart.transaction(force_rollback=True):
        apart.execute("SET LOCAL ROLE fdtrygd_laster")
        assert leveranse.to_be_done(apart) == []  # a loader reads nothing of deliveries
    destroy(apart, mine)
    apart.execute("SELECT leveranse.fullfor_utlevering(%s, 0, '{}', '[]', '[]')", [number])
    assert leveranse.to_be_done(apart) == []


# What is destroyed


def in_files(connection: Connection, text: str) -> set[str]:
    """The files of the database in which the text stands; all that is in memory is written out first."""
    connection.execute("CHECKPOINT")
    return {
        name
        for (name,) in connection.execute(
            "SELECT f.name FROM pg_database AS d, format('base/%%s', d.oid) AS place, pg_ls_dir(place) AS f (name)"
            " WHERE d.datname = current_database() AND f.name ~ '^[0-9]'"
            " AND position(convert_to(%s, 'UTF8')"
            " IN pg_read_binary_file(place || '/' || f.name, 0, 1000000000, true)) > 0",
            [text],
        )
    }


def test_key_and_lists_are_nowhere_in_the_files(apart: Connection) -> None:
    """Nor where somebody's older snapshot could still have seen them; another project's stay."""
    keys = "SELECT nokkel FROM leveranse_nokkel.prosjektnokkel WHERE prosjekt = %s"
    persons = [f"158370{number:05}" for number in range(400)]
    mine, other = project(apart, persons[:200], populasjon={"liste": {"fil": "a"}}), project(apart)
    begin(apart, order(mine, populasjon={"liste": {"fil": "b"}}), persons[200:300])
    begin(apart, order(other, populasjon={"liste": {"fil": "b"}}), persons[300:])
    key, others = database.scalar(apart, keys, mine), database.scalar(apart, keys, other)
    gone, stay = (key, persons[0], persons[299]), (others, persons[300], persons[399])
    for text in (*gone, *stay):
        assert in_files(apart, text), text
    with database.connect(address(apart)) as reader, one_state(reader):
        reader.execute("SELECT count(*) FROM leveranse.prosjekt")
        destroy(apart, mine)
        for text in gone:
            assert in_files(apart, text) == set(), text
        for text in stay:
            assert in_files(apart, text), text
    assert database.scalar(apart, keys, other) == others
    number = begin(apart, order(other, bestilling="to"))
    with one_state(apart):
        find(apart, number)
        assert rows(apart, number)["perioder"]


def test_destroying_waits_for_a_delivery_that_is_read(apart: Connection) -> None:
    """And the delivery is whole; one that comes to read behind it gets nothing."""
    mine = project(apart)
    number, second = (begin(apart, order(mine)) for _ in range(2))
    with database.connect(address(apart)) as reader, database.connect(address(apart)) as destroyer:
        with one_state(reader):
            find(reader, number)
            before = rows(reader, number)
            destroyer.execute("SET lock_timeout = '200ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                leveranse.destroy_project(destroyer, mine)
            assert rows(reader, number) == before
        destroy(destroyer, mine)
        with one_state(reader, undone=True):
            assert "is destroyed" in refused(reader, "SELECT leveranse.finn_personer(%s)", second)


def test_a_list_on_its_way_in_does_not_stand_in_the_way(apart: Connection) -> None:
    """Whoever copies a list waits for the project, or it for him; never each for the other."""
    mine = project(apart)
    with database.connect(address(apart)) as other, other.transaction():
        with other.cursor().copy("COPY leveranse_nokkel.liste_inn (linje) FROM STDIN") as copy:
            copy.write(b"15837010133\n")
        apart.execute("SET lock_timeout = '200ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            leveranse.destroy_project(apart, mine)
        content = psycopg.types.json.Jsonb(order(mine, populasjon={"liste": {"fil": "a"}}))
        ((number,),) = other.execute(
            "SELECT utlevering FROM leveranse.begynn_utlevering(%s, '{}')", [content]
        ).fetchall()
        assert number is not None
    destroy(apart, mine)
