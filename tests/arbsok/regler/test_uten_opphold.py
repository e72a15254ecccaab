"""A running spell, and the person registered on the previous extraction date too (*uten_opphold*, U).

Most histories are the entry of September 2001 and one registration on the next extraction date: dagdato
2001-10-31, fdagdato 2001-09-30. The spell runs on at the end of the year, which is 61 days away.
"""

from datetime import date

from historier import PERSON, forlop, last, reg, tabell, uendret


def test_uk000_uendret(register):
    """Henddato unchanged, nothing else changed: no record. This is the normal case."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        uendret("2001-10", "2001-12", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
    """)


def test_uk000_uendret_er_en_dag_fra_eller_til_siste_registrering(register):
    """Unchanged is within a day of the last registration, also of one that gave no record itself: 09-12 is
    two days from the record's henddato, but one day from October's.
    """
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hend="2001-09-11"),
        reg("2001-11", hend="2001-09-12"),
        reg("2001-12", hend="2001-09-11"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
    """)


def test_uk000_uendret_gaar_foran_endret_dagen_etter_fdagdato(register):
    """Unchanged is the first class (T3): 10-01 is the day after fdagdato, but also one day from the last
    henddato.
    """
    last(
        register,
        reg("2001-09", hend="2001-09-30"),
        reg("2001-10", hend="2001-10-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-30 2001-09-30 .       2001-09-30 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-30 IP     2001-09-30 DP     2001-09-30 FK070  2001-09-30 2001-08-31 2001-09-30 2001
    """)


def test_uk000_uendret_gaar_foran_etter_dagdato(register):
    """Unchanged comes before a henddato after dagdato too, and compares with what the last registration
    said, not with the date that was used instead.
    """
    last(
        register,
        reg("2001-09", hend="2001-11-04"),
        reg("2001-10", hend="2001-11-05"),
        reg("2001-11", hend="2001-11-05"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-30 2001-09-30 .       2001-09-30 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-30 IP     2001-09-30 DP     2001-09-30 FK070  2001-09-30 2001-08-31 2001-11-04 2001
    """)


def test_uk000_tiltak_og_ytelse_mangler_begge_ganger(register):
    """A value missing both times has not changed."""
    last(
        register,
        reg("2001-09", tiltak=None, ytelse=None, hend="2001-09-10"),
        reg("2001-10", tiltak=None, ytelse=None, hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 .      2001-09-10 .      2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
    """)


def test_ui010_gruppeovergang_dagdato(register):
    """Henddato unchanged, hoved changed: group exit on dagdato - 1, group entry on dagdato."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hoved="2", hend="2001-09-11"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-10-30 2001-10-30
        0    1     2001-10-30 2001-09-10 .       2001-09-10 2001-10-30 .       2001-10-30 2001-10-30
        1    2     2001-10-31 2001-09-10 .       2001-10-31 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UI010  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-10-31 IP     2001-10-31 DP     2001-10-31 UI010  2001-10-31 2001-09-30 2001-09-11 2001
    """)


def test_ui0011_ytelse(register):
    """Henddato unchanged, ytelse changed (1): a change record on fdagdato + 1."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", ytelse="ID", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-09-30
        2    1     2001-10-01 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 ID     2001-10-01 UI0011 2001-10-31 2001-09-30 2001-09-10 2001
    """)


def test_ui0012_tiltak(register):
    """Tiltak changed (2)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", tiltak="PE", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-09-30
        2    1     2001-10-01 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 PE     2001-10-01 DP     2001-09-10 UI0012 2001-10-31 2001-09-30 2001-09-10 2001
    """)


def test_ui0012_tiltak_faller_bort(register):
    """From a value to none is a change as well."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", tiltak=None, hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-09-30
        2    1     2001-10-01 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 .      2001-10-01 DP     2001-09-10 UI0012 2001-10-31 2001-09-30 2001-09-10 2001
    """)


