"""How the analyst's functions can be called, what of a caller's own they never run, and how they are planned."""

import itertools
import re
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from fdtrygd.db import objects

from conftest import qualified
from day_by_day import EVERY_CALL, Row, answer_to, by_content, named, rows

Connection = psycopg.Connection[Any]

#: Each function and its parameters that are days, or words.
PARAMETERS: dict[str, Row] = {
    "tverrsnitt": {"p_dato": date(2002, 6, 30)},
    "beholdning": {"p_fra": date(2002, 1, 31), "p_til": date(2002, 12, 1), "p_steg": "dag"},
    "strom": {"p_fra": date(2002, 1, 31), "p_til": date(2002, 12, 1)},
    "manedspanel": {"p_fra": date(2002, 1, 31), "p_til": date(2002, 12, 1)},
    "manedstilstand": {"p_fra": date(2002, 1, 31), "p_til": date(2002, 12, 1)},
    "varighet": {
        "p_nivaa": "periode", "p_fra": date(2002, 1, 31), "p_til": date(2002, 6, 30),
        "p_observert_til": date(2002, 12, 1),
    },
    "forbehold": {
        "p_funksjon": "varighet", "p_fra": date(2001, 1, 31), "p_til": date(2003, 6, 30), "p_steg": "dag",
        "p_nivaa": "periode", "p_observert_til": date(2002, 12, 1),
    },
}  # fmt: skip


def at_midnight(value: Any) -> Any:
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else value


@pytest.mark.parametrize("function", PARAMETERS)
def test_days_are_taken_as_dates_timestamps_and_text(sample: Connection, function: str) -> None:
    """As the driver sends them, and in all mixtures; the answer is that of dates."""
    arguments = PARAMETERS[function]
    query = f"SELECT * FROM {qualified(function)}({named(arguments)})"
    answer = by_content(answer_to(sample, query, arguments))
    assert answer
    literals = ", ".join(f"{name} => '{value}'" for name, value in arguments.items())
    assert by_content(rows(sample, f"SELECT * FROM {qualified(function)}({literals})")) == answer
    days = [name for name, value in arguments.items() if isinstance(value, date)]
    for kinds in itertools.product((at_midnight, str, lambda value: value), repeat=len(days)):
        mixed = arguments | {name: kind(arguments[name]) for name, kind in zip(days, kinds, strict=True)}
        assert by_content(answer_to(sample, query, mixed)) == answer, mixed


@pytest.mark.parametrize("function", PARAMETERS)
def test_a_time_of_day_is_no_day(sample: Connection, function: str) -> None:
    """Refused: a program that sends midnight in Oslo as UTC means the day after."""
    for name, value in PARAMETERS[function].items():
        if isinstance(value, date):
            arguments = PARAMETERS[function] | {name: at_midnight(value) - timedelta(hours=1)}
            with pytest.raises(psycopg.Error) as refused:
                sample.execute(f"SELECT * FROM {qualified(function)}({named(arguments)})", arguments)
            assert refused.value.sqlstate == "FD004"
            assert refused.value.diag.message_primary == f"{arguments[name]} is no day: it has a time."


def test_an_instant_is_no_day(sample: Connection) -> None:
    """Which day an instant is depends on the time zone: whoever has one says which."""
    for kind in (UTC, None):
        day = datetime(2002, 6, 30, tzinfo=kind)
        refused = pytest.raises(psycopg.errors.UndefinedFunction, match="timestamp with time zone")
        with refused if kind else nullcontext():
            sample.execute("SELECT * FROM arbsok.tverrsnitt(%s)", [day])


