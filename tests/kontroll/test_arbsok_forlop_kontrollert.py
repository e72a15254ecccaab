"""Controls of the records of F_ARBSOK: each is broken on purpose, in every way that it looks for (spec.md 5)."""

from collections.abc import Iterator

from damages import (
    DATES,
    DELETE,
    END,
    GROUP_ENTRY,
    KEY,
    LAST,
    LAST_DAY,
    MORE,
    NEXT_KEY,
    OPENING,
    RUNS_ON,
    SYNC,
    VALUES,
    Connection,
    Damage,
    Suspicious,
    before,
    controls_of,
    copy,
    damaged,
    exit_after,
    group,
    must_be_found,
    record,
    spell,
)


def forlop() -> Iterator[Damage]:
    """Records of F_ARBSOK (arbsok_forlop_kontrollert)."""
    yield Damage(
        "nokkel_entydig",
        "a record twice",
        "kode = '2'",
        (copy("'kode', f.kode"),),
        counted=True,
        against=("f_asok_pk",),
    )

    first = "en_apning"
    for kode in ("3", "9"):
        yield Damage(
            first,
            f"a second opening, {kode}",
            "kode = '2'",
            (record(f"kode = '{kode}'"),),
            found=KEY("regdato", f"'{kode}'"),
            counted=True,
        )
    yield Damage(
        first,
        "a second opening, 1",
        "kode = '2' AND asoktilg = tilgdato",
        (record("kode = '1'"),),
        found=KEY("regdato", "'1'"),
        counted=True,
    )
    for what, year, of, where in (
        ("no opening", 2002, 2002, "true"),
        ("no opening, of the year before", 2002, 2001, "2001 = ANY (lop_ved_slutten_av)"),
        ("no opening, in the first year", 2001, 2001, "true"),
    ):
        yield Damage(
            first,
            what,
            f"{OPENING} AND {where}",
            (record("kode = '2'"),),
            year=year,
            of=of,
            found=KEY("regdato", "'2'"),
            counted=True,
        )
    yield Damage(
        first,
        "opens after tilgdato",
        f"{OPENING} AND (n_regdato > regdato + 1 OR {LAST})",
        (record("regdato = f.regdato + 1"),),
        found=KEY("regdato + 1", "kode"),
        counted=True,
    )

    yield Damage(
        "en_avgang",
        "closed twice",
        "slag = 'A' AND n_aargang = 2002 AND n_regdato > regdato + 2",
        (
            copy("'regdato', f.regdato + 1, 'asokavg', f.regdato + 1, 'avgdato', f.regdato + 1"),
            spell("tomdato = v.regdato + 1"),
            group("asoktom = v.regdato + 1"),
            record("regtom = f.regdato + 1"),
        ),
        found=KEY("regdato + 1", "kode"),
        counted=True,
    )
    yield Damage(
        "innenfor_tilfellet",
        "the new group before the old one's exit",
        f"{GROUP_ENTRY} AND f_asoktilg < f_regdato - 1 AND {MORE}",
        (record("regdato = f.regdato - 2"),),
        found=KEY("regdato - 2", "kode"),
    )

    overlap = "ingen_overlapp"
    yield Damage(
        overlap, "the spell before runs on", "slag = 'A' AND n_aargang = 2002", RUNS_ON, found=NEXT_KEY, counted=True
    )
    for what, days in (("the day it ends", 0), ("after the next began", 1)):
        date = f"v.n_tilgdato + {days}"
        yield Damage(
            overlap,
            f"another spell begins: {what}",
            f"slag = 'A' AND {MORE}",
            (
                record(f"regdato = {date}, asokavg = {date}, avgdato = {date}, regtom = {date}, dagdato = {date}"),
                spell(f"tomdato = {date}"),
                group(f"asoktom = {date}"),
                before(f"regtom = {date}"),
            ),
            found=NEXT_KEY,
        )
    yield Damage(
        overlap,
        "the spell of an earlier year runs on",
        f"{OPENING} AND individ = 'avsluttet' AND f_aargang = 2001",
        (
            "DELETE FROM trygdfob.f_arbsok AS f USING v WHERE f.fnr = v.fnr AND f.regdato = v.f_regdato"
            " AND f.kode = '0'",
        ),
    )

    groups = "grupper_dekker"
    yield Damage(
        groups,
        "a record after the group's exit",
        GROUP_ENTRY,
        (copy("'kode', '2', 'asoktilg', v.f_asoktilg"),),
        found="unnest(ARRAY[noekkel, concat_ws(' ', fnr, regdato, '2')])",
        counted=True,
    )
    yield Damage(
        groups,
        "a second entry",
        "kode = '2' AND asoktilg <> tilgdato",
        (record("kode = '1'"),),
        found=KEY("regdato", "'1'"),
        counted=True,
    )
    yield Damage(
        groups,
        "no exit",
        "slag = 'G'",
        (DELETE, group("asoktom = NULL"), before("regtom = NULL")),
        found=NEXT_KEY,
        counted=True,
    )
    day = ", ".join(f"{column} = v.regdato" for column in ("regdato", "asoktilg", *DATES))
    yield Damage(
        groups,
        "no exit from a group of one day",
        "slag = 'G' AND f_kode IN ('1', '3', '9') AND f_regdato = tilgdato AND f_aargang = 2001",
        (before(f"{day}, asoktom = NULL, regtom = NULL"), spell("tilgdato = v.regdato"), DELETE, SYNC),
        found=NEXT_KEY,
        counted=True,
    )
    yield Damage(groups, "no entry", GROUP_ENTRY, (record("kode = '2'"),), found=KEY("regdato", "'2'"), counted=True)
    for what, days in (("a gap", -1), ("a day in both", 1)):
        date = f"v.regdato + {days}"
        yield Damage(
            groups,
            what,
            f"slag = 'G' AND f_regdato < regdato - 1 AND {MORE}",
            (
                record(f"regdato = {date}, asokavg = {date}, regtom = {date}"),
                group(f"asoktom = {date}"),
                before(f"regtom = {date}"),
            ),
            found=NEXT_KEY,
        )
    yield Damage(
        groups,
        "nothing after the exit, of the year after",
        "slag = 'A' AND status LIKE '_X%' AND 2002 = ANY (lop_ved_slutten_av)",
        (record("avgdato = NULL"), spell("tomdato = NULL")),
        of=2003,
    )

    for slag in ("G", "A"):
        yield Damage(
            "en_hovedgruppe",
            f"another one at the exit, {slag}",
            f"slag = '{slag}'",
            (record("hoved = '8'"), SYNC),
            counted=True,
        )
    yield Damage(
        "en_hovedgruppe",
        "the same one before and after",
        f"{GROUP_ENTRY} AND f_asoktilg = tilgdato AND (SELECT every(g.aargang = 2001 OR g.kode = '0')"
        " FROM trygdfob.f_arbsok AS g WHERE g.fnr = rekke.fnr AND g.asoktilg = rekke.f_asoktilg)",
        ("UPDATE trygdfob.f_arbsok AS f SET hoved = v.hoved FROM v WHERE f.fnr = v.fnr AND f.asoktilg = v.f_asoktilg",),
        counted=True,
    )

    for date, value in zip(DATES, VALUES, strict=True):
        for what, where, year in (
            ("opening", f"{OPENING} AND kode = '1'", 2002),
            ("left-censored opening", f"{OPENING} AND kode <> '1'", 2001),
            ("group entry", GROUP_ENTRY, 2002),
        ):
            yield Damage(
                "datoer_ved_tilgang",
                f"{date}, {what}",
                f"{where} AND {END}",
                (record(f"{date} = f.{date} - 1"), exit_after(f"{date} = f.{date} - 1"), SYNC),
                year=year,
            )
        others = [other for other in DATES if other != date]
        yield Damage(
            "endring_er_endring",
            f"{date} of what did not change",
            f"kode = '2' AND {date} <> regdato AND {END}",
            (record(f"{date} = v.regdato"), exit_after(f"{date} = v.regdato"), SYNC),
        )
        yield Damage(
            "endring_er_endring",
            f"not {date} of what changed",
            f"kode = '2' AND {date} = regdato AND regdato IN ({', '.join(others)}) AND {END}",
            (record(f"{date} = v.f_{date}"), exit_after(f"{date} = v.f_{date}"), SYNC),
            year=2003,
        )
        yield Damage(
            "uendret_beholder_dato",
            date,
            f"kode = '2' AND {date} <> regdato AND {END}",
            (record(f"{date} = f.{date} - 1"), exit_after(f"{date} = f.{date} - 1"), SYNC),
        )
        yield Damage("avgang_viser_siste", date, "slag = 'A'", (record(f"{date} = f.{date} - 1"), SYNC))
        yield Damage("avgang_viser_siste", value, "slag = 'G'", (record(f"{value} = 'ZZ'"),))
        yield Damage(
            "avgang_viser_siste",
            f"{value} is missing",
            f"slag = 'A' AND {value} IS NOT NULL",
            (record(f"{value} = NULL"),),
        )
    as_before = ", ".join(f"{column} = v.f_{column}" for column in DATES + VALUES)
    yield Damage(
        "endring_er_endring",
        "nothing changes, of the year before",
        f"kode = '2' AND 2001 = ANY (lop_ved_slutten_av) AND {END}",
        (record(as_before), exit_after(as_before), SYNC),
        of=2001,
    )

    closed = "tomdato IS NOT NULL"
    for what, where, of, value in (
        ("opening", f"{OPENING} AND {closed}", 2002, "f.tomdato + 1"),
        ("change", f"kode = '2' AND {closed}", 2002, "NULL"),
        ("exit", "slag = 'A'", 2002, "f.tomdato - 1"),
        ("group exit", f"slag = 'G' AND {closed}", 2002, "f.asokavg"),
        ("of a running spell", f"kode <> '0' AND {LAST}", 2002, "f.dagdato"),
        ("of the year before", f"{closed} AND 2001 = ANY (lop_ved_slutten_av)", 2001, "NULL"),
        ("of the year after", f"kode = '2' AND {closed} AND 2002 = ANY (lop_ved_slutten_av)", 2003, "NULL"),
    ):
        yield Damage("tomdato", what, where, (record(f"tomdato = {value}"),), of=of)
    ended = "asoktom IS NOT NULL"
    for what, where, of, value in (
        ("opening", f"{OPENING} AND {ended}", 2002, "f.asoktom + 1"),
        ("group entry", f"{GROUP_ENTRY} AND {ended}", 2002, "NULL"),
        ("change", f"kode = '2' AND {ended}", 2002, "f.asoktom - 1"),
        ("exit", "slag = 'A'", 2002, "NULL"),
        ("group exit", "slag = 'G'", 2002, "f.tomdato"),
        ("of a running spell", f"kode <> '0' AND {LAST}", 2002, "f.dagdato"),
        ("of the year before", f"{ended} AND 2001 = ANY (lop_ved_slutten_av)", 2001, "NULL"),
    ):
        distinct = f" AND {value.replace('f.', '')} IS DISTINCT FROM asoktom"
        yield Damage("asoktom", what, where + distinct, (record(f"asoktom = {value}"),), of=of)
    for what, where, of, value in (
        ("before a change", "n_kode = '2' AND gruppen_fortsetter", 2002, "v.n_regdato"),
        ("before an exit", "n_kode = '0' AND gruppen_fortsetter", 2002, "v.n_regdato - 1"),
        ("still open before a change", "n_kode = '2' AND gruppen_fortsetter", 2002, "NULL"),
        ("exit", "slag = 'A'", 2002, "f.regdato - 1"),
        ("group exit", "slag = 'G'", 2002, "NULL"),
        ("still holds", LAST + " AND kode <> '0'", 2002, "f.dagdato"),
        ("of the year before", "n_kode = '2' AND gruppen_fortsetter AND n_aargang = 2002", 2001, "v.regdato"),
    ):
        yield Damage("regtom", what, where, (record(f"regtom = {value}"),), of=of)

    everything = ", ".join(f"{column} = v.tilgdato - 1" for column in ("tilgdato", "asoktilg", *DATES))
    yield Damage(
        "fra_serie_start",
        "a day before",
        f"{OPENING} AND regdato = DATE '2001-05-01' AND n_kode = '0' AND n_avgdato IS NOT NULL AND n_aargang = 2001",
        (exit_after(everything), record(f"{everything}, regdato = v.regdato - 1"), SYNC),
        found=f"unnest(ARRAY[{KEY('regdato - 1', 'kode')}, {NEXT_KEY}])",
        year=2001,
    )

    fits = "status_og_kode"
    yield Damage(
        fits,
        "X on a group exit",
        "slag = 'G'",
        (record("status = overlay(f.status placing 'X' from 2 for 1)"),),
        counted=True,
    )
    for slag, status in (("A", "UK111"), ("A", "UK101"), ("A", "ZZ999"), ("G", "OK100"), ("G", "ZZ999")):
        where = f"slag = '{slag}' AND status NOT LIKE '_X%' AND status <> '{status}' AND n_aargang = 2002"
        yield Damage(fits, f"{status} on {slag}", where, (record(f"status = '{status}'"), SYNC), counted=True)
    for kode in ("1", "3"):
        yield Damage(
            fits,
            f"left-censored is not {kode}",
            f"{OPENING} AND kode = '9'",
            (record(f"kode = '{kode}'"),),
            year=2001,
            found=KEY("regdato", f"'{kode}'"),
            counted=True,
        )
    for status, rule in (
        ("UK111", "handling = 'avgang_tilgang'"),
        ("OK100", "handling = 'gruppeovergang'"),
        ("NK070", "handling = 'ingen', tilgang_dato = NULL"),
        ("UK101", "kode = '9'"),
    ):
        yield Damage(
            fits,
            f"the rule table has {status} otherwise",
            f"status = '{status}'",
            (f"UPDATE trygdfob.statuskode SET {rule} WHERE status = '{status}'",),
            found="(SELECT array_agg(r.noekkel) FROM rekke AS r WHERE r.aargang = 2002 AND r.status = v.status)",
        )

    dated = "datering"
    a_day_later = ", ".join(
        f"{date} = CASE WHEN f.{date} = f.regdato THEN f.regdato + 1 ELSE f.{date} END" for date in DATES
    )
    yield Damage(
        dated,
        "change",
        f"kode = '2' AND {LAST}",
        (record(f"{a_day_later}, regdato = f.regdato + 1"), before("regtom = v.regdato"), SYNC),
        found=KEY("regdato + 1", "kode"),
    )
    yield Damage(
        dated,
        "entry",
        f"{OPENING} AND {LAST}",
        (record(f"{a_day_later}, regdato = f.regdato + 1, tilgdato = f.regdato + 1, asoktilg = f.regdato + 1"), SYNC),
        found=KEY("regdato + 1", "kode"),
    )
    yield Damage(dated, "exit", "slag = 'A' AND status NOT LIKE '_X%'", (record("dagdato = f.dagdato - 1"),))
    yield Damage(
        dated, "exit at the year's end", "slag = 'A' AND status LIKE '_X%'", (record("dagdato = f.dagdato - 1"),)
    )

    known = "ny_eller_kjent"
    for slag, there, other in (("G", "UK111", "UI110"), ("A", "OK100", "OK101")):
        yield Damage(
            known,
            f"exit and entry differ, {slag}",
            f"slag = '{slag}' AND status = '{there}' AND n_aargang = 2002",
            (record(f"status = '{other}'"), SYNC),
            counted=True,
        )
    back = f"{OPENING} AND individ = 'avsluttet' AND f_aargang = 2001"
    yield Damage(
        known,
        "back from nowhere",
        back,
        ("DELETE FROM trygdfob.f_arbsok AS f USING v WHERE f.fnr = v.fnr AND f.aargang = 2001",),
    )
    yield Damage(known, "back, but the year's end closed nothing", back, (before("status = 'OK100'"),))
    yield Damage(
        known,
        "closed at the year's end, but not back",
        "slag = 'A' AND status LIKE 'O%' AND status NOT LIKE '_X%' AND n_aargang = 2002 AND dagdato < '2002-08-01'",
        (record("status = overlay(f.status placing 'X' from 2 for 1)"),),
        found=NEXT_KEY,
        counted=True,
    )
    yield Damage(
        "aargang_er_registreringens",
        "a record of the year before",
        "kode = '2' AND 2001 = ANY (lop_ved_slutten_av)",
        (record("aargang = 2002"),),
        of=2001,
        counted=True,
    )
    for what, year in (("", 2002), (", in the first year", 2001)):
        date = f"{LAST_DAY} - 91"
        yield Damage(
            "avslutning",
            f"13 weeks to the day{what}",
            "slag = 'A' AND status LIKE '_X%'",
            (
                record(f"regdato = {date}, asokavg = {date}, avgdato = {date}, regtom = {date}, dagdato = {date}"),
                spell(f"tomdato = {date}"),
                group(f"asoktom = {date}"),
                before(f"regtom = {date}"),
                SYNC,
            ),
            year=year,
            found=KEY(f"{LAST_DAY} - 91", "kode"),
        )


DAMAGES = [*forlop()]


@damaged(DAMAGES)
def test_the_damage_is_found_and_nothing_else(sound: Connection, suspicious: Suspicious, damage: Damage) -> None:
    must_be_found(sound, suspicious, damage, DAMAGES)


def test_every_control_of_the_pass_is_broken(sound: Connection) -> None:
    assert {damage.control for damage in DAMAGES} == controls_of(sound, "arbsok_forlop_funn")
