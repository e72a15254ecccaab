"""What is wrong with an order or a project is said in full, each fault with its key; what is stored never changes."""

import json
import threading
from typing import Any

import psycopg
import pytest
from fdtrygd.db import database
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import address, eventually
from delivering import (
    VERSIONS,
    Connection,
    begin,
    delivered,
    description,
    faults,
    order,
    project,
    refusals_alone,
    table,
)

ALL = {"alle": True}


@pytest.fixture(scope="module")
def mine(delivering: Connection) -> str:
    """A project that may order everything that need not be named."""
    return project(delivering)


@pytest.fixture(scope="module")
def narrow(delivering: Connection) -> str:
    """A project that may order stretches and main spells, and little of them."""
    return project(delivering, former=["periode", "tilfelle"], variabler=["regdato", "regtom", "hoved"])


def keys(found: list[tuple[str, str]]) -> list[str]:
    return [key for key, _ in found]


def test_nothing_is_wrong_with_these(delivering: Connection, mine: str, narrow: str) -> None:
    assert faults(delivering, order(mine)) == []
    assert (
        faults(
            delivering,
            order(
                mine,
                versjon=1,
                fra="2001-05-01",
                dato="maaned",
                populasjon={
                    "kriterium": {"nivaa": "periode", "hoved": ["1"], "ytelse": ["AT"], "fra": "2001-05-01"},
                    "utvalg": 0.5,
                },
                tabell=[
                    table("hendelser", rader={"regdato": {"fra": "2001-06-01", "til": "2001-06-01"}, "kode": ["1"]}),
                    table("tilfelle", rader={"dager": {"fra": 0, "til": 0}, "slutt_observert": False}, koder="tekst"),
                    table("tverrsnitt", dager=["2001-05-01", "2002-12-31"], formater=["csv", "parquet", "dta", "sav"]),
                ],
            ),
        )
        == []
    )
    assert faults(delivering, order(narrow, tabell=[table("periode", variabler=["hoved", "regtom"])])) == []


def test_twelve_faults_are_said_at_once(delivering: Connection, mine: str) -> None:
    wrong = {
        "prosjekt": mine,
        "bestilling": "Med Store",
        "versjon": 0,
        "til": "2002-02-30",
        "fra": "2001-04-30",
        "dato": "aar",
        "klipp": True,
        "populasjon": {"alle": True, "liste": {"fil": "x"}},
        "tabell": [
            {"navn": "perioder", "form": "periode", "formater": ["xls"], "variabler": ["fnr", "hoved", "hoved"]},
            {"navn": "perioder", "form": "panel", "formater": ["csv"], "rader": {"hoved": "1"}},
        ],
    }
    found = faults(delivering, wrong)
    assert sorted(keys(found)) == sorted([
        "bestilling", "versjon", "til", "fra", "dato", "klipp", "populasjon", "tabell[1].formater",
        "tabell[1].variabler", "tabell[1].variabler", "tabell[2].form", "tabell",
    ])  # fmt: skip
    assert all(fault and not fault.endswith(".") for _, fault in found)
    assert ("bestilling", '"Med Store" is no name: a to z, 0 to 9 and -, a letter first, at most 32') in found
    assert ("til", '"2002-02-30" is no day: write it as YYYY-MM-DD') in found
    assert ("fra", "2001-04-30 is before 2001-05-01, where the series starts") in found
    assert ("tabell[1].variabler", '"hoved" stands there twice') in found
    assert ("tabell[1].formater", "xls is no format: there are csv, parquet, dta and sav") in found
    assert ("tabell", "perioder is the name of 2 tables") in found


