"""What `make interop` says of its readers: that one value is seen, and what is too little. They run there alone."""

import importlib.util
import sys
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture(scope="module")
def interop() -> ModuleType:
    """The program, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("interop", Path(__file__).with_name("interop.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "interop", module)
        spec.loader.exec_module(module)
    return module


HEAD = ["lpnr", "tomdato"]
ROWS = [["p1", "2003-12-31"], ["p2", None]]


@pytest.mark.parametrize(
    ("read", "differs"),
    [
        (ROWS, False),
        ([["p1", "2003-12-31"], ["p2", "2003-12-31"]], True),
        ([["p1", "2003-12-30"], ["p2", None]], True),
        (ROWS[:1], True),
        ([*ROWS, ROWS[0]], True),
        ([["p1"], ["p2"]], True),
        ([["p2", None], ["p1", "2003-12-31"]], True),
        (None, True),
    ],
)
def test_one_value_is_seen(interop: ModuleType, tmp_path: Path, read: Any, differs: bool) -> None:
    for folder in ("sannhet", "lest"):
        (tmp_path / folder).mkdir()
    interop.write_plain(tmp_path / "sannhet" / "a.csv", HEAD, ROWS)
    if read is not None:
        interop.write_plain(tmp_path / "lest" / "a.csv.csv", HEAD, read)
    with pytest.raises(interop.DiffersError) if differs else nullcontext():
        interop.same(interop.Made(tmp_path, ["a"], {}), tmp_path / "lest", ("csv",))


def test_no_rows_are_no_check(interop: ModuleType, tmp_path: Path) -> None:
    for folder, name in (("sannhet", "a.csv"), ("lest", "a.csv.csv")):
        (tmp_path / folder).mkdir()
        interop.write_plain(tmp_path / folder / name, HEAD, [])
    with pytest.raises(interop.DiffersError):
        interop.same(interop.Made(tmp_path, ["a"], {}), tmp_path / "lest", ("csv",))


@pytest.mark.parametrize(
    ("gone", "wrong", "status"),
    [(set(), set(), 0), ({"R", "polars"}, set(), 0), ({"duckdb"}, set(), 1), (set(), {"R"}, 1)],
)
def test_what_is_too_little(
    interop: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    gone: set[str],
    wrong: set[str],
    status: int,
) -> None:
    def reader(name: str) -> Any:
        def check(made: Any) -> str:
            if name in gone:
                raise interop.NotCheckedError("it is not there")
            if name in wrong:
                raise interop.DiffersError("1 values differ")
            return "all of it"

        return check

    monkeypatch.setattr(interop, "READERS", {name: reader(name) for name in interop.READERS})
    monkeypatch.setattr(interop, "make", lambda folder: None)
    assert interop.main() == status
    said = capsys.readouterr().out
    for name in interop.READERS:
        expected = "not checked: it" if name in gone else "FAILED" if name in wrong else "checked. all"
        assert f"{name}: {expected}" in said
