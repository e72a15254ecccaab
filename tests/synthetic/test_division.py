"""The made-up division: every code's periods meet, and each change leads from what there was to what there is."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

from fdtrygd.synthetic import division

LISTS = division.lists()
CHANGES: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
for old, new, day in LISTS["kommune_endring"]:
    CHANGES[day][old].add(new)


def in_force(day: str) -> set[str]:
    return {code for code, _, first, end, _ in LISTS["kommune"] if first <= day < (end or "9999")}


def before(day: str) -> str:
    return date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()


def test_how_many_there_are() -> None:
    """Of each of 19 fylker 24, of one a single one; then as many as the changes leave."""
    counts = [len(in_force(f"{year}-01-01")) for year in (1971, 1988, 1992, 2002, 2003, 2004, 2005, 2006)]
    assert counts == [433, 432, 431, 430, 430, 432, 431, 430]
    assert len(LISTS["fylke"]) == 19


def test_a_codes_periods_meet_and_a_further_one_has_another_name() -> None:
    periods = defaultdict(list)
    for code, name, first, end, fylke in LISTS["kommune"]:
        periods[code].append((name, first, end))
        assert first < (end or "9999")
        assert fylke == code[:2]
        assert fylke in {row[0] for row in LISTS["fylke"]}
    for rows in periods.values():
        for one, other in pairwise(rows):
            assert one[2] == other[1]
            assert one[0] != other[0]
    assert any(len(rows) > 1 for rows in periods.values())


def test_a_change_leads_from_what_there_was_to_what_there_is() -> None:
    for day, codes in CHANGES.items():
        old, new = in_force(before(day)), in_force(day)
        assert codes.keys() <= old
        assert set().union(*codes.values()) <= new
        assert old - new <= codes.keys()
        assert new - old <= set().union(*codes.values())


def test_everything_that_happens_to_kommuner_happens() -> None:
    kinds = set()
    for codes in CHANGES.values():
        taken = [new for targets in codes.values() for new in targets]
        for old, targets in codes.items():
            (one, *_) = sorted(targets)
            kinds.add(
                "split" if len(targets) > 1
                else "renamed" if targets == {old} and taken.count(one) == 1
                else "goes on larger" if targets == {old}
                else "taken in" if one in codes
                else "merged" if taken.count(one) > 1
                else "renumbered, to another fylke" if one[:2] != old[:2]
                else "renumbered"
            )  # fmt: skip
    assert kinds == {
        "split", "renamed", "goes on larger", "taken in", "merged", "renumbered", "renumbered, to another fylke"
    }  # fmt: skip