#: (what the order is changed by, the key of the fault, words of its sentence); beside each what is not wrong
ORDERS: list[tuple[dict[str, Any], str, str, dict[str, Any]]] = [
    ({"prosjekt": None}, "prosjekt", "is missing", {}),
    ({"prosjekt": "A"}, "prosjekt", "is no name", {}),
    ({"prosjekt": "er-ikke"}, "prosjekt", "there is no project er-ikke", {}),
    ({"bestilling": None}, "bestilling", "is missing", {}),
    ({"bestilling": "a" * 33}, "bestilling", "is no name", {"bestilling": "a" * 32}),
    ({"bestilling": "9a"}, "bestilling", "is no name", {"bestilling": "a9"}),
    ({"bestilling": "a\n"}, "bestilling", "is no name", {"bestilling": "a-"}),
    ({"versjon": 0}, "versjon", "is no version", {"versjon": 1}),
    ({"versjon": 2}, "versjon", "the next version of alt is 1", {"versjon": 1}),
    ({"versjon": "1"}, "versjon", "is no version", {"versjon": 1}),
    ({"versjon": 1.5}, "versjon", "is no version", {"versjon": 1}),
    ({"til": None}, "til", "is missing", {}),
    ({"til": 20021231}, "til", "is no day", {}),
    ({"til": "2003-01-01"}, "til", "is not final: it is so when 2004 is loaded", {"til": "2002-12-31"}),
    ({"til": "2001-04-30"}, "til", "where the series starts", {"til": "2001-05-01"}),
    ({"fra": "2001-04-30"}, "fra", "where the series starts", {"fra": "2001-05-01"}),
    ({"fra": "2003-01-01"}, "fra", "comes after til", {"fra": "2002-12-31"}),
    ({"fra": True}, "fra", "is no day", {}),
    ({"dato": "År"}, "dato", "is no form of a date", {"dato": "tall"}),
    ({"populasjon": None}, "populasjon", "is missing", {}),
    ({"populasjon": "alle"}, "populasjon", "is to be a table", {}),
    ({"populasjon": {}}, "populasjon", "has none", {}),
    ({"populasjon": {"alle": False}}, "populasjon.alle", "can only be true", {}),
    ({"populasjon": {"alle": True, "tverrsnitt": {"dager": ["2002-01-01"]}}}, "populasjon", "alle and tverrsnitt", {}),
    ({"populasjon": {"hvem": 1, **ALL}}, "populasjon.hvem", "is no key here", {}),
    ({"populasjon": {"utvalg": 0, **ALL}}, "populasjon.utvalg", "is no share", {"populasjon": {"utvalg": 1e-9, **ALL}}),
    ({"populasjon": {"utvalg": 1.001, **ALL}}, "populasjon.utvalg", "no share", {"populasjon": {"utvalg": 1, **ALL}}),
    ({"populasjon": {"utvalg": "0.1", **ALL}}, "populasjon.utvalg", "is to be a number", {}),
    ({"populasjon": {"tverrsnitt": {}}}, "populasjon.tverrsnitt.dager", "is missing", {}),
    ({"populasjon": {"tverrsnitt": {"dager": []}}}, "populasjon.tverrsnitt.dager", "is empty", {}),
    ({"populasjon": {"tverrsnitt": {"dager": ["2002-13-01"]}}}, "populasjon.tverrsnitt.dager", "is no day", {}),
    ({"populasjon": {"liste": {}}}, "populasjon.liste.fil", "is missing", {"populasjon": {"liste": {"fil": "a"}}}),
    ({"populasjon": {"kriterium": 1}}, "populasjon.kriterium", "is to be a table", {}),
    ({"populasjon": {"kriterium": {}}}, "populasjon.kriterium.nivaa", "is missing",
     {"populasjon": {"kriterium": {"nivaa": "tilfelle"}}}),
    ({"populasjon": {"kriterium": {"nivaa": "hendelser"}}}, "populasjon.kriterium.nivaa", "is no level", {}),
    ({"populasjon": {"kriterium": {"nivaa": "tilfelle", "ytelse": ["A"]}}}, "populasjon.kriterium.ytelse",
     "is nothing that tilfelle has", {"populasjon": {"kriterium": {"nivaa": "periode", "ytelse": ["A"]}}}),
    ({"populasjon": {"kriterium": {"nivaa": "periode", "hoved": [1]}}}, "populasjon.kriterium.hoved", "in quotes",
     {"populasjon": {"kriterium": {"nivaa": "periode", "hoved": ["1"]}}}),
    ({"populasjon": {"kriterium": {"nivaa": "periode", "hoved": "1"}}}, "populasjon.kriterium.hoved",
     "is to be a list", {}),
    ({"populasjon": {"kriterium": {"nivaa": "periode", "fra": "2002-01-02", "til": "2002-01-01"}}},
     "populasjon.kriterium.fra", "comes after til", {"populasjon": {"kriterium": {"nivaa": "periode",
     "fra": "2002-01-01", "til": "2002-01-01"}}}),
    ({"tabell": None}, "tabell", "is missing", {}),
    ({"tabell": {"navn": "a"}}, "tabell", "is missing", {}),
    ({"tabell": ["a"]}, "tabell[1]", "is to be a table", {}),
    ({"hvorfor": ""}, "hvorfor", "is no key here", {}),
]  # fmt: skip
#: Likewise, of a table
TABLES: list[tuple[dict[str, Any], str, str, dict[str, Any]]] = [
    ({"navn": None}, "navn", "is missing", {}),
    ({"navn": "per_ioder"}, "navn", "is no name", {"navn": "per-ioder"}),
    ({"navn": "lesmeg"}, "navn", "another file", {"navn": "lesmeg2"}),
    ({"form": None}, "form", "is missing", {}),
    ({"form": "panel"}, "form", "panel is no form", {}),
    ({"formater": None}, "formater", "is missing", {}),
    ({"formater": "csv"}, "formater", "is to be a list", {}),
    ({"formater": []}, "formater", "is empty", {}),
    ({"formater": ["csv", "csv"]}, "formater", "stands there twice", {"formater": ["csv", "sav"]}),
    ({"formater": ["CSV"]}, "formater", "is no format", {}),
    ({"formater": [None]}, "formater", "in quotes", {}),
    ({"variabler": []}, "variabler", "is empty", {"variabler": ["hoved"]}),
    ({"variabler": ["fnr"]}, "variabler", "fnr cannot be ordered", {}),
    ({"variabler": ["lopenr"]}, "variabler", "lopenr cannot be ordered", {}),
    ({"variabler": ["tiltak3"]}, "variabler", "tiltak3 cannot be ordered", {}),
    ({"variabler": ["gjelder"]}, "variabler", "gjelder cannot be ordered", {}),
    ({"variabler": ["avgdato"]}, "variabler", "avgdato", {"form": "hendelser", "variabler": ["avgdato"]}),
    ({"variabler": ["as_gr"], "form": "hendelser"}, "variabler", "is not among the variables",
     {"variabler": ["hoved"]}),
    ({"variabler": ["hoved; DROP TABLE x"]}, "variabler", "DROP TABLE", {}),
    ({"rader": []}, "rader", "is to be a table", {"rader": {}}),
    ({"rader": {"lpnr": ["p"]}}, "rader.lpnr", "is no variable by which", {}),
    ({"rader": {"avgdato": {"fra": "2002-01-01"}}}, "rader.avgdato", "is no variable by which",
     {"rader": {"regdato": {"fra": "2002-01-01"}}}),
    ({"rader": {"hoved": {"fra": "1"}}}, "rader.hoved", "is to be a list of codes", {"rader": {"hoved": ["1"]}}),
    ({"rader": {"hoved": [1]}}, "rader.hoved", "in quotes", {}),
    ({"rader": {"regdato": ["2002-01-01"]}}, "rader.regdato", "is to be { fra", {}),
    ({"rader": {"regdato": {}}}, "rader.regdato", "is to be { fra", {}),
    ({"rader": {"regdato": {"fra": "i går"}}}, "rader.regdato.fra", "is no day", {}),
    ({"rader": {"regdato": {"etter": "2002-01-01"}}}, "rader.regdato.etter", "is no key here", {}),
    ({"rader": {"regdato": {"fra": "2002-01-02", "til": "2002-01-01"}}}, "rader.regdato.fra", "comes after til",
     {"rader": {"regdato": {"fra": "2002-01-01", "til": "2002-01-01"}}}),
    ({"rader": {"dager": {"fra": "1"}}}, "rader.dager.fra", "is no whole number", {"rader": {"dager": {"fra": 1}}}),
    ({"rader": {"dager": {"fra": None}}}, "rader.dager.fra", "is no whole number", {}),
    ({"rader": {"dager": {"fra": 1.5}}}, "rader.dager.fra", "is no whole number", {}),
    ({"rader": {"dager": {"til": 1000000000}}}, "rader.dager.til", "is no whole number",
     {"rader": {"dager": {"til": 999999999}}}),
    ({"rader": {"dager": {"fra": 2, "til": 1}}}, "rader.dager.fra", "comes after til", {"rader": {"dager": {"fra": 1,
     "til": 1}}}),
    ({"rader": {"slutt_observert": "t"}}, "rader.slutt_observert", "is to be true or false",
     {"rader": {"slutt_observert": True}}),
    ({"dager": ["2002-01-01"]}, "dager", "is for a tverrsnitt", {"form": "tverrsnitt", "dager": ["2002-01-01"]}),
    ({"form": "tverrsnitt"}, "dager", "is missing", {}),
    ({"form": "tverrsnitt", "dager": ["2001-04-30"]}, "dager", "does not lie between", {"form": "tverrsnitt",
     "dager": ["2001-05-01"]}),
    ({"form": "tverrsnitt", "dager": ["2003-01-01"]}, "dager", "does not lie between", {"form": "tverrsnitt",
     "dager": ["2002-12-31"]}),
    ({"koder": "tall"}, "koder", 'can only be "tekst"', {"koder": "tekst"}),
    ({"rekkefolge": 1}, "rekkefolge", "is no key here", {}),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "key", "words", "right"), ORDERS, ids=lambda each: str(each)[:40])