def test_ui0013_tiltak_og_ytelse(register):
    """Tiltak and ytelse changed (2 + 1)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", tiltak="PE", ytelse="ID", hend="2001-09-09"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-09-30
        2    1     2001-10-01 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 PE     2001-10-01 ID     2001-10-01 UI0013 2001-10-31 2001-09-30 2001-09-09 2001
    """)


def test_ui0014_hovedarbstat(register):
    """Hovedarbstat changed (4), in the same main group."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", arb="FS", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-09-30
        2    1     2001-10-01 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        FS  2001-10-01 IP     2001-09-10 DP     2001-09-10 UI0014 2001-10-31 2001-09-30 2001-09-10 2001
    """)


def test_ui0015_hovedarbstat_og_ytelse(register):
    """Hovedarbstat and ytelse changed (4 + 1)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", arb="FS", ytelse="ID", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-09-30
        2    1     2001-10-01 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        FS  2001-10-01 IP     2001-09-10 ID     2001-10-01 UI0015 2001-10-31 2001-09-30 2001-09-10 2001
    """)


def test_ui0016_hovedarbstat_og_tiltak(register):
    """Hovedarbstat and tiltak changed (4 + 2)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", arb="FS", tiltak="AMO", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-09-30
        2    1     2001-10-01 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        FS  2001-10-01 AMO    2001-10-01 DP     2001-09-10 UI0016 2001-10-31 2001-09-30 2001-09-10 2001
    """)


def test_ui0017_hovedarbstat_tiltak_og_ytelse(register):
    """All three changed (4 + 2 + 1)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", arb="FS", tiltak="AMO", ytelse="ID", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-09-30
        2    1     2001-10-01 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        FS  2001-10-01 AMO    2001-10-01 ID     2001-10-01 UI0017 2001-10-31 2001-09-30 2001-09-10 2001
    """)


def test_ui011_gruppeovergang_dagdato(register):
    """Henddato unchanged, hoved and arbstat changed: group exit on dagdato - 1, group entry on dagdato.
    Every attribute is dated at the group entry, also the two that did not change.
    """
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hoved="2", arb="DS", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-10-30 2001-10-30
        0    1     2001-10-30 2001-09-10 .       2001-09-10 2001-10-30 .       2001-10-30 2001-10-30
        1    2     2001-10-31 2001-09-10 .       2001-10-31 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UI011  2001-09-30 2001-08-31 2001-09-10 2001
        DS  2001-10-31 IP     2001-10-31 DP     2001-10-31 UI011  2001-10-31 2001-09-30 2001-09-10 2001
    """)


def test_uk100_avgang_og_tilgang(register):
    """Henddato changed, nothing else: exit on the last dagdato, new entry on henddato."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hend="2001-10-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-10-15 2001-10-15 .          2001-10-15 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UK100  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-10-15 IP     2001-10-15 DP     2001-10-15 UK100  2001-10-31 2001-09-30 2001-10-15 2001
    """)


def test_uk100_to_dager_etter_fdagdato(register):
    """Henddato on fdagdato + 2: the first that is not rejected."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hend="2001-10-02"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-10-02 2001-10-02 .          2001-10-02 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UK100  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-10-02 IP     2001-10-02 DP     2001-10-02 UK100  2001-10-31 2001-09-30 2001-10-02 2001
    """)


def test_uk100_henddato_paa_dagdato(register):
    """Henddato on dagdato is not after it."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hend="2001-10-31"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-10-31 2001-10-31 .          2001-10-31 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UK100  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-10-31 IP     2001-10-31 DP     2001-10-31 UK100  2001-10-31 2001-09-30 2001-10-31 2001
    """)


def test_ui100_vrak_dagen_etter_fdagdato(register):
    """Henddato on the day after fdagdato, nothing else changed: rejected, the spell runs on. The
    registration still counts as the last one: November's henddato is unchanged from it (against
    September's it would be rejected too).
    """
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hend="2001-10-01"),
        reg("2001-11", hend="2001-10-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001

        vrak  hoved arb tiltak ytelse dagdato    fdagdato   henddato
        UI100 1     HL  IP     DP     2001-10-31 2001-09-30 2001-10-01
    """)


