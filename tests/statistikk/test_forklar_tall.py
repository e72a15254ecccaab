"""Where a figure comes from: notes, version, base cells, months, and the persons for those who may see them."""

from decimal import Decimal

import psycopg
import pytest
from fdtrygd.db.database import scalar

from counting import Connection, figures, make, publish, stored_base

TELLS = "SELECT statistikk.forklar_tall(%s, %s, %s)"


def test_a_months_figure_is_the_sum_of_its_base_cells(counting: Connection) -> None:
    """Of every cell of every table."""
    version = publish(counting, "2003M04").version.id
    base = stored_base(counting, version)
    for (table, *codes), figure in figures(counting, version).items():
        if len(codes) != 2 and codes[0] not in ("03", "T", "1"):
            continue
        told = scalar(counting, TELLS, table, "2003M04", codes)
        assert told["formel"] == "sum av beskyttet over grunnceller"
        if figure != "..":
            assert sum(cell["beskyttet"] for cell in told["grunnceller"]) == figure == told["verdi"]
        assert all(
            base[tuple(cell[key] for key in ("lag", "hoved", "fylke", "kommune", "kjonn", "alder", "uker", "bosatt"))][
                0
            ]
            == cell["antall"]
            for cell in told["grunnceller"]
        )
    told = scalar(counting, TELLS, "ledige_fylke_varighet", "2003M04", ["03", "1", "U"])
    assert (told["versjon"]["nummer"], told["versjon"]["tilstand"], told["slutter"]) == (1, "publisert", None)
    assert any("Varighet er regnet i hele uker" in note for note in told["noter"])
    assert not any("avledet av arbeidssøkerstatus" in note for note in told["noter"])


def test_an_average_is_of_its_months(published_year: Connection) -> None:
    make(published_year, "2003")
    told = scalar(published_year, TELLS, "ledige_kommune_kjonn_snitt", "2003", ["T", "T"])
    assert len(told["maaneder"]) == 12
    assert told["grunnceller"] is None
    mean = sum(Decimal(str(month["verdi"])) for month in told["maaneder"]) / 12
    assert abs(mean - Decimal(str(told["verdi"]))) < Decimal("1e-6")


def test_what_is_published_goes_before_a_draft(counting: Connection) -> None:
    publish(counting, "2003M04")
    make(counting, "2003M04", "prøve")
    assert scalar(counting, TELLS, "ikke_bosatte", "2003M04", ["1"])["versjon"]["nummer"] == 1
    told = scalar(counting, "SELECT statistikk.forklar_tall('ikke_bosatte', '2003M04', '{1}', 2)")
    assert told["versjon"]["tilstand"] == "utkast"


def test_what_is_published_is_told_in_its_own_words(counting: Connection) -> None:
    """And a draft in those of today."""
    publish(counting, "2003M04")
    counting.execute(
        "UPDATE statistikk.tabell SET tittel = 'Ny tittel'; UPDATE statistikk.note SET tekst = 'Ny note';"
        "UPDATE statistikk.note SET til_periode = '2003M03' WHERE note = 'i_alt'"
    )
    make(counting, "2003M04", "prøve")
    first, second = (
        scalar(counting, "SELECT statistikk.forklar_tall('ikke_bosatte', '2003M04', '{1}', %s)", number)
        for number in (1, 2)
    )
    assert first["tittel"] == "Registrerte arbeidssøkere som ikke er bosatt, etter hovedgruppe"
    assert any("I alt er hovedgruppene" in note for note in first["noter"])
    assert (second["tittel"], second["noter"]) == ("Ny tittel", ["Ny note"] * (len(first["noter"]) - 1))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE statistikk.klasse SET verdier = CASE kode WHEN '1' THEN '{2}' ELSE '{1}' END::text[]"
        " WHERE gruppering = 'hovedgruppe' AND kode IN ('1', '2')",
        "UPDATE statistikk.tabell SET bosatt = NULL WHERE tabell = 'ikke_bosatte'",
        "DELETE FROM statistikk.dimensjon WHERE tabell LIKE 'ikke_bosatte%'; "
        "DELETE FROM statistikk.tabell WHERE tabell LIKE 'ikke_bosatte%'",
    ],
)
def test_another_catalogue_does_not_explain_what_was_published(counting: Connection, change: str) -> None:
    """Nobody is told of other base cells than those that were summed; the figure and its version are told all the same.

    Also where the figures would be the same ones by chance, and not where texts alone are others.
    """
    publish(counting, "2003M04")
    before = scalar(counting, TELLS, "ikke_bosatte", "2003M04", ["1"])
    assert before["grunnceller"]
    counting.execute("UPDATE statistikk.klasse SET tekst = 'Andre', rekkefolge = rekkefolge + 1")
    assert scalar(counting, TELLS, "ikke_bosatte", "2003M04", ["1"]) == before
    counting.execute(change)
    told = scalar(counting, TELLS, "ikke_bosatte", "2003M04", ["1"])
    assert told["grunnceller"] is None
    assert "the catalogue has become another one since" in told["slutter"]
    assert {key: told[key] for key in ("verdi", "tittel", "noter", "versjon")} == {
        key: before[key] for key in ("verdi", "tittel", "noter", "versjon")
    }
    with pytest.raises(psycopg.Error, match="the catalogue has become another one") as error, counting.transaction():
        counting.execute("SELECT statistikk.tallets_personer('ikke_bosatte', '2003M04', '{1}')")
    assert error.value.sqlstate == "FD009"