def test_of_an_order(
    delivering: Connection, mine: str, changes: dict[str, Any], key: str, words: str, right: dict[str, Any]
) -> None:
    """That is wrong, and it alone; beside it, on the other side of the bound, nothing is."""
    found = faults(delivering, order(mine, **changes))
    assert [one for one, _ in found] == [key]
    assert words in found[0][1]
    assert faults(delivering, order(mine, **right)) == []


@pytest.mark.parametrize(("changes", "key", "words", "right"), TABLES, ids=lambda each: str(each)[:40])
def test_of_a_table(
    delivering: Connection, mine: str, changes: dict[str, Any], key: str, words: str, right: dict[str, Any]
) -> None:
    def with_table(more: dict[str, Any]) -> dict[str, Any]:
        whole = {"navn": "a", "form": "periode", "formater": ["csv"]} | more
        return order(mine, tabell=[{name: value for name, value in whole.items() if value is not None}])

    found = faults(delivering, with_table(changes))
    assert [one for one, _ in found] == [f"tabell[1].{key}"]
    assert words in found[0][1]
    assert faults(delivering, with_table(right)) == []


def test_what_the_project_does_not_allow(delivering: Connection, narrow: str) -> None:
    """Its tables and variables, also those of filter, population and the form's standard: all is named."""
    found = faults(
        delivering,
        order(
            narrow,
            populasjon={"kriterium": {"nivaa": "periode", "ytelse": ["AT"], "hoved": ["1"]}},
            tabell=[
                table("hendelser", variabler=["hoved"]),
                table("periode", variabler=["hoved", "tiltak"], rader={"dager": {"fra": 1},
                "regdato": {"fra": "2002-01-01"}}),
                table("tilfelle"),
            ],
        ),
    )  # fmt: skip
    assert (
        "tabell[1].form",
        f"hendelser is not among the tables of project {narrow}: periode, tilfelle",
    ) in found
    named = {(key, fault.split()[0]) for key, fault in found if "among the variables" in fault}
    assert named == {
        ("tabell[2].variabler", "tiltak"),
        ("tabell[2].rader.dager", "dager"),
        ("populasjon.kriterium.ytelse", "ytelse"),
        *(
            ("tabell[3].variabler", name)
            for name in (
                "tilgdato",
                "tomdato",
                "dager",
                "hoved_inn",
                "hoved_ut",
                "begynte",
                "sluttet",
                "slutt_observert",
            )
        ),
    }
    assert len(found) == len(named) + 1