def test_ui100_vraket_registrering_er_den_siste_for_avgangen(register):
    """The exit that follows is on the rejected registration's dagdato and carries its dates."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hend="2001-10-01"),
        reg("2001-11", hend="2001-11-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-10-31 2001-10-31 2001-10-31
        0    1     2001-10-31 2001-09-10 2001-10-31 2001-09-10 2001-10-31 2001-10-31 2001-10-31 2001-10-31
        1    1     2001-11-15 2001-11-15 .          2001-11-15 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UK100  2001-10-31 2001-09-30 2001-10-01 2001
        HL  2001-11-15 IP     2001-11-15 DP     2001-11-15 UK100  2001-11-30 2001-10-31 2001-11-15 2001

        vrak  hoved arb tiltak ytelse dagdato    fdagdato   henddato
        UI100 1     HL  IP     DP     2001-10-31 2001-09-30 2001-10-01
    """)


def test_ui110_gruppeovergang_henddato(register):
    """Henddato and hoved changed: group exit on henddato - 1, group entry on henddato."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hoved="2", hend="2001-10-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-10-14 2001-10-14
        0    1     2001-10-14 2001-09-10 .       2001-09-10 2001-10-14 .       2001-10-14 2001-10-14
        1    2     2001-10-15 2001-09-10 .       2001-10-15 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UI110  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-10-15 IP     2001-10-15 DP     2001-10-15 UI110  2001-10-31 2001-09-30 2001-10-15 2001
    """)


def test_ui110_dagen_etter_fdagdato(register):
    """With another hoved, the day after fdagdato is no reason to reject."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hoved="2", hend="2001-10-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 .       2001-09-10 2001-09-30 .       2001-09-30 2001-09-30
        1    2     2001-10-01 2001-09-10 .       2001-10-01 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UI110  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-10-01 IP     2001-10-01 DP     2001-10-01 UI110  2001-10-31 2001-09-30 2001-10-01 2001
    """)


def test_uk101_endring_henddato(register):
    """Henddato and arbstat changed: a change record on henddato."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", ytelse="ID", hend="2001-10-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-10-14
        2    1     2001-10-15 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 ID     2001-10-15 UK101  2001-10-31 2001-09-30 2001-10-15 2001
    """)


def test_uk101_dagen_etter_fdagdato(register):
    """With another arbstat, the day after fdagdato is no reason to reject."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", arb="FS", tiltak="AMO", hend="2001-10-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-09-30
        2    1     2001-10-01 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        FS  2001-10-01 AMO    2001-10-01 DP     2001-09-10 UK101  2001-10-31 2001-09-30 2001-10-01 2001
    """)


def test_uk101_to_ganger(register):
    """Two changes: each record dates only what changed on it, and holds until the day before the next."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", ytelse="ID", hend="2001-10-15"),
        reg("2001-11", tiltak="PE", ytelse="ID", hend="2001-11-20"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-10-14
        2    1     2001-10-15 2001-09-10 .       2001-09-10 .       .       .       2001-11-19
        2    1     2001-11-20 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 ID     2001-10-15 UK101  2001-10-31 2001-09-30 2001-10-15 2001
        HL  2001-09-10 PE     2001-11-20 ID     2001-10-15 UK101  2001-11-30 2001-10-31 2001-11-20 2001
    """)


def test_uk111_gruppeovergang_henddato(register):
    """Henddato, hoved and arbstat changed: group exit on henddato - 1, group entry on henddato."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hoved="2", arb="DS", hend="2001-10-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-10-14 2001-10-14
        0    1     2001-10-14 2001-09-10 .       2001-09-10 2001-10-14 .       2001-10-14 2001-10-14
        1    2     2001-10-15 2001-09-10 .       2001-10-15 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UK111  2001-09-30 2001-08-31 2001-09-10 2001
        DS  2001-10-15 IP     2001-10-15 DP     2001-10-15 UK111  2001-10-31 2001-09-30 2001-10-15 2001
    """)


