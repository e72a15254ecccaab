"""The controls of a version: each is broken once and found, and nothing else is."""

from dataclasses import dataclass

import pytest
from fdtrygd.db.database import scalar

from counting import Connection, broken, later_register, make, publish


@dataclass(frozen=True)
class Damage:
    """What is done to a draft, and what finds it."""

    control: str
    does: str
    #: others that must find it too
    also: frozenset[str] = frozenset()


DAMAGES = [
    Damage(
        "summer",
        "UPDATE statistikk.celle SET verdi = verdi + 3 WHERE versjon = {version} AND tabell = 'ledige_kommune_alder'"
        " AND koder = '{{0301,T}}'",
        frozenset({"samme_tall", "fra_personene"}),
    ),
    Damage("regnskap", "DELETE FROM statistikk.versjonsregnskap WHERE versjon = {version} AND hoved = '2'"),
    Damage(
        "smaa_tall",
        "UPDATE statistikk.grunnlag SET beskyttet = antall WHERE versjon = {version} AND antall < 3"
        " AND celle = (SELECT min(celle) FROM statistikk.grunnlag WHERE versjon = {version} AND antall < 3)",
        frozenset({"fra_personene"}),
    ),
    Damage(
        "fra_personene",
        "UPDATE befolkning.kjennemerke AS k SET kjonn = (3 - k.kjonn::integer)::text FROM trygdfob.miniregister AS m"
        " WHERE m.fnr = k.fnr AND m.mnddato = k.mnddato AND k.mnddato = '2003-04-01' AND m.hoved = '2'"
        " AND k.kjonn <> '9'",
    ),
    Damage(
        "koder",
        "DELETE FROM statistikk.celle WHERE versjon = {version} AND tabell = 'ledige_kommune_kjonn'"
        " AND koder = '{{1850,9}}'",
    ),
]


def found_by(connection: Connection, version: int) -> set[str]:
    return {
        name
        for name, severity in connection.execute(
            "SELECT DISTINCT f.kontroll, k.alvor FROM statistikk.statistikkontrollert(%s) AS f"
            " JOIN statistikk.statistikkontroll AS k ON k.kontroll = f.kontroll",
            [version],
        ).fetchall()
        if severity == "feil"
    }


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.control)
def test_the_damage_is_found_and_nothing_else(counting: Connection, damage: Damage) -> None:
    version = make(counting, "2003M04").version.id
    assert found_by(counting, version) == set()
    counting.execute(damage.does.format(version=version))
    assert found_by(counting, version) == {damage.control, *damage.also}


def test_a_figure_that_two_tables_show_differently_is_found(counting: Connection) -> None:
    version = make(counting, "2003M04").version.id
    counting.execute(
        "UPDATE statistikk.celle SET verdi = verdi + 3 WHERE versjon = %s AND tabell = 'ledige_fylke_alder'", [version]
    )
    assert "samme_tall" in found_by(counting, version)


def test_a_fylke_that_is_not_its_kommuner_is_found(counting: Connection) -> None:
    """Though each table adds up by itself."""
    version = make(counting, "2003M04").version.id
    counting.execute("UPDATE befolkning.kommune SET fylke = '12' WHERE kommune = '1850'")
    said = counting.execute(
        "SELECT detalj FROM statistikk.statistikkontrollert(%s) WHERE kontroll = 'summer'", [version]
    ).fetchall()
    assert any("its kommuner give" in sentence for (sentence,) in said)


def test_a_base_cell_that_changed_its_figure_is_found(counting: Connection) -> None:
    first = publish(counting, "2003M04").version.id
    later_register(counting)
    version = make(counting, "2003M04", "prøve").version.id
    counting.execute(
        "UPDATE statistikk.grunnlag SET beskyttet = 3 - beskyttet WHERE versjon = %s AND celle = ("
        " SELECT min(celle) FROM statistikk.grunnlag WHERE versjon = %s AND antall < 3)",
        [version, first],
    )
    assert "uendret" in found_by(counting, version)


def test_a_year_whose_ledgers_are_not_its_files_is_found(published_year: Connection) -> None:
    """The base and what was left out, by main group, are what asok_kontroll has of the same files, in every year."""
    done = make(published_year, "2003")
    assert broken(done) == []
    ledgers = published_year.execute(
        "SELECT r.hoved, round(sum(r.antall) / 12.0, 1) FROM statistikk.versjonsregnskap AS r"
        " JOIN statistikk.snitt_av_versjon AS s ON s.maaned = r.versjon WHERE s.versjon = %s GROUP BY r.hoved",
        [done.version.id],
    ).fetchall()
    files = published_year.execute(
        "SELECT hoved, filene FROM arbsok.asok_kontroll WHERE aargang = 2003 AND filene > 0"
    ).fetchall()
    assert sorted(ledgers) == sorted(files)
    published_year.execute(
        "UPDATE arbsok_lasting.miniregister_tall SET antall = antall + 12 WHERE mnddato = '2003-04-01' AND hoved = '2'"
        " AND (mnddato, hoved, as_gr, mrk_fnr, coalesce(tiltak, ''), coalesce(ytelse, '')) IN ("
        " SELECT mnddato, hoved, as_gr, mrk_fnr, coalesce(tiltak, ''), coalesce(ytelse, '')"
        " FROM arbsok_lasting.miniregister_tall WHERE mnddato = '2003-04-01' AND hoved = '2' LIMIT 1)"
    )
    assert found_by(published_year, done.version.id) == {"aarets_filer"}


