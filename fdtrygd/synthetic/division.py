"""A division of a made-up country into fylker and kommuner since 1971, in Klass' form, with what became of each.

It is not Norway's: a register of nobody has its own, and a real one brings Klass' lists. But all that happens to
kommuner happens in it: they merge, one takes in another, they get another number or another name, and one is split.
"""

from dataclasses import dataclass

FIRST = "1971-01-01"
#: Codes of the fylker; one has a single kommune.
FYLKER = (*range(1, 13), *range(14, 21))
ALONE, KOMMUNER = 3, 24
#: Day -> what comes from what: (old codes, new codes). One new code of several old ones is a merger, and several of one
#: a split; where the same code stands on both sides it goes on, and has a new name if it is alone.
CHANGES: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "1988-01-01": [(("0123", "0124"), ("0125",))],
    "1992-01-01": [(("0222", "0223", "0224"), ("0222",)), (("0422",), ("0425", "0426"))],
    "2002-01-01": [(("0702", "0703"), ("0702",)), (("1224",), ("1125",))],
    "2003-01-01": [(("0701",), ("0701",))],
    "2004-01-01": [(("1624",), ("1625", "1626")), (("0903",), ("0925", "0926"))],
    "2005-01-01": [(("1823", "1804"), ("1804",))],
    "2006-01-01": [(("1523", "1524"), ("1525",)), (("1420",), ("1425",))],
}
#: The files, with their columns.
COLUMNS = {
    "kommune": ("code", "name", "validFrom", "validTo", "parentCode"),
    "fylke": ("code", "name", "validFrom", "validTo"),
    "kommune_endring": ("oldCode", "newCode", "changeOccurred"),
}


@dataclass
class Period:
    """A kommune's code with a name, from a day to the day before another."""

    code: str
    name: str
    first: str
    end: str = ""


def kommuner() -> list[Period]:
    """Every code in each of its periods, in order."""
    codes = [f"{fylke:02}{number:02}" for fylke in FYLKER for number in range(1, 2 if fylke == ALONE else KOMMUNER + 1)]
    there = {code: Period(code, f"Kommune {code}", FIRST) for code in codes}
    gone: list[Period] = []
    for day, changes in CHANGES.items():
        for old, new in changes:
            renamed = old == new
            for code in old:
                if code not in new or renamed:
                    there[code].end = day
                    gone.append(there.pop(code))
            for code in new:
                if code not in there:
                    there[code] = Period(code, f"{'Nye kommune' if renamed else 'Kommune'} {code}", day)
    return sorted([*gone, *there.values()], key=lambda period: (period.code, period.first))


def lists() -> dict[str, list[tuple[str, ...]]]:
    """The rows of each file."""
    return {
        "kommune": [(each.code, each.name, each.first, each.end, each.code[:2]) for each in kommuner()],
        "fylke": [(f"{fylke:02}", f"Fylke {fylke:02}", FIRST, "") for fylke in FYLKER],
        "kommune_endring": [
            (one, other, day)
            for day, changes in CHANGES.items()
            for old, new in changes
            for one in old
            for other in new
        ],
    }


def written() -> dict[str, bytes]:
    """The content of each file."""
    return {
        name: "".join(",".join(row) + "\n" for row in (COLUMNS[name], *rows)).encode() for name, rows in lists().items()
    }
