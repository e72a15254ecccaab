"""The codes that a person may have, and how frequent each is within its main group."""

import numpy as np

from fdtrygd.synthetic.arrays import Ints, chars

#: The main groups, in the order in which every array has them. Group 9 occurs in the files as a fault only.
GROUPS = (1, 2, 3, 4, 5, 7)
#: The place of group 5, the occupationally disabled.
YH = GROUPS.index(5)

#: Each status: as_gr, as_f, hovedarbstat, tiltak from October 2002 on, tiltak before that, share of its main group.
#: The source does not list the activities of two characters from before October 2002: where they differ from the later
#: ones, they are made up.
STATUSES = """
1 2  HL IP IP 85|1 1  HL PE PE 10|1 1  HL PF PF 5
2 3  DS IP IP 85|2 4  DS PE PE 10|2 4  DS PF PF 5
3 32 FS PRAKSORD PO 30|3 31 FS LONNTILS LT 15|3 33 FS AMO AM 30|3 33 FS AMOE AE 3|3 33 FS JOBBBONUS JB 2
3 33 FS JOBBK JK 3|3 33 FS JOBBKLUBB JL 4|3 34 FS SYSSLANG SL 3|3 34 FS VIKARBLED VB 4|3 35 FS KAT KA 2
3 35 FS TILRETTEL TR 2|3 35 FS VALS VA 2
4 10 FS IT IT 35|4 10 FS SK SK 35|4 10 FS ANDRE AN 15|4 10 FS ETAB ET 10|4 10 FS JOBBSKAP JS 5
5 51 YH VF VF 25|5 50 YH KF KF 12|5 50 YH HF HF 4|5 50 YH BIO BI 2|5 50 YH INST_S IS 1|5 50 YH JOBBSKAP JS 1
5 52 YH ETAB ET 1|5 52 YH LONNTILS LT 3|5 53 YH ATG AG 2|5 53 YH HOSP HO 1|5 53 YH ITGRTILS IG 1
5 53 YH PRAKSKJERM PS 3|5 53 YH PRAKSORD PO 9|5 53 YH SPA SP 1|5 54 YH AMO AM 5|5 54 YH AMOE AE 1
5 54 YH JOBBK JK 1|5 54 YH UTDYRK UY 12|5 55 YH SYSSLANG SL 1|5 55 YH SYSSOFF SO 1|5 55 YH VIKARBLED VB 1
5 55 YH YHEMMOFF YO 1|5 56 YH ABIST AB 4|5 57 YH FLEKSJOBB FJ 1|5 57 YH KAT KA 1|5 57 YH REAKTUFOR RU 1
5 57 YH TILRETTEL TR 1|5 57 YH VALS VA 1|5 58 YH AMBF1 A1 1|5 58 YH AMBF2 A2 1|5 59 YH AMBF3 A3 2
5 60 YH ASV AS 1|5 60 YH PV PV 1|5 60 YH VASV VS 1|5 60 YH VV VV 1|5 61 YH DIVTILT DT 1|5 61 YH FT FT 2
7 10 AN ANDRE AN 60|7 10 FS IT IT 15|7 10 FS SK SK 15|7 10 FS VI VI 10
"""
#: From this month on as_stat is long, and as_gr and as_f are filled.
LONG_FORM = (2002, 10)

#: Benefits, each with its share of every main group.
YTELSER = {
    "DP": (55, 60, 25, 5, 2, 2),
    "ID": (30, 33, 15, 80, 20, 88),
    "SD": (8, 4, 1, 5, 1, 2),
    "VS": (3, 1, 1, 1, 0, 1),
    "SO": (3, 1, 2, 5, 4, 5),
    "IS": (0, 0, 45, 2, 3, 0),
    "AT": (1, 1, 10, 1, 50, 1),
    "SA": (0, 0, 1, 1, 8, 1),
    "SY": (0, 0, 0, 0, 8, 0),
    "UT": (0, 0, 0, 0, 4, 0),
}

ROWS = [row.split() for line in STATUSES.split("\n") for row in line.split("|") if row]
ROW_GROUP = np.array([GROUPS.index(int(row[0])) for row in ROWS])
ROW_SHARES = np.array([[int(row[5]) * (int(row[0]) == g) for row in ROWS] for g in GROUPS])
ROW_GR = chars([row[0].ljust(2, "\0") for row in ROWS])
ROW_F, ROW_LONG, ROW_SHORT = (chars([row[i] for row in ROWS]) for i in (1, 3, 4))
ROW_RENAMED = np.array([row[3] != row[4] for row in ROWS])
HOVEDARBSTAT = ["HL", "DS", "FS", "YH", "AN"]
ROW_HA = np.array([HOVEDARBSTAT.index(row[2]) for row in ROWS])
YTELSE_CHARS = chars(list(YTELSER))
YTELSE_SHARES = np.array(list(YTELSER.values())).T
#: The two most frequent ones of each main group. Who changes and draws the code that he has already gets one of these.
ROW_TOP = np.argsort(-ROW_SHARES, axis=1, kind="stable")[:, :2]
YTELSE_TOP = np.argsort(-YTELSE_SHARES, axis=1, kind="stable")[:, :2]


def another(picked: Ints, old: Ints, top: Ints) -> Ints:
    """What was picked, or, where that is the old code, a frequent code that differs from it."""
    return np.where(picked != old, picked, np.where(top[:, 0] != old, top[:, 0], top[:, 1]))
