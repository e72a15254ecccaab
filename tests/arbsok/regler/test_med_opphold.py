"""A running spell and a gap that the 13-week rule does not sew over (*med_opphold*, O).

Every one gives an exit on the last registered dagdato and an entry. Most histories are the entry of September
2001 (last dagdato 2001-09-30) and one registration in November: dagdato 2001-11-30, fdagdato 2001-10-31.
"""

from historier import YRKESHEMMET, forlop, last, reg, tabell, uendret


def test_oi000_uendret(register):
    """Henddato unchanged, nothing else changed: the person was away all the same. Exit on the last
    dagdato, entry on fdagdato + 1.
    """
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hend="2001-09-11"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI000  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-01 IP     2001-11-01 DP     2001-11-01 OI000  2001-11-30 2001-10-31 2001-09-11 2001
    """)


def test_oi010_hoved(register):
    """Henddato unchanged, hoved changed: exit in the old group, entry in the new one, with a new tilgdato."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hoved="2", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    2     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI010  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-01 IP     2001-11-01 DP     2001-11-01 OI010  2001-11-30 2001-10-31 2001-09-10 2001
    """)


def test_oi0011_ytelse(register):
    """Henddato unchanged: exit on the last dagdato, entry on fdagdato + 1. Ytelse changed (1)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", ytelse="ID", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI0011 2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-01 IP     2001-11-01 ID     2001-11-01 OI0011 2001-11-30 2001-10-31 2001-09-10 2001
    """)


def test_oi0012_tiltak(register):
    """Henddato unchanged. Tiltak changed (2)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", tiltak="PE", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI0012 2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-01 PE     2001-11-01 DP     2001-11-01 OI0012 2001-11-30 2001-10-31 2001-09-10 2001
    """)


def test_oi0013_tiltak_og_ytelse(register):
    """Henddato unchanged. Tiltak and ytelse changed (2 + 1)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", tiltak="PE", ytelse="ID", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI0013 2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-01 PE     2001-11-01 ID     2001-11-01 OI0013 2001-11-30 2001-10-31 2001-09-10 2001
    """)


def test_oi0014_hovedarbstat(register):
    """Henddato unchanged. Hovedarbstat changed (4), in the same main group."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", arb="FS", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI0014 2001-09-30 2001-08-31 2001-09-10 2001
        FS  2001-11-01 IP     2001-11-01 DP     2001-11-01 OI0014 2001-11-30 2001-10-31 2001-09-10 2001
    """)


def test_oi0015_hovedarbstat_og_ytelse(register):
    """Henddato unchanged. Hovedarbstat and ytelse changed (4 + 1)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", arb="FS", ytelse="ID", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI0015 2001-09-30 2001-08-31 2001-09-10 2001
        FS  2001-11-01 IP     2001-11-01 ID     2001-11-01 OI0015 2001-11-30 2001-10-31 2001-09-10 2001
    """)


def test_oi0016_hovedarbstat_og_tiltak(register):
    """Henddato unchanged. Hovedarbstat and tiltak changed (4 + 2)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", arb="FS", tiltak="AMO", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI0016 2001-09-30 2001-08-31 2001-09-10 2001
        FS  2001-11-01 AMO    2001-11-01 DP     2001-11-01 OI0016 2001-11-30 2001-10-31 2001-09-10 2001
    """)


def test_oi0017_hovedarbstat_tiltak_og_ytelse(register):
    """Henddato unchanged. All three changed (4 + 2 + 1)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", arb="FS", tiltak="AMO", ytelse="ID", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI0017 2001-09-30 2001-08-31 2001-09-10 2001
        FS  2001-11-01 AMO    2001-11-01 ID     2001-11-01 OI0017 2001-11-30 2001-10-31 2001-09-10 2001
    """)


def test_oi011_hoved_og_arbstat(register):
    """Henddato unchanged, hoved and arbstat changed."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hoved="2", arb="DS", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    2     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI011  2001-09-30 2001-08-31 2001-09-10 2001
        DS  2001-11-01 IP     2001-11-01 DP     2001-11-01 OI011  2001-11-30 2001-10-31 2001-09-10 2001
    """)


def test_ok100_henddato(register):
    """Henddato changed, nothing else: exit on the last dagdato, entry on henddato."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hend="2001-11-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-15 2001-11-15 .          2001-11-15 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OK100  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-15 IP     2001-11-15 DP     2001-11-15 OK100  2001-11-30 2001-10-31 2001-11-15 2001
    """)


def test_ok100_dagen_etter_fdagdato(register):
    """Henddato on the day after fdagdato is rejected for U only."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hend="2001-11-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OK100  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-01 IP     2001-11-01 DP     2001-11-01 OK100  2001-11-30 2001-10-31 2001-11-01 2001
    """)


def test_oi110_hoved(register):
    """Henddato and hoved changed."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hoved="2", hend="2001-11-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    2     2001-11-15 2001-11-15 .          2001-11-15 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI110  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-15 IP     2001-11-15 DP     2001-11-15 OI110  2001-11-30 2001-10-31 2001-11-15 2001
    """)


def test_ok101_arbstat(register):
    """Henddato and arbstat changed."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", ytelse="ID", hend="2001-11-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-15 2001-11-15 .          2001-11-15 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OK101  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-15 IP     2001-11-15 ID     2001-11-15 OK101  2001-11-30 2001-10-31 2001-11-15 2001
    """)


def test_ok111_hoved_og_arbstat(register):
    """Henddato, hoved and arbstat changed."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hoved="2", arb="DS", hend="2001-11-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    2     2001-11-15 2001-11-15 .          2001-11-15 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OK111  2001-09-30 2001-08-31 2001-09-10 2001
        DS  2001-11-15 IP     2001-11-15 DP     2001-11-15 OK111  2001-11-30 2001-10-31 2001-11-15 2001
    """)


def test_ok900_henddato_mangler(register):
    """Henddato missing, nothing else changed: exit on the last dagdato, entry on dagdato (T5)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-30 2001-11-30 .          2001-11-30 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OK900  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-30 IP     2001-11-30 DP     2001-11-30 OK900  2001-11-30 2001-10-31 .          2001
    """)


def test_ok900_henddato_etter_dagdato(register):
    """Henddato after dagdato: the same."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hend="2001-12-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-30 2001-11-30 .          2001-11-30 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OK900  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-30 IP     2001-11-30 DP     2001-11-30 OK900  2001-11-30 2001-10-31 2001-12-01 2001
    """)


def test_oi910_hoved_henddato_mangler(register):
    """Henddato missing, hoved changed."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hoved="2", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    2     2001-11-30 2001-11-30 .          2001-11-30 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI910  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-30 IP     2001-11-30 DP     2001-11-30 OI910  2001-11-30 2001-10-31 .          2001
    """)


def test_ok901_arbstat_henddato_mangler(register):
    """Henddato missing, arbstat changed."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", ytelse="ID", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-30 2001-11-30 .          2001-11-30 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OK901  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-30 IP     2001-11-30 ID     2001-11-30 OK901  2001-11-30 2001-10-31 .          2001
    """)


def test_ok911_hoved_og_arbstat_henddato_mangler(register):
    """Henddato missing, hoved and arbstat changed."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hoved="2", arb="DS", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    2     2001-11-30 2001-11-30 .          2001-11-30 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OK911  2001-09-30 2001-08-31 2001-09-10 2001
        DS  2001-11-30 IP     2001-11-30 DP     2001-11-30 OK911  2001-11-30 2001-10-31 .          2001
    """)


def test_oi200_henddato_foer_fdagdato(register):
    """Henddato before fdagdato (2001-10-31), nothing else changed: not rejected, as for U, but entered on
    fdagdato + 1.
    """
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hend="2001-10-20"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI200  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-01 IP     2001-11-01 DP     2001-11-01 OI200  2001-11-30 2001-10-31 2001-10-20 2001
    """)


