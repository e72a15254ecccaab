"""A running spell, a gap, group 5 before or after it, and at most 91 days (*uten_opphold_13_uker*, Y).

Most histories are a group 5 entry in September 2001 and one registration in November: dagdato 2001-11-30,
fdagdato 2001-10-31, last dagdato 2001-09-30, which is 61 days: eight weeks and a started ninth, letter I.
"""

from datetime import date

import pytest

from historier import KALENDER, PERSON, YRKESHEMMET, forlop, last, reg, tabell, uendret

# Started weeks between the two dagdato (T6), and extraction dates that give them. A month file may have its
# dagdato at most 10 days outside the month, so that no month is skipped in fewer than 9 days: week A never
# comes from files. It is here because the rule has it.
UKER = [
    # days, letter, last registration, the extraction dates that differ from the calendar's
    (7, "A", "2001-09", {"2001-10": "2001-10-03", "2001-11": "2001-10-07"}),
    (8, "B", "2001-09", {"2001-10": "2001-10-03", "2001-11": "2001-10-08"}),
    (14, "B", "2001-09", {"2001-10": "2001-10-08", "2001-11": "2001-10-14"}),
    (15, "C", "2001-09", {"2001-10": "2001-10-08", "2001-11": "2001-10-15"}),
    (22, "D", "2001-09", {"2001-10": "2001-10-21", "2001-11": "2001-10-22"}),
    (35, "E", "2001-09", {"2001-11": "2001-11-04"}),
    (42, "F", "2001-09", {"2001-11": "2001-11-11"}),
    (43, "G", "2001-09", {"2001-11": "2001-11-12"}),
    (56, "H", "2001-09", {"2001-11": "2001-11-25"}),
    (57, "I", "2001-09", {"2001-11": "2001-11-26"}),
    (70, "J", "2001-09", {"2001-11": "2001-12-09"}),
    (77, "K", "2001-08", {"2001-11": "2001-11-16"}),
    (84, "L", "2001-08", {"2001-11": "2001-11-23"}),
    (85, "M", "2001-08", {"2001-11": "2001-11-24"}),
    (91, "M", "2001-08", {}),
]


def test_yk000_uendret(register):
    """Henddato unchanged, nothing else changed: no record. The registration counts as the last one:
    December is not away (September is 92 days before December).
    """
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, hend="2001-09-11"),
        reg("2001-12", YRKESHEMMET, hend="2001-09-12"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
    """)


def test_yi010_gruppeovergang_dagdato(register):
    """Henddato unchanged, hoved changed: group exit on dagdato - 1, group entry on dagdato. Group 5 on the
    last registration is enough.
    """
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, hoved="1", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-11-29 2001-11-29
        0    5     2001-11-29 2001-09-10 .       2001-09-10 2001-11-29 .       2001-11-29 2001-11-29
        1    1     2001-11-30 2001-09-10 .       2001-11-30 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 YI010I 2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-11-30 KF     2001-11-30 AT     2001-11-30 YI010I 2001-11-30 2001-10-31 2001-09-10 2001
    """)


def test_yi010_gruppe_5_bare_paa_ny_registrering(register):
    """So is group 5 on this registration."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hoved="5", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-11-29 2001-11-29
        0    1     2001-11-29 2001-09-10 .       2001-09-10 2001-11-29 .       2001-11-29 2001-11-29
        1    5     2001-11-30 2001-09-10 .       2001-11-30 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 YI010I 2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-30 IP     2001-11-30 DP     2001-11-30 YI010I 2001-11-30 2001-10-31 2001-09-10 2001
    """)


def test_yi001_endring_dagen_etter_fdagdato(register):
    """Henddato unchanged, arbstat changed: a change record on fdagdato + 1. No figure says what changed:
    the sixth character is the week.
    """
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, ytelse="ID", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-10-31
        2    5     2001-11-01 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 ID     2001-11-01 YI001I 2001-11-30 2001-10-31 2001-09-10 2001
    """)


def test_yi001_hovedarbstat_tiltak_og_ytelse(register):
    """The same code whatever changed."""
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", hoved="5", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-10-31
        2    5     2001-11-01 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-01 IP     2001-11-01 DP     2001-11-01 YI001I 2001-11-30 2001-10-31 2001-09-10 2001
    """)