def test_uk111_to_ganger_og_avgang(register):
    """Three group spells in one main spell, then a new main spell: a group exit has no avgdato, the last
    exit has; tomdato is the main spell's, asoktom each group spell's own.
    """
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hoved="2", arb="DS", hend="2001-10-15"),
        reg("2001-11", hend="2001-11-07"),
        reg("2001-12", hend="2001-12-12"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-11-30 2001-10-14 2001-10-14
        0    1     2001-10-14 2001-09-10 .          2001-09-10 2001-10-14 2001-11-30 2001-10-14 2001-10-14
        1    2     2001-10-15 2001-09-10 .          2001-10-15 .          2001-11-30 2001-11-06 2001-11-06
        0    2     2001-11-06 2001-09-10 .          2001-10-15 2001-11-06 2001-11-30 2001-11-06 2001-11-06
        1    1     2001-11-07 2001-09-10 .          2001-11-07 .          2001-11-30 2001-11-30 2001-11-30
        0    1     2001-11-30 2001-09-10 2001-11-30 2001-11-07 2001-11-30 2001-11-30 2001-11-30 2001-11-30
        1    1     2001-12-12 2001-12-12 .          2001-12-12 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UK111  2001-09-30 2001-08-31 2001-09-10 2001
        DS  2001-10-15 IP     2001-10-15 DP     2001-10-15 UK111  2001-10-31 2001-09-30 2001-10-15 2001
        DS  2001-10-15 IP     2001-10-15 DP     2001-10-15 UK111  2001-10-31 2001-09-30 2001-10-15 2001
        HL  2001-11-07 IP     2001-11-07 DP     2001-11-07 UK111  2001-11-30 2001-10-31 2001-11-07 2001
        HL  2001-11-07 IP     2001-11-07 DP     2001-11-07 UK100  2001-11-30 2001-10-31 2001-11-07 2001
        HL  2001-12-12 IP     2001-12-12 DP     2001-12-12 UK100  2001-12-31 2001-11-30 2001-12-12 2001
    """)


def test_uk900_henddato_mangler(register):
    """Henddato missing, nothing else changed: exit on the last dagdato, new entry on dagdato (T5)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-10-31 2001-10-31 .          2001-10-31 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UK900  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-10-31 IP     2001-10-31 DP     2001-10-31 UK900  2001-10-31 2001-09-30 .          2001
    """)


def test_uk900_henddato_etter_dagdato(register):
    """Henddato after dagdato: the same. The record keeps what the registration said."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hend="2001-11-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-10-31 2001-10-31 .          2001-10-31 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UK900  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-10-31 IP     2001-10-31 DP     2001-10-31 UK900  2001-10-31 2001-09-30 2001-11-01 2001
    """)


def test_uk900_henddato_mangler_to_ganger(register):
    """Missing is never unchanged: every such registration begins a new spell. October's is entered and
    left on one day; the entry comes first.
    """
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hend=None),
        reg("2001-11", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato    asoktilg   asokavg    tomdato    asoktom    regtom
        1    1     2001-09-10 2001-09-10 .          2001-09-10 .          2001-09-30 2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 2001-09-30 2001-09-10 2001-09-30 2001-09-30 2001-09-30 2001-09-30
        1    1     2001-10-31 2001-10-31 .          2001-10-31 .          2001-10-31 2001-10-31 2001-10-31
        0    1     2001-10-31 2001-10-31 2001-10-31 2001-10-31 2001-10-31 2001-10-31 2001-10-31 2001-10-31
        1    1     2001-11-30 2001-11-30 .          2001-11-30 .          .          .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UK900  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-10-31 IP     2001-10-31 DP     2001-10-31 UK900  2001-10-31 2001-09-30 .          2001
        HL  2001-10-31 IP     2001-10-31 DP     2001-10-31 UK900  2001-10-31 2001-09-30 .          2001
        HL  2001-11-30 IP     2001-11-30 DP     2001-11-30 UK900  2001-11-30 2001-10-31 .          2001
    """)