def test_groups_only_where_the_project_names_them(delivering: Connection) -> None:
    """as_gr and as_f are for certain tasks: "alle" does not have them."""
    named = project(delivering, variabler=["as_gr", "as_f", "regdato"])
    tables = [table("hendelser", variabler=["as_gr", "as_f"])]
    assert faults(delivering, order(named, tabell=tables)) == []


#: (what the description of a project is changed by, key, words, what is right)
PROJECTS: list[tuple[dict[str, Any], str, str, dict[str, Any]]] = [
    *(({name: None}, name, "is missing", {}) for name in ("tittel", "vedtak", "gyldig_til", "slettes_etter", "former",
    "variabler")),
    ({"tittel": ""}, "tittel", "is missing", {"tittel": "a"}),
    ({"vedtak": 1}, "vedtak", "is to be text", {"vedtak": "1"}),
    ({"prosjekt": "Å"}, "prosjekt", "is no name", {}),
    ({"gyldig_til": "i år"}, "gyldig_til", "is no day", {}),
    ({"gyldig_til": "2001-01-01"}, "gyldig_til", "is past", {}),
    ({"slettes_etter": "2996-12-30"}, "slettes_etter", "comes before", {"slettes_etter": "2996-12-31"}),
    ({"former": []}, "former", "is empty", {"former": ["periode"]}),
    ({"former": ["panel"]}, "former", "panel is no form", {}),
    ({"variabler": "noen"}, "variabler", "is to be a list", {"variabler": "alle"}),
    ({"variabler": ["fnr"]}, "variabler", "fnr cannot be ordered", {"variabler": ["hoved"]}),
    ({"variabler": ["høved"]}, "variabler", "is no variable", {}),
    ({"populasjon": {}}, "populasjon", "has none", {"populasjon": {"tverrsnitt": {"dager": ["2002-01-01"]}}}),
    ({"til": "2002-01-01"}, "til", "is no key here", {}),
]  # fmt: skip


