"""Every status code has a case: a rule without one fails here.

A test names the code that it is about in its own name, in lower case: `test_ui310_gruppeovergang_fdagdato`.
The codes of the 13-week rule end in a letter for the week (`a` in table statuskode), which the names leave out:
`yi310`.
"""

import ast
import functools
from pathlib import Path

import pytest

_LISTE = """
FK020 FK030 FK040 FK050 FK060 FK070 FI080
NK070 NI080
UK000 UI010 UI0011 UI0012 UI0013 UI0014 UI0015 UI0016 UI0017 UI011
UK100 UI100 UI110 UK101 UK111
UK900 UI910 UK901 UK911
UI300 UI310 UI301 UI311
YK000a YI010a YI001a YI011a
YK100a YI110a YK101a YK111a
YK900a YI910a YK901a YK911a
YI300a YI310a YI301a YI311a
OI000 OI010 OI0011 OI0012 OI0013 OI0014 OI0015 OI0016 OI0017 OI011
OK100 OI110 OK101 OK111
OK900 OI910 OK901 OK911
OI200 OI210 OI201 OI211
"""
KODER = _LISTE.split()


@functools.cache
def _navngitt() -> set[str]:
    """The words of the names of this folder's test functions."""
    return {
        ord_
        for fil in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(fil.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        for ord_ in node.name.split("_")
    }


def _stamme(kode: str) -> str:
    """The code as a test name has it: in lower case, and without the letter of the week."""
    return kode.removesuffix("a").lower()


@pytest.mark.parametrize("kode", KODER)
def test_koden_har_en_test(kode):
    assert _stamme(kode) in _navngitt()


def test_kodene_er_databasens(register):
    """The list above is the rule table's, so a code added to the table needs a line here and a case."""
    koder = register.statuskoder()
    assert sorted(koder) == sorted(KODER)
    assert {kode for kode in koder if _stamme(kode) not in _navngitt()} == set()
