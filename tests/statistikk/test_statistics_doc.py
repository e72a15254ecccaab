"""docs/statistics.md: its SQL and its file do what the page says."""

from pathlib import Path

import psycopg
import pytest
from fdtrygd import settings, statistikk
from fdtrygd.db.database import scalar

from counting import Connection, broken, make, publish
from documents import FENCE

PAGE = settings.ROOT / "docs" / "statistics.md"
BLOCKS = [fence[3] for fence in FENCE.finditer(PAGE.read_text("utf-8")) if fence[2] == "sql"]


def test_another_table_is_these_rows(counting: Connection) -> None:
    (rows,) = (block for block in BLOCKS if "INSERT" in block)
    begin, rollback = "BEGIN;\n", "ROLLBACK;  -- COMMIT, to have it\n"
    assert rows.startswith(begin)
    assert rows.endswith(rollback)
    counting.execute(rows.removeprefix(begin).removesuffix(rollback))
    done = make(counting, "2003M04")
    assert broken(done) == []
    cells = scalar(
        counting,
        "SELECT count(*) FROM statistikk.celle WHERE versjon = %s AND tabell = 'ledige_unge'",
        done.version.id,
    )
    assert cells == 4 * 4


def test_a_division_for_all_months_is_this_row(counting: Connection) -> None:
    (row,) = (block for block in BLOCKS if "SET inndeling" in block)
    counting.execute(row)
    done = make(counting, "2003M04")
    assert broken(done) == []
    of_it = scalar(counting, "SELECT mal ->> 'inndeling' FROM statistikk.versjon WHERE versjon = %s", done.version.id)
    assert f"'{of_it}'" in row


def test_a_table_that_others_publish_exactly_is_this_row(counting: Connection) -> None:
    (row,) = (block for block in BLOCKS if "SET finnes_eksakt" in block)
    counting.execute(row)
    with pytest.raises(psycopg.Error, match="published exactly elsewhere"):
        publish(counting, "2003M04")


def test_a_draft_is_dropped_by_this_row(counting: Connection) -> None:
    """With its base and its cells, approved or not; a published version stays."""
    publish(counting, "2003M03")
    make(counting, "2003M04")
    (row,) = (block for block in BLOCKS if block.startswith("DELETE"))
    counting.execute(row)
    assert counting.execute("SELECT periode FROM statistikk.versjon").fetchall() == [("2003M03",)]
    counting.execute(row.replace("2003M04", "2003M03"))
    assert counting.execute("SELECT periode FROM statistikk.versjon").fetchall() == [("2003M03",)]


def test_a_file_of_figures_is_taken_in(counting: Connection, tmp_path: Path) -> None:
    (example,) = (fence[3] for fence in FENCE.finditer(PAGE.read_text("utf-8")) if fence[2] == "csv")
    file = tmp_path / "ledige_kommune_kjonn.csv"
    file.write_text(example, "utf-8")
    assert statistikk.take_in(counting, file, "SSB") == statistikk.Taken(3, 1, 0)


@pytest.mark.parametrize("query", [block for block in BLOCKS if block.startswith("SELECT")])
def test_queries(counting: Connection, query: str) -> None:
    publish(counting, "2003M04")
    assert counting.execute(query).fetchall()
