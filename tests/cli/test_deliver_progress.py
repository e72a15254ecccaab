"""What whoever makes a delivery sees of it meanwhile: a line on a terminal, and nothing elsewhere."""

import io

import pytest
from fdtrygd.cli import deliver
from fdtrygd.screen import Screen


def shown(monkeypatch: pytest.MonkeyPatch, *, terminal: bool) -> str:
    """What comes on the screen while two batches of a table are read and a file of it is written."""
    screen = io.StringIO()
    monkeypatch.setattr(deliver, "err", Screen(file=screen, force_terminal=terminal, width=80))
    with deliver.progress() as told:
        told("perioder", 60_000)
        told("perioder", 1_234)
        deliver.err.print("then")
        told("perioder.dta", 0)
    return screen.getvalue()


def test_a_terminal_shows_the_rows_and_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = shown(monkeypatch, terminal=True)
    before, after = screen.split("then")
    assert "reading perioder: 61 234 rows" in before + after
    assert "writing perioder.dta" in after


def test_elsewhere_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, terminal=False) == "then\n"