@pytest.mark.parametrize(
    ("table", "period", "codes", "number", "said"),
    [
        ("ikke_bosatte", "2003M04", ["8"], None, "Table ikke_bosatte of 2003M04 has no cell of these codes."),
        ("ikke_bosatte", "2003M04", ["1", "T"], 1, "Table ikke_bosatte of 2003M04 has no cell of these codes."),
        ("ingen", "2003M04", ["1"], None, "No version of 2003M04 has a table ingen."),
        ("ikke_bosatte", "2003M05", ["1"], None, "There is no version of 2003M05."),
        ("ikke_bosatte", "2003M04", ["1"], 2, "There is no version 2 of 2003M04."),
    ],
)
def test_a_cell_that_is_not_there_is_a_sentence(
    counting: Connection, table: str, period: str, codes: list[str], number: int | None, said: str
) -> None:
    make(counting, "2003M04")
    with pytest.raises(psycopg.Error) as error, counting.transaction():
        counting.execute("SELECT statistikk.forklar_tall(%s, %s, %s, %s)", [table, period, codes, number])
    assert (error.value.sqlstate, error.value.diag.message_primary) == ("FD009", said)


@pytest.mark.parametrize(
    ("table", "month", "codes"),
    [("ikke_bosatte", "2001M04", ["7"]), ("ledige_fylke_varighet", "2001M04", ["T", "T", "T"])],
)
def test_a_symbol_is_said_to_be_of_no_base_cells(
    counting: Connection, table: str, month: str, codes: list[str]
) -> None:
    """Also where there are some: these are weeks that are not known before the series."""
    make(counting, month)
    told = scalar(counting, TELLS, table, month, codes)
    assert (told["verdi"], told["symbol"]) == (None, "..")
    assert told["slutter"].startswith("There is no figure but the symbol ..")
    assert not told["grunnceller"]


def test_the_persons_behind_a_figure(counting: Connection) -> None:
    """As many as the base cells count, each with what he is; the superuser is a member of every role."""
    make(counting, "2003M04")
    for codes in (["0301", "1"], ["9999", "T"], ["T", "9"], ["1850", "2"]):
        told = scalar(counting, TELLS, "ledige_kommune_kjonn", "2003M04", codes)
        rows = counting.execute(
            "SELECT celle, fnr, kjonn, kommune, hoved, fil FROM statistikk.tallets_personer(%s, %s, %s)",
            ["ledige_kommune_kjonn", "2003M04", codes],
        ).fetchall()
        assert len({fnr for _, fnr, *_ in rows}) == len(rows) == sum(cell["antall"] for cell in told["grunnceller"])
        for _, _, kjonn, kommune, hoved, fil in rows:
            assert codes[0] in (kommune, "T")
            assert codes[1] in (kjonn, "T")
            assert (hoved, fil) == ("1", "arbsok_200304.csv")


def test_an_average_has_no_persons(published_year: Connection) -> None:
    make(published_year, "2003")
    with pytest.raises(psycopg.Error, match="averages are of months"), published_year.transaction():
        published_year.execute("SELECT * FROM statistikk.tallets_personer('ikke_bosatte_snitt', '2003', '{1}')")
