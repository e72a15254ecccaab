"""More persons, more years."""

from datetime import date

from fdtrygd import lasting

from cluster import Series, linked, one
from page import Lines, table
from sections.queries import PERSONS, Asked, histories
from shared import FIRST, Bench

#: 1×, 2×, 4×
TIMES = (1, 2, 4)
#: Years loaded before the one that is measured.
EARLIER_YEARS = (0, 1, 5, 20)
LAST = 2021


def growth(bench: Bench) -> Lines:
    """5: more persons, more years."""
    return growth_in_persons(bench) + growth_in_years(bench)


def growth_in_persons(bench: Bench) -> Lines:
    """5a: 1×, 2× and 4× persons, the second year of a series."""
    loads = {}
    for times in TIMES:
        persons = str(times * bench.cluster.sizes.persons)
        folder = bench.cluster.files("--persons", persons, first=FIRST, last=FIRST + 1)
        series = Series(bench.cluster, f"persons_{times}", folder, FIRST)
        loads[times] = series.load_three(FIRST + 1)
        series.forget()
    least, most = loads[TIMES[0]][0], loads[TIMES[-1]][0]
    bench.measured["persons"] = most.load / least.load
    bench.client(*(runs[0].client for runs in loads.values()))
    return [
        "Persons: a later year of a series with 1×, 2× and 4× persons in the files. The load itself is compared;"
        " the start of the program, the same for all, would flatter the ratio.",
        "",
        *table(
            ("persons", "records of the year", "load, seconds", ": 1×", "records : 1×", "client MB", "server MB"),
            *(
                (
                    f"{times}× ({times * bench.cluster.sizes.persons} a month)",
                    runs[0].records,
                    runs[0].load,
                    runs[0].load / least.load,
                    runs[0].records / least.records,
                    f"{runs[0].client:.0f}",
                    f"{runs[0].server:.0f}",
                )
                for times, runs in loads.items()
            ),
        ),
    ]


def growth_in_years(bench: Bench) -> Lines:
    """5b: the same year on top of 0, 1, 5 and 20 earlier ones."""
    persons = str(bench.cluster.sizes.persons_of_years)
    every = bench.cluster.files("--persons", persons, first=LAST - max(EARLIER_YEARS), last=LAST)
    loads, held = {}, {}
    history: dict[str, tuple[Asked, float]] = {}
    for years in EARLIER_YEARS:
        first = LAST - years
        series = Series(bench.cluster, f"years_{years}", linked(every, first), first, date(first, 1, 1))
        with bench.cluster.connect(series.holding(LAST - 1)) as connection:
            (held[years],) = one(connection, "SELECT count(*) FROM trygdfob.f_arbsok")
        loads[years] = series.load_three(LAST)
        if years == max(EARLIER_YEARS):
            with bench.cluster.connect(series.holding(LAST)) as connection:
                history = histories(connection)
        series.forget()
    load = {years: runs[0].load for years, runs in loads.items()}
    few, some, many = (EARLIER_YEARS[each] for each in (0, 1, -1))
    bench.measured["years"] = load[many] / load[some]
    bench.measured["person"] = max(asked.ms for asked, _ in history.values())
    bench.client(*(runs[0].client for runs in loads.values()))
    return [
        f"Years: {LAST} from the same files, when so many earlier years are loaded ({persons} persons a month)."
        " A series' first year has less to do: there is no spell to carry on and no earlier record to mend. So 1,"
        " 5 and 20 are the comparison that shows growth.",
        "",
        *table(
            ("earlier years", "F_ARBSOK before", "load, seconds", ": none", ": one", *lasting.PHASES),
            *(
                (
                    years,
                    held[years],
                    load[years],
                    load[years] / load[few],
                    load[years] / load[some],
                    *(runs[0].phases[phase] for phase in lasting.PHASES),
                )
                for years, runs in loads.items()
            ),
        ),
        f"One person's history with {many + 1} years loaded, by a prepared statement, medians over {PERSONS} persons of"
        " ten stretches or more. *Execution* is what EXPLAIN (ANALYZE, BUFFERS) calls so; *planning* there is fetching"
        " the plan that is kept, with its locks; *answer* is from the client's call to the last row.",
        "",
        *table(
            ("one person's history", "execution, ms", "planning, ms", "answer, ms"),
            *(
                (what, f"{asked.ms:.3f}", f"{asked.planning:.3f}", f"{answer:.3f}")
                for what, (asked, answer) in history.items()
            ),
        ),
        *(line for what, (asked, _) in history.items() for line in (f"{what}:", "", "```", *asked.plan, "```", "")),
    ]
