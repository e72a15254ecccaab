"""Controls of the registrations and of what stands for them: each is broken in every way (spec.md 5)."""

from collections.abc import Iterator

from damages import (
    DELETE,
    LAST,
    OPENING,
    REJECT,
    SYNC,
    YEARS,
    Connection,
    Damage,
    Suspicious,
    before,
    controls_of,
    damaged,
    must_be_found,
    record,
    register,
    rejected,
)


def registrations() -> Iterator[Damage]:
    """Registrations, and what stands for them (arbsok_registrering_kontrollert)."""
    has = "record_har_registrering"
    yield Damage(
        has,
        "a record of nobody's",
        f"{OPENING} AND individ = 'ny' AND NOT fortsatt AND {LAST} AND dagdato = (SELECT max(dagdato) FROM fil)",
        (
            "DELETE FROM trygdfob.miniregister AS m USING v WHERE m.fnr = v.fnr AND m.dagdato = v.dagdato",
            "DELETE FROM trygdfob.h_arbsok AS h USING v WHERE h.fnr = v.fnr",
            "UPDATE trygdfob.maanedsfil AS m SET antall = m.antall - 1 FROM v WHERE m.dagdato = v.dagdato",
        ),
        year=2003,
        found="concat_ws(' ', fnr, dagdato)",
        counted=True,
        registrations_too=True,
    )
    yield Damage(
        has,
        "nobody's is rejected",
        "true",
        (rejected("fnr = '01010100000'"), REJECT.replace("JOIN v ON v.fnr = m.fnr", "JOIN v ON v.fnr = m.fnr")),
        table="vrak",
        found="'01010100000 ' || dagdato",
    )
    yield Damage(has, "rejected in another month", "true", (rejected("mnddato = w.mnddato + 31"),), table="vrak")

    # The registration confirms a spell, and so does the one after it
    quiet = "status = 'UK000' AND n_status = 'UK000' AND ant_d_as_n > 5 AND mnddato >= '{0}-11-01'"
    dates = "miniregister_datoer"
    for year in (2002, 2003):
        where = quiet.format(year).replace(">=", "=")
        yield Damage(
            dates,
            f"dagdato, {year}",
            where,
            (register("dagdato = m.dagdato + 1, ant_d_as_n = m.ant_d_as_n + 1"),),
            table="registrert",
            year=year,
            found="concat_ws(' ', fnr, dagdato + 1)",
        )
        yield Damage(
            dates, f"fdagdato, {year}", where, (register("fdagdato = m.fdagdato - 1"),), table="registrert", year=year
        )
        yield Damage(
            dates,
            f"number of days, {year}",
            where,
            (register("ant_d_as_n = m.ant_d_as_n + 1"),),
            table="registrert",
            year=year,
        )
    yield Damage(dates, "no number of days", where, (register("ant_d_as_n = NULL"),), table="registrert", year=2003)
    yield Damage(
        dates, "no date, but a number of days", "henddato IS NULL", (register("ant_d_as_n = 5"),), table="registrert"
    )
    codes = "miniregister_koder"
    for column, value in (("mrk_dl", "31"), ("mrk_fnr", "'2'")):
        for year in YEARS:
            yield Damage(
                codes,
                f"{column}, {year}",
                f"{column} IS DISTINCT FROM {value}",
                (register(f"{column} = {value}"),),
                table="registrert",
                year=year,
                counted=True,
            )
    for what, where, value in (
        ("other group", "hoved = '1' AND as_gr = '1'", "'2'"),
        ("9", "hoved = '1'", "'-1'"),
        ("7", "hoved = '1'", "NULL"),
        ("not 7", "hoved = '7' AND as_gr = '7'", "'1'"),
    ):
        yield Damage(
            codes,
            f"as_gr, {what}",
            f"mnddato = '2002-10-01' AND {where}",
            (register(f"as_gr = {value}"),),
            table="registrert",
            counted=True,
        )

    account = "registrering_gjort_rede_for"
    yield Damage(account, "rejected where it confirms", "handling = 'ingen'", (REJECT,), table="registrert")
    yield Damage(account, "rejected before the start", "NOT fra_start", (REJECT,), table="registrert", year=2001)
    yield Damage(account, "record and rejected", "handling = 'endring'", (REJECT,), table="registrert")
    yield Damage(
        account,
        "neither",
        "true",
        ("DELETE FROM trygdfob.vrak_arbsok AS w USING v WHERE w.fnr = v.fnr AND w.dagdato = v.dagdato",),
        table="vrak",
    )
    rule = "status_etter_reglene"
    yield Damage(
        rule,
        "another change",
        "kode = '2' AND status = 'UK101'",
        (record("status = 'UK901'"), SYNC),
        counted=True,
        found="concat_ws(' ', fnr, dagdato)",
    )
    yield Damage(rule, "rejected for another reason", "true", (rejected("status = 'XXXXX'"),), table="vrak")
    yield Damage(
        rule,
        "a change is rejected",
        f"kode = '2' AND {LAST}",
        (
            DELETE,
            before("regtom = NULL"),
            SYNC,
            REJECT.replace("v.mnddato = m.mnddato AND v.aargang", "v.dagdato = m.dagdato AND v.aargang"),
        ),
        found="concat_ws(' ', fnr, dagdato)",
        counted=True,
    )

    shows = "record_viser_registreringen"
    alone = f"{OPENING} AND {LAST} AND tilgang_dato = 'henddato'"
    for column, value in (
        ("hoved", "'8'"),
        ("hovedarbstat", "'ZZ'"),
        ("tiltak", "'ZZ'"),
        ("ytelse", "'ZZ'"),
        ("fdagdato", "f.fdagdato - 1"),
    ):
        yield Damage(
            shows, column, alone, (record(f"{column} = {value}"),), found="concat_ws(' ', fnr, dagdato)", counted=True
        )
    yield Damage(
        shows,
        "henddato",
        "kode = '2' AND tilgang_dato = 'fdagdato+1'",
        (record("henddato = f.henddato - 1"),),
        found="concat_ws(' ', fnr, dagdato)",
    )
    for column, value in (
        ("hoved", "'8'"),
        ("hovedarbstat", "'ZZ'"),
        ("tiltak", "'ZZ'"),
        ("ytelse", "'ZZ'"),
        ("fdagdato", "w.fdagdato - 1"),
        ("henddato", "coalesce(w.henddato, w.dagdato) - 1"),
    ):
        yield Damage(shows, f"{column}, rejected", "true", (rejected(f"{column} = {value}"),), table="vrak")


DAMAGES = [*registrations()]


@damaged(DAMAGES)
def test_the_damage_is_found_and_nothing_else(sound: Connection, suspicious: Suspicious, damage: Damage) -> None:
    must_be_found(sound, suspicious, damage, DAMAGES)


def test_every_control_of_the_pass_is_broken(sound: Connection) -> None:
    assert {damage.control for damage in DAMAGES} == controls_of(sound, "arbsok_registrering_funn")