def project_faults(connection: Connection, content: Any) -> list[tuple[str, str]]:
    return connection.execute("SELECT DISTINCT * FROM leveranse.prosjektfeil(%s)", [json.dumps(content)]).fetchall()


@pytest.mark.parametrize(("changes", "key", "words", "right"), PROJECTS, ids=lambda each: str(each)[:40])
def test_of_a_project(
    delivering: Connection, changes: dict[str, Any], key: str, words: str, right: dict[str, Any]
) -> None:
    found = project_faults(delivering, description("nytt", **changes))
    assert [one for one, _ in found] == [key]
    assert words in found[0][1]
    assert project_faults(delivering, description("nytt", **right)) == []


def test_a_name_is_used_once(delivering: Connection, mine: str) -> None:
    assert keys(project_faults(delivering, description(mine))) == ["prosjekt"]
    with pytest.raises(psycopg.Error, match=f"there is a project {mine} already") as refused:
        project(delivering, name=mine)
    assert refused.value.sqlstate == "FD007"


# What is stored


def test_a_stored_order_never_changes(delivering: Connection) -> None:
    """Other content is another version, and versions follow on each other. A version that is there can be had again."""
    mine = project(delivering)
    begin(delivering, order(mine))
    begin(delivering, order(mine, versjon=1))
    stored = "SELECT versjon, innhold FROM leveranse.bestilling WHERE prosjekt = %s ORDER BY versjon"
    before = delivering.execute(stored, [mine]).fetchall()
    assert before == [(1, order(mine, versjon=1))]
    with pytest.raises(psycopg.Error, match=r"another version: versjon = 2\.") as refused:
        begin(delivering, order(mine, fra="2001-06-01"))
    assert refused.value.sqlstate == "FD007"
    assert keys(faults(delivering, order(mine, fra="2001-06-01", versjon=3))) == ["versjon"]
    begin(delivering, order(mine, fra="2001-06-01", versjon=2))
    begin(delivering, order(mine, versjon=1))
    with pytest.raises(psycopg.Error, match=r"another version: versjon = 3\."):
        begin(delivering, order(mine, versjon=2))
    assert delivering.execute(stored, [mine]).fetchall() == [*before, (2, order(mine, fra="2001-06-01", versjon=2))]


