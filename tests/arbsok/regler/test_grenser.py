"""Every bound of the rules on both sides: the functions that work the facts out, called with the last value that fits
and the first that does not (spec.md 3 and 4). The histories beside this file show what follows from them."""

from datetime import date
from typing import Any

import pytest

from conftest import qualified

SIST = date(2001, 8, 31)  # the last registration
FORRIGE = date(2001, 10, 31)  # fdagdato
DAGEN = date(2001, 11, 30)  # dagdato: 91 days after SIST


def dag(tekst: str | None) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


def svar(register: Any, funksjon: str, *verdier: Any) -> Any:
    """What the function of the schema gives."""
    plasser = ", ".join(["%s"] * len(verdier))
    (rad,) = register.rows(f"SELECT {qualified(funksjon)}({plasser}) AS svar", *verdier)
    return rad["svar"]


@pytest.mark.parametrize(
    ("denne", "uendret"),
    [("2001-09-08", False), ("2001-09-09", True), ("2001-09-10", True), ("2001-09-11", True), ("2001-09-12", False)],
)
def test_henddato_uendret_er_hoeyst_en_dag_fra(register, denne, uendret):
    """Within one day of the last registration's henddato, before or after it; two days are a change."""
    assert svar(register, "henddato_uendret", dag(denne), date(2001, 9, 10)) is uendret


def test_henddato_uendret_mangler(register):
    """Nothing is known to be unchanged where one of the two is missing, nor where both are."""
    for denne, forrige in ((None, SIST), (SIST, None)):
        assert svar(register, "henddato_uendret", denne, forrige) is None
        assert svar(register, "henddato_klasse", denne, DAGEN, FORRIGE, forrige) != "uendret"
    (rad,) = register.rows("SELECT arbsok_lasting.henddato_uendret(NULL, NULL) AS svar")
    assert rad["svar"] is None


@pytest.mark.parametrize(
    ("henddato", "klasse"),
    [
        (None, "uoppgitt_eller_etter_dagdato"),
        ("2001-12-01", "uoppgitt_eller_etter_dagdato"),  # the day after dagdato
        ("2001-11-30", "endret"),  # dagdato itself
        ("2001-11-02", "endret"),
        ("2001-11-01", "endret_dagen_etter_fdagdato"),
        ("2001-10-31", "ikke_etter_fdagdato"),  # T4: fdagdato itself
        ("2001-10-30", "ikke_etter_fdagdato"),
        ("2001-07-03", "ikke_etter_fdagdato"),  # two days after the last registration's
        ("2001-07-02", "uendret"),
        ("2001-06-30", "uendret"),
        ("2001-06-29", "ikke_etter_fdagdato"),  # two days before it
    ],
)
def test_henddato_klasse(register, henddato, klasse):
    assert svar(register, "henddato_klasse", dag(henddato), DAGEN, FORRIGE, date(2001, 7, 1)) == klasse


@pytest.mark.parametrize(
    ("forrige", "klasse"),
    [
        ("2001-12-02", "uendret"),  # unchanged goes before after dagdato (T3)
        ("2001-12-03", "uoppgitt_eller_etter_dagdato"),
    ],
)
def test_henddato_klasse_rekkefoelge(register, forrige, klasse):
    assert svar(register, "henddato_klasse", date(2001, 12, 1), DAGEN, FORRIGE, dag(forrige)) == klasse


@pytest.mark.parametrize(
    ("henddato", "effektiv"),
    [(None, "2001-11-30"), ("2001-12-01", "2001-11-30"), ("2001-11-30", "2001-11-30"), ("2001-11-29", "2001-11-29")],
)
def test_effektiv_henddato(register, henddato, effektiv):
    """dagdato where henddato is missing or later (T5)."""
    assert svar(register, "effektiv_henddato", dag(henddato), DAGEN) == dag(effektiv)


@pytest.mark.parametrize(
    ("sist_dagdato", "sist_hoved", "hoved", "individ"),
    [
        ("2001-11-01", "1", "1", "uten_opphold"),
        ("2001-10-31", "1", "1", "uten_opphold"),  # fdagdato itself
        ("2001-10-30", "1", "1", "med_opphold"),
        ("2001-10-31", "5", "5", "uten_opphold"),
        ("2001-10-30", "5", "1", "uten_opphold_13_uker"),
        ("2001-10-30", "1", "5", "uten_opphold_13_uker"),
        ("2001-08-31", "5", "5", "uten_opphold_13_uker"),  # 91 days
        ("2001-08-31", "1", "1", "med_opphold"),
        ("2001-08-30", "5", "5", "med_opphold"),  # 92 days
        (None, "5", "5", "ny"),
    ],
)
def test_individ(register, sist_dagdato, sist_hoved, hoved, individ):
    """Without a gap to fdagdato; sewn for group 5 on either side, up to and with 91 days (T11)."""
    verdier = (DAGEN, FORRIGE, hoved, dag(sist_dagdato), sist_hoved)
    assert svar(register, "individ", *verdier, False, 91) == individ
    assert svar(register, "individ", *verdier, True, 91) == "avsluttet"


def test_individ_sammensying_dager(register):
    """The setting is the longest gap that is sewn: 30 days from 31 October to 30 November."""
    for dager, individ in ((30, "uten_opphold_13_uker"), (29, "med_opphold")):
        assert svar(register, "individ", DAGEN, date(2001, 11, 1), "5", FORRIGE, "5", False, dager) == individ