def test_ui910_gruppeovergang_henddato_mangler(register):
    """Henddato missing, hoved changed: group exit on dagdato - 1, group entry on dagdato (T5)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hoved="2", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-10-30 2001-10-30
        0    1     2001-10-30 2001-09-10 .       2001-09-10 2001-10-30 .       2001-10-30 2001-10-30
        1    2     2001-10-31 2001-09-10 .       2001-10-31 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UI910  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-10-31 IP     2001-10-31 DP     2001-10-31 UI910  2001-10-31 2001-09-30 .          2001
    """)


def test_ui910_henddato_etter_dagdato(register):
    """Henddato after dagdato, hoved changed."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hoved="2", hend="2001-12-24"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-10-30 2001-10-30
        0    1     2001-10-30 2001-09-10 .       2001-09-10 2001-10-30 .       2001-10-30 2001-10-30
        1    2     2001-10-31 2001-09-10 .       2001-10-31 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UI910  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-10-31 IP     2001-10-31 DP     2001-10-31 UI910  2001-10-31 2001-09-30 2001-12-24 2001
    """)


def test_uk901_endring_henddato_mangler(register):
    """Henddato missing, arbstat changed: a change record on dagdato (T5)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", ytelse="ID", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-10-30
        2    1     2001-10-31 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 ID     2001-10-31 UK901  2001-10-31 2001-09-30 .          2001
    """)


def test_uk901_henddato_etter_dagdato(register):
    """Henddato after dagdato, arbstat changed."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", tiltak="PE", hend="2001-11-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-10-30
        2    1     2001-10-31 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 PE     2001-10-31 DP     2001-09-10 UK901  2001-10-31 2001-09-30 2001-11-01 2001
    """)


def test_uk911_gruppeovergang_henddato_mangler(register):
    """Henddato missing, hoved and arbstat changed: group exit on dagdato - 1, group entry on dagdato (T5)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hoved="2", arb="DS", hend=None),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-10-30 2001-10-30
        0    1     2001-10-30 2001-09-10 .       2001-09-10 2001-10-30 .       2001-10-30 2001-10-30
        1    2     2001-10-31 2001-09-10 .       2001-10-31 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UK911  2001-09-30 2001-08-31 2001-09-10 2001
        DS  2001-10-31 IP     2001-10-31 DP     2001-10-31 UK911  2001-10-31 2001-09-30 .          2001
    """)


def test_uk911_henddato_etter_dagdato(register):
    """Henddato after dagdato, hoved and arbstat changed."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hoved="2", arb="DS", hend="2001-11-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-10-30 2001-10-30
        0    1     2001-10-30 2001-09-10 .       2001-09-10 2001-10-30 .       2001-10-30 2001-10-30
        1    2     2001-10-31 2001-09-10 .       2001-10-31 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UK911  2001-09-30 2001-08-31 2001-09-10 2001
        DS  2001-10-31 IP     2001-10-31 DP     2001-10-31 UK911  2001-10-31 2001-09-30 2001-11-01 2001
    """)