def test_an_average_that_is_none_is_found(published_year: Connection) -> None:
    done = make(published_year, "2003").version.id
    published_year.execute(
        "UPDATE statistikk.celle SET verdi = verdi + 1 WHERE versjon = %s AND tabell = 'ledige_fylke_alder_snitt'"
        " AND koder = '{03,1,T}'",
        [done],
    )
    assert "snitt" in found_by(published_year, done)


@pytest.mark.parametrize(("more", "warned"), [(2, False), (3, True)])
def test_what_is_far_from_official_figures_is_told(counting: Connection, more: int, warned: bool) -> None:
    """By 1 per cent and 3 persons at least; `..` is never held against anything."""
    version = make(counting, "2003M04").version.id
    shown = scalar(
        counting,
        "SELECT verdi FROM statistikk.celle WHERE versjon = %s AND tabell = 'ledige_kommune_kjonn' AND koder = '{T,T}'",
        version,
    )
    counting.execute(
        "INSERT INTO statistikk.offisiell_celle (kilde, tabell, periode, koder, verdi, symbol) VALUES"
        " ('prøve', 'ledige_kommune_kjonn', '2003M04', '{T,T}', %s, NULL),"
        " ('prøve', 'ledige_kommune_kjonn', '2003M04', '{0301,T}', NULL, '..')",
        [shown + more],
    )
    found = counting.execute(
        "SELECT detalj FROM statistikk.statistikkontrollert(%s) WHERE kontroll = 'offisielle'", [version]
    ).fetchall()
    assert bool(found) == warned
    assert len(found) <= 1


@pytest.mark.parametrize(("synthetic", "warned"), [(False, True), (True, False)])
def test_nobodys_figures_are_not_held_against_real_ones(
    published_year: Connection, synthetic: bool, warned: bool
) -> None:
    version = make(published_year, "2003").version.id
    published_year.execute("UPDATE statistikk.versjon SET syntetisk = %s WHERE versjon = %s", [synthetic, version])
    found = published_year.execute(
        "SELECT detalj FROM statistikk.statistikkontrollert(%s) WHERE kontroll = 'offisielle'", [version]
    ).fetchall()
    assert bool(found) == warned


@pytest.mark.parametrize(("more", "warned"), [(2, False), (3, True)])
def test_what_is_far_from_the_counts_is_told(counting: Connection, more: int, warned: bool) -> None:
    """The whole by more than 2."""
    version = make(counting, "2003M04").version.id
    counting.execute("UPDATE statistikk.grunnlag SET beskyttet = antall WHERE versjon = %s;", [version])
    counting.execute(
        "UPDATE statistikk.grunnlag SET beskyttet = beskyttet + %s WHERE versjon = %s AND celle = 1", [more, version]
    )
    found = counting.execute(
        "SELECT detalj FROM statistikk.statistikkontrollert(%s) WHERE kontroll = 'avstand' AND noekkel = 'i alt'",
        [version],
    ).fetchall()
    assert bool(found) == warned


def test_an_attack_that_found_somebody_is_told(counting: Connection) -> None:
    version = make(counting, "2003M04").version.id
    for disclosed, warned in ((1, True), (0, False)):
        counting.execute("SELECT statistikk.skriv_avsloringskontroll(%s, 10, %s, 0, '{}')", [version, disclosed])
        said = counting.execute(
            "SELECT detalj FROM statistikk.statistikkontrollert(%s) WHERE kontroll = 'avslort'", [version]
        ).fetchall()
        assert bool(said) == warned


def test_every_control_says_what_it_promises(counting: Connection) -> None:
    for name, severity, *texts in counting.execute(
        "SELECT kontroll, alvor, tittel, lover, lover_norsk, kilde FROM statistikk.statistikkontroll"
    ):
        assert severity in ("feil", "advarsel")
        assert all(text.strip() for text in texts), name
    kept = scalar(
        counting, "SELECT kontroller FROM statistikk.versjon WHERE versjon = %s", make(counting, "2003M04").version.id
    )
    names = {name for (name,) in counting.execute("SELECT kontroll FROM statistikk.statistikkontroll")}
    assert kept.keys() == names
    assert {count for name, count in kept.items() if name != "avstand"} == {0}  # of so few persons, the key decides