@pytest.mark.parametrize(
    ("changes", "outcome"), [({}, "begun"), ({"fra": "2001-06-01"}, "another version: versjon = 2.")]
)
def test_two_at_once_with_one_name(delivering: Connection, changes: dict[str, Any], outcome: str) -> None:
    """The second waits for the first, and then sees what is stored: it is the same order again, or it is refused."""
    mine = project(delivering)
    said: list[str] = []

    def second() -> None:
        with database.connect(address(delivering)) as other:
            try:
                begin(other, order(mine, **changes))
                said.append("begun")
            except psycopg.Error as error:
                said.append(str(error))

    with database.connect(address(delivering)) as first:
        waits = threading.Thread(target=second)
        with first.transaction():
            begin(first, order(mine))
            waits.start()
            blocked = "SELECT count(*) FROM pg_stat_activity WHERE %s = ANY (pg_blocking_pids(pid))"
            eventually(lambda: bool(database.scalar(delivering, blocked, first.info.backend_pid)))
        waits.join(120)
    assert outcome in said[0]


def test_a_changed_list_is_another_version(delivering: Connection) -> None:
    """Its order, what stands there twice, and what is no number, are nothing."""
    mine = project(delivering)
    listed = order(mine, populasjon={"liste": {"fil": "a.txt"}})
    begin(delivering, listed, ["15837010133", "15837010144"])
    begin(delivering, listed, ["x", "15837010144", " 15837010133", "15837010144", ""])
    with pytest.raises(psycopg.Error, match="another list of persons"):
        begin(delivering, listed, ["15837010133"])
    begin(delivering, listed | {"versjon": 2}, ["15837010133"])
    assert database.scalar(delivering, "SELECT count(*) FROM leveranse_nokkel.liste_inn") == 0


def test_what_a_project_does_not_allow_is_logged(delivering: Connection, narrow: str) -> None:
    """Other faults are not: nobody has tried to get anything."""
    rejected = "SELECT prosjekt, bestilling, grunner, bruker = session_user FROM leveranse.avslag ORDER BY avslag"
    before = delivering.execute(rejected).fetchall()
    for content in (
        order(narrow, til="i morgen", tabell=[]),
        order(narrow, tabell=[table("hendelser", variabler=["hoved"])]),
    ):
        delivering.execute("SELECT leveranse.begynn_utlevering(%s, %s)", [json.dumps(content), VERSIONS])
    new = delivering.execute(rejected).fetchall()[len(before) :]
    reason = f"tabell[1].form: hendelser is not among the tables of project {narrow}: periode, tilfelle"
    assert new == [(narrow, "alt", [reason], True)]


# Whatever is sent


HOSTILE: list[Any] = [
    None, True, 0, -1, 1e308, 10**400, "", "a", "alle", "NaN", "1'; DROP TABLE leveranse.prosjekt; --",
    '"', "\\", "$1", "%s",
    "\u202e\U0001f600", "Å" * 5000, [], [[]], [None], ["x"], [1], {}, {"": None}, {"fra": None},
    {"fra": 1, "til": []}, {"nivaa": ["periode"]}, {"dager": {"a": 1}}, {"fil": None}, {"hoved": {}}, ["2002-01-01",
    None],
    "0000-00-00", "9999-99-99", "99999-01-01", "2002-02-29", "infinity", "epoch", "today",
]  # fmt: skip