def test_ui300_vrak_henddato_foer_fdagdato(register):
    """Henddato before fdagdato, nothing else changed: rejected, the spell runs on. The registration counts
    as the last one: November's henddato is unchanged from it, and November is not away.
    """
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hend="2001-09-20"),
        reg("2001-11", hend="2001-09-20"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001

        vrak  hoved arb tiltak ytelse dagdato    fdagdato   henddato
        UI300 1     HL  IP     DP     2001-10-31 2001-09-30 2001-09-20
    """)


def test_ui300_henddato_paa_fdagdato(register):
    """Henddato on fdagdato contradicts the registration of that day just as well (T4)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hend="2001-09-30"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001

        vrak  hoved arb tiltak ytelse dagdato    fdagdato   henddato
        UI300 1     HL  IP     DP     2001-10-31 2001-09-30 2001-09-30
    """)


def test_ui300_to_dager_fra_siste_henddato(register):
    """Two days from the last henddato is not unchanged."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hend="2001-09-12"),
        reg("2001-11", hend="2001-09-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001

        vrak  hoved arb tiltak ytelse dagdato    fdagdato   henddato
        UI300 1     HL  IP     DP     2001-10-31 2001-09-30 2001-09-12
        UI300 1     HL  IP     DP     2001-11-30 2001-10-31 2001-09-10
    """)


def test_ui300_etter_henddato_som_mangler(register):
    """After a registration without henddato no henddato is unchanged: one up to fdagdato is rejected."""
    last(
        register,
        reg("2001-10", hend=None),
        reg("2001-11", hend="2001-10-31"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-10-31 2001-10-31 .       2001-10-31 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato aargang
        HL  2001-10-31 IP     2001-10-31 DP     2001-10-31 FK070  2001-10-31 2001-09-30 .        2001

        vrak  hoved arb tiltak ytelse dagdato    fdagdato   henddato
        UI300 1     HL  IP     DP     2001-11-30 2001-10-31 2001-10-31
    """)


def test_ui310_gruppeovergang_fdagdato(register):
    """Henddato not after fdagdato, hoved changed: group exit on fdagdato, group entry on fdagdato + 1."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hoved="2", hend="2001-09-20"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 .       2001-09-10 2001-09-30 .       2001-09-30 2001-09-30
        1    2     2001-10-01 2001-09-10 .       2001-10-01 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UI310  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-10-01 IP     2001-10-01 DP     2001-10-01 UI310  2001-10-31 2001-09-30 2001-09-20 2001
    """)


def test_ui310_henddato_paa_fdagdato(register):
    """Henddato on fdagdato (T4)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hoved="2", hend="2001-09-30"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 .       2001-09-10 2001-09-30 .       2001-09-30 2001-09-30
        1    2     2001-10-01 2001-09-10 .       2001-10-01 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UI310  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-10-01 IP     2001-10-01 DP     2001-10-01 UI310  2001-10-31 2001-09-30 2001-09-30 2001
    """)


def test_ui301_endring_dagen_etter_fdagdato(register):
    """Henddato not after fdagdato, arbstat changed: a change record on fdagdato + 1."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", ytelse="ID", hend="2001-09-20"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-09-30
        2    1     2001-10-01 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 ID     2001-10-01 UI301  2001-10-31 2001-09-30 2001-09-20 2001
    """)


def test_ui301_henddato_paa_fdagdato(register):
    """Henddato on fdagdato (T4)."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", ytelse="ID", hend="2001-09-30"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .       .       .       2001-09-30
        2    1     2001-10-01 2001-09-10 .       2001-09-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 ID     2001-10-01 UI301  2001-10-31 2001-09-30 2001-09-30 2001
    """)


def test_ui311_gruppeovergang_fdagdato(register):
    """Henddato not after fdagdato, hoved and arbstat changed: group exit on fdagdato, group entry on
    fdagdato + 1.
    """
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hoved="2", arb="DS", hend="2001-08-01"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg    tomdato asoktom    regtom
        1    1     2001-09-10 2001-09-10 .       2001-09-10 .          .       2001-09-30 2001-09-30
        0    1     2001-09-30 2001-09-10 .       2001-09-10 2001-09-30 .       2001-09-30 2001-09-30
        1    2     2001-10-01 2001-09-10 .       2001-10-01 .          .       .          .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 FK070  2001-09-30 2001-08-31 2001-09-10 2001
        HL  2001-09-10 IP     2001-09-10 DP     2001-09-10 UI311  2001-09-30 2001-08-31 2001-09-10 2001
        DS  2001-10-01 IP     2001-10-01 DP     2001-10-01 UI311  2001-10-31 2001-09-30 2001-08-01 2001
    """)


def test_uk000_over_aarsskiftet(register):
    """The last registration outlives the year: December's registration gave no record, and January is not
    away (T10).
    """
    last(
        register,
        reg("2001-11", hend="2001-11-10"),
        reg("2001-12", hend="2001-11-10"),
        uendret("2002-01", "2002-12", hend="2001-11-10"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-11-10 2001-11-10 .       2001-11-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-11-10 IP     2001-11-10 DP     2001-11-10 FK070  2001-11-30 2001-10-31 2001-11-10 2001
    """)


