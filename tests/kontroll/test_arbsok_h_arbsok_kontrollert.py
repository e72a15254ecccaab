"""Controls of the last registrations, H_ARBSOK: each is broken in every way (spec.md 5)."""

from collections.abc import Iterator

from damages import (
    DATES,
    RUNS_ON,
    SYNC,
    Connection,
    Damage,
    Suspicious,
    controls_of,
    damaged,
    last_registered,
    must_be_found,
)


def last_registrations() -> Iterator[Damage]:
    """H_ARBSOK (arbsok_h_arbsok_kontrollert and arbsok_registrering_kontrollert)."""
    right = "h_er_siste_registrering"
    for column, value in (
        ("hoved", "'8'"),
        ("hovedarbstat", "'ZZ'"),
        ("tiltak", "'ZZ'"),
        ("ytelse", "'ZZ'"),
        ("fdagdato", "a.fdagdato - 1"),
        ("henddato", "coalesce(a.henddato, a.dagdato) - 1"),
    ):
        yield Damage(
            right,
            f"{column}, registered",
            "registrert_da",
            (last_registered(f"{column} = {value}"),),
            table="h",
            found="concat_ws(' ', fnr, dagdato)",
            counted=True,
        )
        yield Damage(
            right,
            f"{column}, not registered",
            "NOT registrert_da",
            (last_registered(f"{column} = {value}"),),
            table="h",
            counted=True,
        )
    yield Damage(
        right,
        "dagdato, registered",
        "registrert_da",
        (last_registered("dagdato = a.dagdato - 1"),),
        table="h",
        found="unnest(ARRAY[noekkel, concat_ws(' ', fnr, dagdato)])",
    )
    yield Damage(
        right,
        "dagdato, not registered",
        "NOT registrert_da",
        (last_registered("dagdato = DATE '2002-12-01'"),),
        table="h",
    )
    for column in ("tilgdato", "asoktilg", *DATES):
        yield Damage(right, column, "avgdato IS NOT NULL", (last_registered(f"{column} = a.{column} - 1"),), table="h")
    yield Damage(
        right, "no record", "avgdato IS NOT NULL", (last_registered("tilgdato = a.tilgdato + 9999"),), table="h"
    )
    yield Damage(right, "status", "true", (last_registered("status = 'ZZ'"),), table="h")
    ends_here = "fnr IN (SELECT r.fnr FROM rekke AS r WHERE r.n_kode IS NULL AND r.aargang = 2002)"
    yield Damage(
        right,
        "closed",
        f"avgdato IS NULL AND {ends_here}",
        (last_registered("avgdato = a.dagdato"),),
        table="h",
        counted=True,
    )
    yield Damage(right, "runs", "avgdato IS NOT NULL", (last_registered("avgdato = NULL"),), table="h", counted=True)
    gone = "DELETE FROM trygdfob.h_arbsok AS a USING v WHERE a.fnr = v.fnr AND a.aargang = v.aargang"
    yield Damage(
        right,
        "missing, registered",
        "registrert_da AND NOT lop_foer",
        (gone,),
        table="h",
        found="concat_ws(' ', fnr, dagdato)",
        counted=True,
    )
    yield Damage(right, "missing, not registered", "NOT registrert_da AND lop_foer", (gone,), table="h", counted=True)
    yield Damage(
        right,
        "one too many",
        "avgdato IS NOT NULL AND fnr NOT IN (SELECT a.fnr FROM trygdfob.h_arbsok AS a WHERE a.aargang = 2002)",
        (
            "INSERT INTO trygdfob.h_arbsok SELECT n.* FROM trygdfob.h_arbsok AS a JOIN v USING (fnr, aargang)"
            " CROSS JOIN LATERAL jsonb_populate_record("
            "NULL::trygdfob.h_arbsok, to_jsonb(a) || jsonb_build_object('aargang', 2002)) AS n",
        ),
        table="h",
        of=2001,
    )
    for year in (2001, 2002):
        yield Damage(
            "avsluttet_i_tide",
            f"{year}",
            "slag = 'A' AND status LIKE '_X%'",
            (*RUNS_ON, SYNC),
            year=year,
            found="fnr",
            counted=True,
        )


DAMAGES = [*last_registrations()]


@damaged(DAMAGES)
def test_the_damage_is_found_and_nothing_else(sound: Connection, suspicious: Suspicious, damage: Damage) -> None:
    must_be_found(sound, suspicious, damage, DAMAGES)


def test_every_control_of_the_pass_is_broken(sound: Connection) -> None:
    assert {damage.control for damage in DAMAGES} == controls_of(sound, "arbsok_h_arbsok_funn")