def test_a_timestamp_costs_nothing(sample: Connection) -> None:
    """It is a day before the query is planned: the same index, with the same condition."""
    for call in (
        "tverrsnitt({}'2002-06-01')",
        "strom({0}'2002-01-01', {0}'2002-12-31')",
        "varighet('periode', {}'2002-01-01')",
    ):
        plans = {plan(sample, f"SELECT * FROM {qualified(call.format(kind))}") for kind in ("", "date ", "timestamp ")}
        assert len({re.sub("'[^']+'::timestamp without time zone|'[^']+'::date", "", text) for text in plans}) == 1
    with sample.transaction(force_rollback=True):
        sample.execute("SET LOCAL enable_seqscan = off")
        assert "regdato <= '2002-06-01'::date" in plan(
            sample, "SELECT * FROM arbsok.tverrsnitt(timestamp '2002-06-01')"
        )


def test_a_latin_1_client_reads_everything(sample: Connection) -> None:
    """PostgreSQL sends no character that the client's encoding lacks: it drops the NOTICE, or refuses the query."""
    role = "'fdtrygd_analytiker'"
    relations = sample.execute(
        "SELECT c.oid, c.oid::regclass::text FROM pg_class AS c"
        " WHERE c.relnamespace IN (SELECT skjema FROM trygdfob.skjema)"
        f" AND c.relkind IN ('r', 'p', 'v') AND has_table_privilege({role}, c.oid, 'SELECT')"
    ).fetchall()
    texts = [(name, text) for _, name in relations for (text,) in sample.execute(f"SELECT r::text FROM {name} AS r")]
    texts += sample.execute(
        "SELECT objoid::regclass::text, description FROM pg_description"
        " WHERE classoid = 'pg_class'::regclass AND objoid = ANY (%s)",
        [[oid for oid, _ in relations]],
    ).fetchall()
    # Their messages stand in the body
    texts += sample.execute(
        "SELECT p.proname::text, p.prosrc || obj_description(p.oid, 'pg_proc') FROM pg_proc AS p"
        " WHERE p.pronamespace IN (SELECT skjema FROM trygdfob.skjema)"
        f" AND has_function_privilege({role}, p.oid, 'EXECUTE')"
    ).fetchall()
    assert {"trygdfob.statuskode", "arbsok.tilfelle", "forbehold"} <= {name for name, _ in texts}
    assert [(name, text) for name, text in texts if text.encode("latin-1", "ignore").decode("latin-1") != text] == []


#: The functions' files
OF_ANALYSTS = {re.sub(r"^\d+_", "", file.stem) for file in (objects.DIRECTORY / "arbsok/analyse").glob("*.sql")}
#: A schema before the others in which codes and dates cannot be compared, and a function that does
HOSTILE = """
    CREATE SCHEMA fiende;
    CREATE FUNCTION fiende.lik(varchar, varchar) RETURNS boolean LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'taken'; END $$;
    CREATE FUNCTION fiende.lik(date, date) RETURNS boolean LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'taken'; END $$;
    CREATE OPERATOR fiende.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = fiende.lik);
    CREATE OPERATOR fiende.= (LEFTARG = date, RIGHTARG = date, FUNCTION = fiende.lik);
    CREATE OPERATOR fiende.<= (LEFTARG = date, RIGHTARG = date, FUNCTION = fiende.lik);
    CREATE OPERATOR fiende.>= (LEFTARG = date, RIGHTARG = date, FUNCTION = fiende.lik);
    CREATE FUNCTION fiende.som_tekst() RETURNS bigint LANGUAGE sql AS
        $$ SELECT count(*) FROM arbsok.periode WHERE hoved = hovedarbstat $$;
    SET LOCAL search_path = fiende, pg_catalog;
"""


def test_functions_are_parsed_once(sample: Connection) -> None:
    """What they call is looked up as they are installed, or with a search_path of their own."""
    looked_up = "p.prosqlbody IS NOT NULL OR 'search_path=pg_catalog, pg_temp' = ANY (p.proconfig)"
    found = sample.execute(
        f"SELECT p.proname::text, {looked_up} FROM pg_proc AS p"
        " WHERE p.pronamespace IN (SELECT skjema FROM trygdfob.skjema)"
    )
    assert {name for name, safe in found if not safe} & OF_ANALYSTS == set()