def test_uk101_over_aarsskiftet(register):
    """A change in January belongs to the new year; the entry keeps its own aargang."""
    last(
        register,
        uendret("2001-11", "2001-12", hend="2001-11-10"),
        uendret("2002-01", "2002-12", ytelse="ID", hend="2002-01-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        1    1     2001-11-10 2001-11-10 .       2001-11-10 .       .       .       2002-01-14
        2    1     2002-01-15 2001-11-10 .       2001-11-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-11-10 IP     2001-11-10 DP     2001-11-10 FK070  2001-11-30 2001-10-31 2001-11-10 2001
        HL  2001-11-10 IP     2001-11-10 ID     2002-01-15 UK101  2002-01-31 2001-12-31 2002-01-15 2002
    """)


def test_uk111_merker_paa_avgang_og_tilgang(register):
    """An exit carries the marks of the spell's last registration (October's, which gave no record itself), an
    entry those of the registration that caused it.
    """
    last(
        register,
        reg("2001-09", hend="2001-09-10", mrk_sys="0", as_f="2", as_gr="1"),
        reg("2001-10", hend="2001-09-10", mrk_sys="1", as_f="1", as_gr="1"),
        reg("2001-11", hoved="2", arb="DS", hend="2001-11-15", as_f="3", as_gr="2"),
    )
    poster = register.f_arbsok(PERSON)
    assert [(p["kode"], p["status"], p["mrk_sys"], p["as_f"], p["as_gr"]) for p in poster] == [
        ("1", "FK070", "0", "2", "1"),
        ("0", "UK111", "1", "1", "1"),
        ("1", "UK111", None, "3", "2"),
    ]


def test_ui300_vrak_arbsok_er_hele_registreringen(register):
    """VRAK_ARBSOK holds the rejected record of the miniregister as it was, with its status."""
    last(
        register,
        reg("2001-09", hend="2001-09-10"),
        reg("2001-10", hend="2001-09-20", mrk_sys="1", as_f="2", as_gr="1", mrk_dl=32),
    )
    (vraket,) = register.vrak_arbsok(PERSON)
    ventet = {
        "fnr": PERSON,
        "hoved": "1",
        "hovedarbstat": "HL",
        "tiltak": "IP",
        "ytelse": "DP",
        "dagdato": date(2001, 10, 31),
        "fdagdato": date(2001, 9, 30),
        "mnddato": date(2001, 10, 1),
        "mrk_sys": "1",
        "mrk_fnr": "0",
        "mrk_dl": 32,
        "ant_d_as_n": 41,
        "henddato": date(2001, 9, 20),
        "as_f": "2",
        "as_gr": "1",
        "status": "UI300",
    }
    assert {navn: vraket[navn] for navn in ventet} == ventet


def test_uk101_serien_begynner_i_desember(register):
    """The start's month may be the year's last: January is compared with it, through H_ARBSOK."""
    register.set(serie_start=date(2001, 12, 1))
    last(
        register,
        reg("2001-11", hend="2001-11-10"),  # before the start: never compared with
        reg("2001-12", hend="2001-12-10"),
        uendret("2002-01", "2002-12", ytelse="ID", hend="2002-01-15"),
    )
    assert forlop(register) == tabell("""
        kode hoved regdato    tilgdato   avgdato asoktilg   asokavg tomdato asoktom regtom
        9    1     2001-12-10 2001-12-10 .       2001-12-10 .       .       .       2002-01-14
        2    1     2002-01-15 2001-12-10 .       2001-12-10 .       .       .       .

        arb arbdato    tiltak tiltakdato ytelse ytelsedato status dagdato    fdagdato   henddato   aargang
        HL  2001-12-10 IP     2001-12-10 DP     2001-12-10 FK020  2001-12-31 2001-11-30 2001-12-10 2001
        HL  2001-12-10 IP     2001-12-10 ID     2002-01-15 UK101  2002-01-31 2001-12-31 2002-01-15 2002
    """)
