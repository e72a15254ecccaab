"""Codes that no list has are found, with the number of their rows; of tiltak the pair counts (spec.md 9, variables)."""

from pathlib import Path
from typing import Any

import pytest

import made_delivery as made

ROWS: list[dict[str, Any]] = [
    {"lpnr": "p0", "hoved": "1", "ytelse": "SØ", "hovedarbstat": "HL", "tiltak": "IP"},
    {"lpnr": "p0", "hoved": "01", "ytelse": "so", "hovedarbstat": "HL", "tiltak": "ETAB"},
    {"lpnr": "p1", "hoved": "10", "ytelse": None, "hovedarbstat": "FS", "tiltak": "ETAB"},
    {"lpnr": "p1", "hoved": None, "ytelse": "so", "hovedarbstat": None, "tiltak": "ETAB"},
    {"lpnr": "p2", "hoved": "2", "ytelse": "Q ", "hovedarbstat": "YH", "tiltak": None},
    {"lpnr": "p2", "hoved": "01", "ytelse": "DP", "hovedarbstat": "YH", "tiltak": "XX"},
    {"lpnr": "p3", "hoved": "01", "ytelse": "DP", "hovedarbstat": "HL", "tiltak": "ETAB"},
]


@pytest.mark.parametrize("batch", [1, 2, 7])
def test_unknown_codes(batch: int, tmp_path: Path) -> None:
    """Letter by letter: 01 and so are others than 1 and SO. YH stands in a pair, and not in its own list."""
    assert made.read(tmp_path, made.table(), ROWS, batch).unknown == {
        "hoved": {"01": 3, "2": 1},
        "ytelse": {"Q ": 1, "so": 2},
        "hovedarbstat": {"YH": 2},
        # ETAB is known under FS and YH, and not under HL, nor where hovedarbstat is missing
        "tiltak": {" ETAB": 1, "HL ETAB": 2, "YH XX": 1},
    }


def test_tiltak_alone_is_known_by_its_code(tmp_path: Path) -> None:
    table = made.table(made.LPNR, made.TILTAK)
    assert made.read(tmp_path, table, ROWS).unknown == {"tiltak": {"XX": 1}}


def test_where_every_code_is_known_nothing_is_said(tmp_path: Path) -> None:
    assert made.read(tmp_path, made.table(), ROWS[:1]).unknown == {}
    assert made.read(tmp_path, made.table(), []).unknown == {}
