"""Versions: what is published never changes, what is corrected keeps what did not change, and averages are of both."""

from decimal import Decimal
from typing import Any

import psycopg
import pytest
from fdtrygd import lasting, statistikk
from fdtrygd.db import locks
from fdtrygd.db.database import scalar
from fdtrygd.errors import UserError
from psycopg.types.json import Jsonb

from counting import Connection, broken, figures, later_register, make, move, publish, stored_base
from loaded import Files, load

WHY = "Etterregistrering"


def refused(connection: Connection, statement: str, *parameters: Any) -> str:
    """What the database refuses it for."""
    with pytest.raises(psycopg.Error) as error, connection.transaction():
        connection.execute(statement, parameters)
    assert error.value.sqlstate == "FD009"
    return error.value.diag.message_primary or ""


def test_a_draft_takes_the_place_of_a_draft(counting: Connection) -> None:
    make(counting, "2003M04")
    again = make(counting, "2003M04")
    assert (again.version.number, again.version.state) == (1, "utkast")
    assert counting.execute("SELECT versjon FROM statistikk.versjon").fetchall() == [(again.version.id,)]


def test_approved_and_then_published(counting: Connection) -> None:
    done = make(counting, "2003M04").version.id
    assert "not approved" in refused(counting, "SELECT statistikk.publiser_versjon(%s, NULL, NULL)", done)
    counting.execute("SELECT statistikk.godkjenn_versjon(%s)", [done])
    assert "approved already" in refused(counting, "SELECT statistikk.godkjenn_versjon(%s)", done)
    assert "does not publish it too" in refused(counting, "SELECT statistikk.publiser_versjon(%s, NULL, NULL)", done)
    assert "One person" in refused(counting, "SELECT statistikk.publiser_versjon(%s, ' ', NULL)", done)
    assert "number" in refused(counting, "SELECT statistikk.publiser_versjon(%s, '01010112345', NULL)", done)
    counting.execute("SELECT statistikk.publiser_versjon(%s, 'bare én er på jobb', NULL)", [done])
    row = counting.execute("SELECT tilstand, alene, godkjent_av = publisert_av FROM statistikk.versjon").fetchone()
    assert row == ("publisert", "bare én er på jobb", True)
    assert "published already" in refused(counting, "SELECT statistikk.publiser_versjon(%s, 'x', NULL)", done)
    assert "There is no version" in refused(counting, "SELECT statistikk.godkjenn_versjon(%s)", done + 1)


def test_what_others_publish_exactly_is_published_for_a_reason(counting: Connection) -> None:
    counting.execute("UPDATE statistikk.pakke SET finnes_eksakt = true")
    done = make(counting, "2003M04").version.id
    counting.execute("SELECT statistikk.godkjenn_versjon(%s)", [done])
    said = refused(counting, "SELECT statistikk.publiser_versjon(%s, 'alene', NULL)", done)
    assert "published exactly elsewhere" in said
    counting.execute("SELECT statistikk.publiser_versjon(%s, 'alene', 'avtalt')", [done])
    assert scalar(counting, "SELECT eksakt FROM statistikk.versjon") == "avtalt"


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE statistikk.celle SET verdi = 1 WHERE verdi IS NOT NULL",
        "DELETE FROM statistikk.celle",
        "TRUNCATE statistikk.celle",
        "INSERT INTO statistikk.celle SELECT versjon, 'ny', koder, 1, NULL FROM statistikk.celle LIMIT 1",
        "UPDATE statistikk.grunnlag SET antall = 5",
        "DELETE FROM statistikk.versjonsregnskap",
        "DELETE FROM statistikk.versjon",
        "UPDATE statistikk.versjon SET tilstand = 'utkast', publisert = NULL, godkjent = NULL, katalog = NULL",
        "UPDATE statistikk.versjon SET katalog = '{}'",
        "UPDATE statistikk.publisert_fil SET sha256 = '0'",
        "DELETE FROM statistikk.publisert_fil",
        "TRUNCATE statistikk.publisert_fil",
    ],
)
def test_nobody_changes_what_is_published(counting: Connection, attempt: str) -> None:
    version = publish(counting, "2003M04").version.id
    file = [{"versjon": version, "fil": "a.csv", "bytes": 1, "sha256": "1"}]
    counting.execute("SELECT statistikk.skriv_publiserte_filer(%s)", [Jsonb(file)])
    assert "never changes" in refused(counting, attempt)