def test_nothing_of_the_callers_is_run(sample: Connection) -> None:
    """An operator that the caller's search_path has in front, as it would be in a body of text."""
    with sample.transaction(force_rollback=True):
        sample.execute(HOSTILE)
        for call in [*EVERY_CALL, "dato_som_tall('2002-01-01')", "maaned_som_tall('2002-01-01')"]:
            assert rows(sample, f"SELECT * FROM {qualified(call)}"), call
        with pytest.raises(psycopg.Error, match="taken"):  # it would be seen
            sample.execute("SELECT * FROM fiende.som_tekst()")


def plan(connection: Connection, query: str) -> str:
    return "\n".join(str(line) for (line,) in connection.execute("EXPLAIN (VERBOSE, COSTS OFF) " + query).fetchall())


def test_conditions_reach_the_register(sample: Connection) -> None:
    """They are put in place of the call: what the caller asks for is looked up."""
    with sample.transaction(force_rollback=True):
        sample.execute("SET LOCAL enable_seqscan = off")
        for call in ("tverrsnitt('2002-06-01')", "manedspanel('2002-01-01', '2002-12-31')", "varighet()"):
            one = plan(sample, f"SELECT * FROM {qualified(call)} WHERE lopenr = '0123456789abcdef'")
            assert re.search(r"Index Cond: \(+d(_\d+)?\.lopenr\)::text = '0123456789abcdef'", one), call
        sample.execute("SET LOCAL enable_indexscan = off")
        for call in ("tverrsnitt('2002-06-01')", "manedspanel('2002-01-01', '2002-12-31')"):
            of_call = plan(sample, f"SELECT * FROM {qualified(call)}")
            assert "Bitmap Index Scan on lopende_2003_01_regtom_regdato_idx" in of_call, call
    for call in ("tverrsnitt('2002-06-01')", "beholdning('2002-01-01', '2002-12-31')"):
        group = plan(sample, f"SELECT * FROM {qualified(call)} WHERE hoved = '5'")
        assert re.search(r"Filter: .*\(d_1\.hoved\)::text = '5'", group), call


def test_what_is_not_selected_is_not_worked_out(sample: Connection) -> None:
    panel = "SELECT {} FROM arbsok.manedspanel('2002-01-01', '2002-12-31')"
    assert "max((d.tiltak)" in plan(sample, panel.format("*"))
    assert "max((d.tiltak)" not in plan(sample, panel.format("lopenr, maaned, hoved, dager_1, endelig"))
    if sample.info.server_version < 160000:
        return  # PostgreSQL 15 keeps joins beside a condition that is no row's (docs/dba.md, Settings)
    count = plan(sample, "SELECT hoved, count(*) FROM arbsok.tverrsnitt('2002-06-01') GROUP BY 1")
    assert count.count("trygdfob.forlop_2003_01") == 1
    if sample.info.server_version >= 170000:  # and 16 those below a UNION
        spells = plan(sample, "SELECT dager, avsluttet FROM arbsok.varighet('periode')")
        assert spells.count("trygdfob.forlop_2003_01") == 1


def test_the_planner_knows_how_many_months_there_are(sample: Connection) -> None:
    """It takes a series of dates for a thousand, and then reads the whole register for one month of it."""
    for last, most in (("2002-06-30", 3), ("2003-05-31", 15)):
        query = f"SELECT * FROM arbsok.manedspanel('2002-06-01', '{last}')"
        [[[explained]]] = sample.execute(f"EXPLAIN (FORMAT JSON) {query}").fetchall()
        nodes = [explained["Plan"]]
        for node in nodes:
            nodes += node.get("Plans", [])
        [months] = [node["Plan Rows"] for node in nodes if node["Node Type"] == "Function Scan"]
        assert months <= most


def test_can_be_read_in_parallel(sample: Connection) -> None:
    with sample.transaction(force_rollback=True):
        sample.execute("SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0")
        sample.execute("SET LOCAL min_parallel_table_scan_size = 0")
        for call in EVERY_CALL:
            assert re.search("Gather.* Parallel ", plan(sample, f"SELECT * FROM {qualified(call)}"), re.DOTALL), call