def test_yi011_gruppeovergang_dagdato(register):
    """Henddato unchanged, hoved and arbstat changed: group exit on dagdato - 1, group entry on dagdato."""
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", hend="2001-09-09"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-11-29 2001-11-29
        0    5     2001-11-29 2001-09-10 .       2001-09-10 2001-11-29 .       2001-11-29 2001-11-29
        1    1     2001-11-30 2001-09-10 .       2001-11-30 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 YI011I 2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-30 IP     2001-11-30 DP     2001-11-30 YI011I 2001-11-30 2001-10-31 2001-09-09 2001
    """)


def test_yk100_ingen_record(register):
    """Henddato changed, nothing else: no record, where U would give exit and entry. The registration
    counts as the last one: December's henddato is unchanged from it.
    """
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, hend="2001-11-15"),
        reg("2001-12", YRKESHEMMET, hend="2001-11-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
    """)


def test_yk100_dagen_etter_fdagdato(register):
    """Henddato on the day after fdagdato is rejected for U only."""
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, hend="2001-11-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
    """)


def test_yi110_gruppeovergang_henddato(register):
    """Henddato and hoved changed: group exit on henddato - 1, group entry on henddato."""
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, hoved="1", hend="2001-11-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-11-14 2001-11-14
        0    5     2001-11-14 2001-09-10 .       2001-09-10 2001-11-14 .       2001-11-14 2001-11-14
        1    1     2001-11-15 2001-09-10 .       2001-11-15 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 YI110I 2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-11-15 KF     2001-11-15 AT     2001-11-15 YI110I 2001-11-30 2001-10-31 2001-11-15 2001
    """)


def test_yk101_endring_henddato(register):
    """Henddato and arbstat changed: a change record on henddato."""
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, ytelse="ID", hend="2001-11-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-11-14
        2    5     2001-11-15 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 ID     2001-11-15 YK101I 2001-11-30 2001-10-31 2001-11-15 2001
    """)


def test_yk111_gruppeovergang_henddato(register):
    """Henddato, hoved and arbstat changed: group exit on henddato - 1, group entry on henddato."""
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", hend="2001-11-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-11-14 2001-11-14
        0    5     2001-11-14 2001-09-10 .       2001-09-10 2001-11-14 .       2001-11-14 2001-11-14
        1    1     2001-11-15 2001-09-10 .       2001-11-15 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 YK111I 2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-15 IP     2001-11-15 DP     2001-11-15 YK111I 2001-11-30 2001-10-31 2001-11-15 2001
    """)


def test_yk111_inn_i_gruppe_5(register):
    """The other way, into group 5, on the first day after fdagdato."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, hend="2001-11-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-10-31 2001-10-31
        0    1     2001-10-31 2001-09-10 .       2001-09-10 2001-10-31 .       2001-10-31 2001-10-31
        1    5     2001-11-01 2001-09-10 .       2001-11-01 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 YK111I 2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-11-01 KF     2001-11-01 AT     2001-11-01 YK111I 2001-11-30 2001-10-31 2001-11-01 2001
    """)


def test_yk900_ingen_record(register):
    """Henddato missing, nothing else changed: no record. The registration counts as the last one:
    December's UK900 closes the spell on its dagdato.
    """
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, hend=None),
        reg("2001-12", YRKESHEMMET, hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    5     2001-09-10 2001-09-10 .          2001-09-10 .          2001-11-30 2001-11-30 2001-11-30
        0    5     2001-11-30 2001-09-10 2001-11-30 2001-09-10 2001-11-30 2001-11-30 2001-11-30 2001-11-30
        1    5     2001-12-31 2001-12-31 .          2001-12-31 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 UK900  2001-11-30 2001-10-31 .          2001
        YH  2001-12-31 KF     2001-12-31 AT     2001-12-31 UK900  2001-12-31 2001-11-30 .          2001
    """)


def test_yk900_henddato_etter_dagdato(register):
    """Henddato after dagdato, nothing else changed: no record. December's henddato is unchanged from it."""
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, hend="2001-12-10"),
        reg("2001-12", YRKESHEMMET, hend="2001-12-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
    """)


def test_yi910_gruppeovergang_henddato_mangler(register):
    """Henddato missing, hoved changed: group exit on dagdato - 1, group entry on dagdato (T5)."""
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, hoved="1", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-11-29 2001-11-29
        0    5     2001-11-29 2001-09-10 .       2001-09-10 2001-11-29 .       2001-11-29 2001-11-29
        1    1     2001-11-30 2001-09-10 .       2001-11-30 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 YI910I 2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-11-30 KF     2001-11-30 AT     2001-11-30 YI910I 2001-11-30 2001-10-31 .          2001
    """)