def test_oi200_henddato_paa_fdagdato(register):
    """Henddato on fdagdato (T4)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hend="2001-10-31"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI200  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-01 IP     2001-11-01 DP     2001-11-01 OI200  2001-11-30 2001-10-31 2001-10-31 2001
    """)


def test_oi200_henddato_foer_siste_dagdato(register):
    """Henddato before the person was last seen: the new spell does not overlap the old one."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hend="2001-06-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI200  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-01 IP     2001-11-01 DP     2001-11-01 OI200  2001-11-30 2001-10-31 2001-06-01 2001
    """)


def test_oi210_hoved(register):
    """Henddato not after fdagdato, hoved changed."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hoved="2", hend="2001-10-20"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    2     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI210  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-01 IP     2001-11-01 DP     2001-11-01 OI210  2001-11-30 2001-10-31 2001-10-20 2001
    """)


def test_oi201_arbstat(register):
    """Henddato not after fdagdato, arbstat changed."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", ytelse="ID", hend="2001-10-20"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI201  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-11-01 IP     2001-11-01 ID     2001-11-01 OI201  2001-11-30 2001-10-31 2001-10-20 2001
    """)


def test_oi211_hoved_og_arbstat(register):
    """Henddato not after fdagdato, hoved and arbstat changed."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-11", hoved="2", arb="DS", hend="2001-10-31"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    2     2001-11-01 2001-11-01 .          2001-11-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OI211  2001-09-30 2001-08-31 2001-09-10 2001
        DS  2001-11-01 IP     2001-11-01 DP     2001-11-01 OI211  2001-11-30 2001-10-31 2001-10-31 2001
    """)