def test_a_correction_has_a_reason_and_keeps_what_did_not_change(counting: Connection) -> None:
    """R5: of each base cell with the same count, whatever else the choice would be; and the old version stays."""
    first = publish(counting, "2003M04").version.id
    before = stored_base(counting, first)
    with pytest.raises(UserError, match="another one is a correction: --why"):
        make(counting, "2003M04")
    counting.execute("UPDATE statistikk.avrundingsnokkel SET nokkel = repeat('0', 64)")
    move(counting, later_register(counting), "2003-04-01", 24)
    done = make(counting, "2003M04", WHY)
    after = stored_base(counting, done.version.id)
    assert done.version.number == 2
    same = {cell for cell, (count, _) in after.items() if before.get(cell, (0,))[0] == count}
    assert len(same) < len(after)
    assert sum(before[cell][0] < 3 for cell in same) > 10
    assert [cell for cell in same if after[cell] != before[cell]] == []
    assert "uendret" not in "".join(broken(done))
    assert stored_base(counting, first) == before


def test_a_choice_that_forgets_the_version_before_is_not_taken(
    counting: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(counting, "2003M04")
    choose = statistikk.make.__globals__["rounding"].choose

    def turned(cells: Any) -> Any:
        shown = choose(cells)
        small = cells.count < 3
        shown[small] = 3 - shown[small]
        return shown

    monkeypatch.setattr(statistikk.make.__globals__["rounding"], "choose", turned)
    with pytest.raises(UserError, match="protect nobody"):
        make(counting, "2003M04", WHY)


@pytest.mark.parametrize(("persons", "small"), [(1, True), (9, True), (10, False)])
def test_a_correction_of_few_persons_is_not_published(counting: Connection, persons: int, small: bool) -> None:
    """R5b: everything else stands still, so that the difference between two versions would be these persons."""
    publish(counting, "2003M04")
    move(counting, later_register(counting), "2003-04-01", persons, "f.kjonn = '1' AND f.kommune = '0301'")
    done = make(counting, "2003M04", WHY)
    assert ("stor_nok" in "".join(broken(done))) == small
    assert done.version.number == 2
    if small:
        with pytest.raises(UserError, match=f"fylke 03: the base cells of {persons} person"):
            statistikk.approve(counting, ["2003M04"])
    else:
        statistikk.approve(counting, ["2003M04"])


def test_a_correction_corrects_something(published_year: Connection) -> None:
    """A figure, or what is said of them; an average also where it is of another month's version."""
    counting = published_year
    publish(counting, "2003")
    for period in ("2003M04", "2003"):
        make(counting, period, WHY)
        with pytest.raises(UserError, match=f"^{period}, version 2, does not hold") as refusal:
            statistikk.approve(counting, [period])
        assert "endret: every figure, and what is said of them, is as in version 1." in str(refusal.value)
    counting.execute("UPDATE statistikk.note SET tekst = tekst || ' Rettet.' WHERE note = 'uoppgitt'")
    publish(counting, "2003M04", WHY)
    assert "endret" in "".join(broken(make(counting, "2003M04", WHY)))
    counting.execute("UPDATE statistikk.note SET tekst = replace(tekst, ' Rettet.', '') WHERE note = 'uoppgitt'")
    assert broken(make(counting, "2003", WHY)) == []  # it is of version 2 of April now


FINER = (
    "INSERT INTO statistikk.gruppering VALUES ('alder_unge', 'alder', 'Alder');"
    "INSERT INTO statistikk.klasse (gruppering, kode, rekkefolge, tekst, fra, til, i_alt) VALUES"
    " ('alder_unge', '000-019', 1, '-19', 0, 19, true), ('alder_unge', '020+', 2, '20-', 20, NULL, true),"
    " ('alder_unge', 'U', 3, 'Uoppgitt', -1, -1, true);"
    "INSERT INTO statistikk.pakke_base VALUES ('arbeidssokere', 'helt_ledige', 'alder_unge')"
)
COARSER = (
    "DELETE FROM statistikk.dimensjon WHERE tabell = 'ledige_fylke_varighet';"
    "DELETE FROM statistikk.tabell WHERE 'ledige_fylke_varighet' IN (tabell, snitt_av);"
    "DELETE FROM statistikk.pakke_base WHERE gruppering = 'varighet';"
    "DELETE FROM statistikk.note WHERE tabell = 'ledige_fylke_varighet'"
)


@pytest.mark.parametrize("change", [FINER, COARSER])
def test_a_base_of_another_kind_is_a_break(counting: Connection, change: str) -> None:
    """Nothing is the same in it, and so nothing is kept. With the same persons that would show whose small counts were
    drawn otherwise: what is published is not made anew like that, and the next month is.
    """
    publish(counting, "2003M03")
    counting.execute(change)  # type: ignore[arg-type]
    done = make(counting, "2003M03", WHY)
    kept = scalar(
        counting,
        "SELECT count(*) FROM statistikk.celler_til_avrunding(%s) WHERE forrige <> -1 OR forrige_periode <> -1",
        done.version.id,
    )
    assert kept == 0
    fylker = {
        (fylke, 0, True)
        for (fylke,) in counting.execute(
            "SELECT DISTINCT fylke FROM statistikk.grunnlag WHERE versjon = %s", [done.version.id]
        )
    }
    assert set(counting.execute("SELECT * FROM statistikk.endret_i_fylket(%s)", [done.version.id])) == fylker
    with pytest.raises(UserError, match=r"fylke 03: the base is told apart otherwise .* 0 persons changed"):
        statistikk.approve(counting, ["2003M03"])
    assert broken(make(counting, "2003M04")) == []


@pytest.mark.parametrize(("persons", "small"), [(9, True), (10, False)])
def test_a_base_of_another_kind_takes_as_large_a_correction(counting: Connection, persons: int, small: bool) -> None:
    """In each fylke, as main groups show it: here all that are left have persons enough of another main group."""
    first = publish(counting, "2003M04").version.id
    counting.execute(FINER)
    done = make(counting, "2003M04", WHY)
    with counting.transaction(force_rollback=True):
        counting.execute("ALTER TABLE statistikk.grunnlag DISABLE TRIGGER USER")
        counting.execute("DELETE FROM statistikk.grunnlag WHERE fylke <> '03'")
        counting.execute(
            "UPDATE statistikk.grunnlag SET antall = antall + %s WHERE versjon = %s AND celle ="
            " (SELECT min(celle) FROM statistikk.grunnlag WHERE versjon = %s)",
            [persons, first, first],
        )
        found = counting.execute("SELECT * FROM statistikk.endret_i_fylket(%s)", [done.version.id]).fetchall()
        assert found == [("03", persons, True)]
        broken_now = counting.execute(
            "SELECT count(*) FROM statistikk.statistikkontrollert(%s) WHERE kontroll = 'stor_nok'", [done.version.id]
        ).fetchone()
    assert broken_now == (int(small),)


def test_other_fylker_are_compared_as_a_country(counting: Connection) -> None:
    publish(counting, "2003M04")
    counting.execute("UPDATE statistikk.pakke SET inndeling = '2005-12-31'")
    done = make(counting, "2003M04", WHY)
    assert list(counting.execute("SELECT * FROM statistikk.endret_i_fylket(%s)", [done.version.id])) == [("-", 0, True)]
    with pytest.raises(UserError, match="the country: the base is told apart otherwise"):
        statistikk.approve(counting, ["2003M04"])


def test_each_period_starts_elsewhere(counting: Connection) -> None:
    """Exact totals of other months do not tell where the choice of this one began; and it begins there each time."""
    start = "SELECT DISTINCT periodens_stoy FROM statistikk.celler_til_avrunding(%s)"
    found = [scalar(counting, start, make(counting, month).version.id) for month in ("2003M03", "2003M04", "2003M03")]
    assert found[0] == found[2] != found[1]
    assert all(0 <= each < 1 for each in found)


def test_last_months_choice_is_kept_where_the_count_is_the_same(counting: Connection) -> None:
    """R9: else 0 in one month beside 3 in the next says 1 or 2. Without a month before, few cells go the same way."""
    shown = [stored_base(counting, publish(counting, month).version.id) for month in ("2003M03", "2003M04")]
    same = [cell for cell, (count, _) in shown[1].items() if count < 3 and shown[0].get(cell, (0,))[0] == count]
    flipped = [cell for cell in same if shown[0][cell] != shown[1][cell]]
    assert len(same) > 10
    assert len(flipped) <= 0.2 * len(same)


def test_an_average_of_fewer_months_is_not_there(counting: Connection) -> None:
    publish(counting, "2003M04")
    incomplete = make(counting, "2003")
    assert set(figures(counting, incomplete.version.id).values()) == {".."}
    assert broken(incomplete) == []


def test_averages_are_of_the_twelve_published_months(published_year: Connection) -> None:
    counting = published_year
    done = make(counting, "2003")
    assert broken(done) == []
    assert done.version.number == 1
    months = counting.execute("SELECT versjon FROM statistikk.versjon WHERE periode LIKE '2003M%' ORDER BY periode")
    of_months = [figures(counting, version) for (version,) in months.fetchall()]
    assert len(of_months) == 12
    for (table, *codes), figure in figures(counting, done.version.id).items():
        parts = [month[table.removesuffix("_snitt"), *codes] for month in of_months]
        expected = ".." if ".." in parts else sum(parts, Decimal(0)) / 12
        assert figure == expected or abs(figure - expected) < Decimal("1e-9"), (table, codes)
    statistikk.approve(counting, ["2003"])
    counting.execute("SELECT statistikk.publiser_versjon(%s, 'alene', NULL)", [done.version.id])
    # A month is corrected: then the average is of the old one, and is made again
    move(counting, later_register(counting), "2003-04-01", 24)
    counting.execute("UPDATE statistikk.pakke SET minste_rettelse = 1")
    publish(counting, "2003M04", WHY)
    assert figures(counting, make(counting, "2003", WHY).version.id) != figures(counting, done.version.id)
    corrected = counting.execute(
        "SELECT count(*) FROM statistikk.rettelse WHERE periode = '2003M04' AND nummer = 2 AND rettet"
    ).fetchone()
    assert corrected
    assert corrected[0] > 0


def test_an_average_of_an_older_month_is_not_published(published_year: Connection) -> None:
    counting = published_year
    done = make(counting, "2003").version.id
    counting.execute("UPDATE statistikk.pakke SET minste_rettelse = 1")
    move(counting, later_register(counting), "2003-04-01", 24)
    publish(counting, "2003M04", WHY)
    said = refused(counting, "SELECT statistikk.godkjenn_versjon(%s)", done)
    assert "snitt: 2003M04: the average is of version 1, and version 2 is published" in said


def test_a_class_that_was_not_in_use_all_year_has_no_average(counting: Connection) -> None:
    counting.execute("UPDATE befolkning.kommune SET gyldig_fra = '2003-03-01' WHERE kommune = '1850'")
    counting.execute(
        "UPDATE befolkning.kjennemerke SET kommune = '1804' WHERE kommune = '1850' AND mnddato < '2003-03-01'"
    )
    for month in ("2003M02", "2003M03"):
        publish(counting, month)
    done = make(counting, "2003")
    found = {cell[1]: figure for cell, figure in figures(counting, done.version.id).items() if len(cell) == 3}
    assert (found["1850"], found["1804"], found["T"]) == (".", "..", "..")
    assert broken(done) == []


def test_unloading_takes_drafts_and_leaves_what_is_published(counting_apart: Connection, files: Files) -> None:
    counting = counting_apart
    published = publish(counting, "2003M04").version.id
    for month in ("2003M05", "2003M06"):
        make(counting, month)
    statistikk.approve(counting, ["2003M06"])
    older = make(counting, "2002M12").version.id
    before = stored_base(counting, published), figures(counting, published)
    told: list[str | None] = []
    counting.add_notice_handler(lambda notice: told.append(notice.message_primary))
    with locks.alone(counting):
        lasting.unload_year(counting, 2003)
    assert told == [
        "Statistics of these months: versions that are gone, not published yet: 2; published ones, which lead to their "
        "base now and no more to persons: 1."
    ]
    left = counting.execute("SELECT versjon FROM statistikk.versjon ORDER BY versjon").fetchall()
    assert sorted(left) == sorted([(published,), (older,)])
    assert (stored_base(counting, published), figures(counting, published)) == before
    assert counting.execute("SELECT count(*) FROM befolkning.kjennemerke WHERE mnddato > '2003-01-01'").fetchone() == (
        0,
    )
    lineage = scalar(counting, "SELECT statistikk.forklar_tall('ledige_kommune_kjonn', '2003M04', '{0301,T}')")
    assert "ends at the base" in lineage["slutter"]
    assert lineage["grunnceller"]
    # What is loaded and made again from the same persons keeps every figure
    load(counting, 2003, files)
    later_register(counting)
    again = make(counting, "2003M04", "Lastet på nytt")
    assert again.version.number == 2
    assert figures(counting, again.version.id) == before[1]