def test_yk901_endring_henddato_mangler(register):
    """Henddato missing, arbstat changed: a change record on dagdato (T5)."""
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, ytelse="ID", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-11-29
        2    5     2001-11-30 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 ID     2001-11-30 YK901I 2001-11-30 2001-10-31 .          2001
    """)


def test_yk911_gruppeovergang_henddato_etter_dagdato(register):
    """Henddato after dagdato, hoved and arbstat changed: group exit on dagdato - 1, group entry on dagdato
    (T5).
    """
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", hend="2001-12-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-11-29 2001-11-29
        0    5     2001-11-29 2001-09-10 .       2001-09-10 2001-11-29 .       2001-11-29 2001-11-29
        1    1     2001-11-30 2001-09-10 .       2001-11-30 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 YK911I 2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-30 IP     2001-11-30 DP     2001-11-30 YK911I 2001-11-30 2001-10-31 2001-12-01 2001
    """)


def test_yi300_vrak_henddato_foer_fdagdato(register):
    """Henddato not after fdagdato (2001-10-31), nothing else changed: rejected, the spell runs on. The
    registration counts as the last one: December is not away, and its henddato is unchanged.
    """
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, hend="2001-10-20"),
        reg("2001-12", YRKESHEMMET, hend="2001-10-20"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001

        vrak   hoved arb tiltak ytelse dagdato    fdagdato   henddato
        YI300I 5     YH  KF     AT     2001-11-30 2001-10-31 2001-10-20
    """)


def test_yi300_henddato_paa_fdagdato(register):
    """Henddato on fdagdato (T4)."""
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, hend="2001-10-31"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001

        vrak   hoved arb tiltak ytelse dagdato    fdagdato   henddato
        YI300I 5     YH  KF     AT     2001-11-30 2001-10-31 2001-10-31
    """)


def test_yi310_gruppeovergang_fdagdato(register):
    """Henddato not after fdagdato, hoved changed: group exit on fdagdato, group entry on fdagdato + 1."""
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, hoved="1", hend="2001-10-20"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-10-31 2001-10-31
        0    5     2001-10-31 2001-09-10 .       2001-09-10 2001-10-31 .       2001-10-31 2001-10-31
        1    1     2001-11-01 2001-09-10 .       2001-11-01 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 YI310I 2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-11-01 KF     2001-11-01 AT     2001-11-01 YI310I 2001-11-30 2001-10-31 2001-10-20 2001
    """)


def test_yi301_endring_dagen_etter_fdagdato(register):
    """Henddato not after fdagdato, arbstat changed: a change record on fdagdato + 1."""
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", YRKESHEMMET, ytelse="ID", hend="2001-10-20"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-10-31
        2    5     2001-11-01 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 ID     2001-11-01 YI301I 2001-11-30 2001-10-31 2001-10-20 2001
    """)


def test_yi311_gruppeovergang_fdagdato(register):
    """Henddato not after fdagdato, hoved and arbstat changed: group exit on fdagdato, group entry on
    fdagdato + 1.
    """
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-11", hend="2001-10-31"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    5     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-10-31 2001-10-31
        0    5     2001-10-31 2001-09-10 .       2001-09-10 2001-10-31 .       2001-10-31 2001-10-31
        1    1     2001-11-01 2001-09-10 .       2001-11-01 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 YI311I 2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-01 IP     2001-11-01 DP     2001-11-01 YI311I 2001-11-30 2001-10-31 2001-10-31 2001
    """)


def test_91_dager_sys_sammen(register):
    """91 days (13 weeks) from dagdato to dagdato is still sewn: week M."""
    last(
        register,
        uendret("2001-06", "2001-08", YRKESHEMMET, hend="2001-06-10"),
        reg("2001-11", YRKESHEMMET, ytelse="ID", hend="2001-11-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        9    5     2001-06-10 2001-06-10 .       2001-06-10 .       .       .       2001-11-14
        2    5     2001-11-15 2001-06-10 .       2001-06-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-06-10 KF     2001-06-10 AT     2001-06-10 FK040  2001-06-30 2001-05-31 2001-06-10 2001
        YH  2001-06-10 KF     2001-06-10 ID     2001-11-15 YK101M 2001-11-30 2001-10-31 2001-11-15 2001
    """)