def test_ok111_gruppe_5_etter_92_dager(register):
    """Group 5 after the gap, but 92 days since the last dagdato: no 13-week rule."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-12", YRKESHEMMET, hend="2001-12-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    5     2001-12-15 2001-12-15 .          2001-12-15 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OK111  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-12-15 KF     2001-12-15 AT     2001-12-15 OK111  2001-12-31 2001-11-30 2001-12-15 2001
    """)


def test_oi000_gruppe_5_etter_92_dager(register):
    """Group 5 on both sides of 92 days."""
    last(
        register,
        reg("2001-09", YRKESHEMMET, hend="2001-09-10"),
        reg("2001-12", YRKESHEMMET, hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    5     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    5     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    5     2001-12-01 2001-12-01 .          2001-12-01 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-09-10 KF     2001-09-10 AT     2001-09-10 OI000  2001-09-30 2001-08-31 2001-09-10 2001
        YH  2001-12-01 KF     2001-12-01 AT     2001-12-01 OI000  2001-12-31 2001-11-30 2001-09-10 2001
    """)


def test_ok100_avgang_etter_vraket_registrering(register):
    """The last registration before the gap was rejected: it was a registration all the same, and the exit
    is on its dagdato and carries its dates.
    """
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hend="2001-09-20"),
        reg("2001-12", hend="2001-12-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-10-31 2001-10-31 2001-10-31
        0    1     2001-10-31 2001-09-10 2001-10-31 2001-09-10 2001-10-31 2001-10-31 2001-10-31 2001-10-31
        1    1     2001-12-15 2001-12-15 .          2001-12-15 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 OK100  2001-10-31 2001-09-30 2001-09-20 2001
        HL  2001-12-15 IP     2001-12-15 DP     2001-12-15 OK100  2001-12-31 2001-11-30 2001-12-15 2001

        vrak  hoved arb tiltak ytelse dagdato    fdagdato   henddato
        UI300 1     HL  IP     DP     2001-10-31 2001-09-30 2001-09-20
    """)


def test_ok100_avgang_etter_gruppeovergang(register):
    """The exit closes the group spell that runs: its values, its asoktilg; tomdato reaches every record of
    the main spell.
    """
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hoved="2", arb="DS", hend="2001-10-15"),
        reg("2001-12", hoved="2", arb="DS", hend="2001-12-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-10-31 2001-10-14 2001-10-14
        0    1     2001-10-14 2001-09-10 .          2001-09-10 2001-10-14 2001-10-31 2001-10-14 2001-10-14
        1    2     2001-10-15 2001-09-10 .          2001-10-15 .          2001-10-31 2001-10-31 2001-10-31
        0    2     2001-10-31 2001-09-10 2001-10-31 2001-10-15 2001-10-31 2001-10-31 2001-10-31 2001-10-31
        1    2     2001-12-15 2001-12-15 .          2001-12-15 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UK111  2001-09-30 2001-08-31 2001-09-10 2001
        DS  2001-10-15 IP     2001-10-15 DP     2001-10-15 UK111  2001-10-31 2001-09-30 2001-10-15 2001
        DS  2001-10-15 IP     2001-10-15 DP     2001-10-15 OK100  2001-10-31 2001-09-30 2001-10-15 2001
        DS  2001-12-15 IP     2001-12-15 DP     2001-12-15 OK100  2001-12-31 2001-11-30 2001-12-15 2001
    """)


def test_ok100_over_aarsskiftet(register):
    """A gap over the turn of the year: the exit, dated in the old year, is the new year's doing."""
    last(
        register,
        reg("2001-11", hend="2001-11-10"),
        uendret("2002-01", "2002-12", hend="2002-01-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-11-10 2001-11-10 .          2001-11-10 .          2001-11-30 2001-11-30 2001-11-30
        0    1     2001-11-30 2001-11-10 2001-11-30 2001-11-10 2001-11-30 2001-11-30 2001-11-30 2001-11-30
        1    1     2002-01-15 2002-01-15 .          2002-01-15 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-11-10 IP     2001-11-10 DP     2001-11-10 FK070  2001-11-30 2001-10-31 2001-11-10 2001
        HL  2001-11-10 IP     2001-11-10 DP     2001-11-10 OK100  2001-11-30 2001-10-31 2001-11-10 2002
        HL  2002-01-15 IP     2002-01-15 DP     2002-01-15 OK100  2002-01-31 2001-12-31 2002-01-15 2002
    """)


def test_ok100_to_opphold_i_samme_aar(register):
    """After each gap it is the last registration before it that counts, not that before an earlier one."""
    last(
        register,
        reg("2001-06", hend="2001-06-10"),
        reg("2001-08", hend="2001-08-10"),
        reg("2001-10", hend="2001-10-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-06-10 2001-06-10 .          2001-06-10 .          2001-06-30 2001-06-30 2001-06-30
        0    1     2001-06-30 2001-06-10 2001-06-30 2001-06-10 2001-06-30 2001-06-30 2001-06-30 2001-06-30
        1    1     2001-08-10 2001-08-10 .          2001-08-10 .          2001-08-31 2001-08-31 2001-08-31
        0    1     2001-08-31 2001-08-10 2001-08-31 2001-08-10 2001-08-31 2001-08-31 2001-08-31 2001-08-31
        1    1     2001-10-10 2001-10-10 .          2001-10-10 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-06-10 IP     2001-06-10 DP     2001-06-10 FK070  2001-06-30 2001-05-31 2001-06-10 2001
        HL  2001-06-10 IP     2001-06-10 DP     2001-06-10 OK100  2001-06-30 2001-05-31 2001-06-10 2001
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 OK100  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2001-08-10 IP     2001-08-10 DP     2001-08-10 OK100  2001-08-31 2001-07-31 2001-08-10 2001
        HL  2001-10-10 IP     2001-10-10 DP     2001-10-10 OK100  2001-10-31 2001-09-30 2001-10-10 2001
    """)