def said(connection: Connection, content: Any) -> list[Any]:
    """What the database says to it: rows or a refusal of its own, and never another error."""
    with connection.transaction(force_rollback=True):
        found = connection.execute(
            "SELECT nokkel, feil FROM leveranse.begynn_utlevering(%s, %s)", [json.dumps(content), VERSIONS]
        ).fetchall()
    with connection.transaction(force_rollback=True), refusals_alone():
        connection.execute("SELECT leveranse.opprett_prosjekt(%s)", [json.dumps(content)])
    return found


def places(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where a value stands in it."""
    inner = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


def instead(content: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The content with another value in that place."""
    if not path:
        return value
    changed = dict(content) if isinstance(content, dict) else list(content)
    changed[path[0]] = instead(content[path[0]], path[1:], value)
    return changed


def test_any_value_in_any_place_gets_a_sentence(delivering: Connection, mine: str) -> None:
    """Never an error of PostgreSQL's own. Where nothing is wrong with it, the statement runs."""
    whole = order(
        mine,
        versjon=1,
        fra="2001-06-01",
        dato="tall",
        populasjon={"kriterium": {"nivaa": "periode", "fra": "2001-06-01", "til": "2002-01-01", "hoved": ["1"]},
        "utvalg": 0.5},
        tabell=[
            table("periode", variabler=["hoved"], koder="tekst", rader={
                "hoved": ["1"], "regdato": {"fra": "2001-07-01"}, "dager": {"fra": 1, "til": 9},
                "slutt_observert": True,
            }),
            table("tverrsnitt", dager=["2001-06-01"]),
        ],
    )  # fmt: skip
    assert said(delivering, whole) == [(None, None)]
    orders = [
        whole,
        order(mine, populasjon={"liste": {"fil": "a"}}),
        order(mine, populasjon={"tverrsnitt": {"dager": ["2001-06-01"]}}),
        description("nytt", variabler=["hoved"], populasjon={"liste": {"fil": "a"}}),
    ]
    for content in orders:
        for place, path in enumerate(places(content)):
            for value in HOSTILE[place % 4 :: 4]:
                assert said(delivering, instead(content, path, value)), (path, value)


WORDS = st.sampled_from([
    "prosjekt", "bestilling", "versjon", "til", "fra", "dato", "populasjon", "tabell", "navn", "form", "formater",
    "variabler",
    "rader", "dager", "koder", "alle", "kriterium", "tverrsnitt", "liste", "utvalg", "nivaa", "hoved", "regdato",
    "slutt_observert",
    "periode", "tilfelle", "hendelser", "csv", "tekst", "2002-01-01", "lpnr", "begynte", "fil", "tittel", "vedtak",
    "former",
])  # fmt: skip
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
    | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | TEXT, inner, max_size=5),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=JSON)
def test_any_json_gets_a_sentence(delivering: Connection, content: Any) -> None:
    assert all(key is not None and fault for key, fault in said(delivering, content))


def test_what_is_taken_can_be_read(delivering: Connection, mine: str) -> None:
    """A filter and a criterion with quotes, backslashes and SQL in their codes: they pick nobody."""
    evil = ["'", "\\'; SELECT 1", "$1", '"', "{1,2}", "NULL", ") OR true --"]
    got = delivered(
        delivering,
        order(mine, bestilling="ond", tabell=[table("periode", rader={"hoved": evil, "begynte": evil})]),
    )
    assert got == {"periode": []}
    kriterium = {"nivaa": "periode", "hoved": evil, "tiltak": evil}
    assert delivered(delivering, order(mine, bestilling="ond2", populasjon={"kriterium": kriterium})) == {
        "perioder": []
    }