def test_92_dager_sys_ikke_sammen(register):
    """92 days is too long also for group 5: the spell is closed on the last dagdato. Only the dagdato
    counts (T11): henddato is within 91 days.
    """
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-12", YRKESHEMMET, ytelse="ID", hend="2001-12-05"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    5     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    5     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    5     2001-12-05 2001-12-05 .          2001-12-05 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 OK101  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-12-05 KF     2001-12-05 ID     2001-12-05 OK101  2001-12-31 2001-11-30 2001-12-05 2001
    """)


def test_gruppe_5_tidligere_i_tilfellet_er_ikke_nok(register):
    """The rule asks for group 5 on one of the two registrations on each side of the gap, not somewhere in
    the spell.
    """
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-10", hend="2001-10-15"),
        reg("2001-12", hend="2001-10-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    5     2001-09-10 2001-09-10 .          2001-09-10 .          2001-10-31 2001-10-14 2001-10-14
        0    5     2001-10-14 2001-09-10 .          2001-09-10 2001-10-14 2001-10-31 2001-10-14 2001-10-14
        1    1     2001-10-15 2001-09-10 .          2001-10-15 .          2001-10-31 2001-10-31 2001-10-31
        0    1     2001-10-31 2001-09-10 2001-10-31 2001-10-15 2001-10-31 2001-10-31 2001-10-31 2001-10-31
        1    1     2001-12-01 2001-12-01 .          2001-12-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 UK111  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-10-15 IP     2001-10-15 DP     2001-10-15 UK111  2001-10-31 2001-09-30 2001-10-15 2001
        HL  2001-10-15 IP     2001-10-15 DP     2001-10-15 OI000  2001-10-31 2001-09-30 2001-10-15 2001
        HL  2001-12-01 IP     2001-12-01 DP     2001-12-01 OI000  2001-12-31 2001-11-30 2001-10-15 2001
    """)


def test_13_uker_over_aarsskiftet(register):
    """A spell still running when the year is closed is sewn by the next one: 2001-11-30 to 2002-02-28 is
    90 days.
    """
    last(
        register,
        reg("2001-11", YRKESHEMMET, hend="2001-11-10"),
        uendret("2002-02", "2002-12", YRKESHEMMET, ytelse="ID", hend="2002-02-12"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    5     2001-11-10 2001-11-10 .       2001-11-10 .       .       .       2002-02-11
        2    5     2002-02-12 2001-11-10 .       2001-11-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-11-10 KF     2001-11-10 AT     2001-11-10 FK070  2001-11-30 2001-10-31 2001-11-10 2001
        YH  2001-11-10 KF     2001-11-10 ID     2002-02-12 YK101M 2002-02-28 2002-01-31 2002-02-12 2002
    """)


@pytest.mark.parametrize(("dager", "bokstav", "sist_sett", "uttak"), UKER)
def test_ukebokstav(register, dager, bokstav, sist_sett, uttak):
    """The sixth letter is the number of started weeks between the two registrations, A = 1 to M = 13."""
    kalender = KALENDER | uttak
    dagdato = date.fromisoformat(kalender["2001-11"])
    assert (dagdato - date.fromisoformat(kalender[sist_sett])).days == dager
    last(
        register,
        reg(sist_sett, YRKESHEMMET, hend="2001-08-20"),
        reg("2001-11", YRKESHEMMET, ytelse="ID", hend=str(dagdato)),
        kalender=kalender,
    )
    assert [(p["kode"], p["regdato"], p["status"]) for p in register.f_arbsok(PERSON)[1:]] == [
        ("2", dagdato, f"YK101{bokstav}")
    ]