@pytest.mark.parametrize(
    ("bokstav", "foerste", "siste"),
    [
        ("A", 1, 7), ("B", 8, 14), ("C", 15, 21), ("D", 22, 28), ("E", 29, 35), ("F", 36, 42), ("G", 43, 49),
        ("H", 50, 56), ("I", 57, 63), ("J", 64, 70), ("K", 71, 77), ("L", 78, 84), ("M", 85, 91),
    ],
)  # fmt: skip
def test_ukebokstav_fra_foerste_til_siste_dag(register, bokstav, foerste, siste):
    """Started weeks: the first and the last day of each (T6). Only codes of the 13-week rule have the letter."""
    for dager in (foerste, siste):
        sist = date.fromordinal(DAGEN.toordinal() - dager)
        assert svar(register, "med_ukebokstav", "YK100a", DAGEN, sist) == f"YK100{bokstav}"
        assert svar(register, "med_ukebokstav", "UK100", DAGEN, sist) == "UK100"
    assert svar(register, "uten_ukebokstav", f"YK100{bokstav}") == "YK100a"
    assert svar(register, "uten_ukebokstav", f"YI310{bokstav}") == "YI310a"
    assert svar(register, "uten_ukebokstav", f"YX100{bokstav}") == f"YX100{bokstav}"


@pytest.mark.parametrize(
    ("maaned", "start", "nummer"),
    [
        ("2001-05-01", "2001-05-01", 1),
        ("2001-06-01", "2001-05-01", 2),
        ("2001-07-01", "2001-05-01", 3),
        ("2001-08-01", "2001-05-01", 0),
        ("2001-05-01", "2001-05-31", 1),  # the start's whole month, wherever in it the series starts
        ("2001-07-01", "2001-05-31", 3),
        ("2001-08-01", "2001-05-31", 0),
        ("2002-01-01", "2001-11-15", 3),  # over the turn of the year
        ("2002-02-01", "2001-11-15", 0),
        ("2002-05-01", "2001-05-01", 0),
    ],
)
def test_seriemaaned(register, maaned, start, nummer):
    """The first three months have rules of their own for who is new, the fourth has none."""
    assert svar(register, "seriemaaned", dag(maaned), dag(start)) == nummer


@pytest.mark.parametrize(
    ("dagdato", "dager", "avsluttet"),
    [("2001-10-01", 91, False), ("2001-09-30", 91, True), ("2001-07-02", 182, False), ("2001-07-01", 182, True)],
)
def test_avslutning_er_mer_enn_avslutning_dager(register, dagdato, dager, avsluttet):
    """91 days before 31 December are not more than 91 days, 92 are; so with any setting (T7)."""
    ventet = dag(dagdato) if avsluttet else None
    assert svar(register, "asok_avslutt", dag(dagdato), date(2001, 12, 31), dager) == ventet


@pytest.mark.parametrize(
    ("regel", "dato"),
    [
        ("henddato", "2001-11-20"), ("henddato-1", "2001-11-19"), ("fdagdato", "2001-10-31"),
        ("fdagdato+1", "2001-11-01"), ("dagdato", "2001-11-30"), ("dagdato-1", "2001-11-29"),
        ("siste_dagdato", "2001-08-31"), ("serie_start", "2001-05-01"),
    ],
)  # fmt: skip
def test_regeldato(register, regel, dato):
    """The dates that the rule table names; each of them stands in it."""
    verdier = (DAGEN, FORRIGE, date(2001, 11, 20), SIST, date(2001, 5, 1))
    assert svar(register, "regeldato", regel, *verdier) == dag(dato)
    brukt = register.rows("SELECT unnest(ARRAY[avgang_dato, tilgang_dato]) AS regel FROM trygdfob.statuskode")
    assert regel in {rad["regel"] for rad in brukt}


# Where no spell runs, what decides is the month of the series, group 5, and whether henddato is after the start and
# after fdagdato (spec.md 3, ny): statusvalg, by the facts on each side.
NY = [
    # month, group 5, after the start, after fdagdato, status
    (1, False, True, True, "FK020"),
    (1, True, True, False, "FK020"),
    (1, False, False, True, "FK030"),
    (1, True, False, False, "FK030"),
    (2, True, True, True, "FK040"),
    (3, True, True, True, "FK040"),
    (2, True, True, False, "FK050"),
    (3, True, True, False, "FK050"),
    (2, True, False, False, "FK060"),
    (3, True, False, False, "FK060"),
    (0, True, True, True, "FK070"),
    (2, False, True, True, "FK070"),
    (3, False, True, True, "FK070"),
    (0, True, True, False, "FI080"),
    (2, False, True, False, "FI080"),
    (3, False, False, False, "FI080"),
]


@pytest.mark.parametrize(("maaned", "gruppe_5", "etter_start", "etter_fdagdato", "status"), NY)
def test_statusvalg_for_nye(register, maaned, gruppe_5, etter_start, etter_fdagdato, status):
    """The first month, the second and third, and all after them."""
    (rad,) = register.rows(
        "SELECT status FROM arbsok_lasting.statusvalg WHERE individ = 'ny' AND seriemaaned = %s AND hoved_5 = %s"
        " AND etter_start = %s AND etter_fdagdato = %s",
        maaned, gruppe_5, etter_start, etter_fdagdato,
    )  # fmt: skip
    assert rad["status"] == status
