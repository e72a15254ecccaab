"""The load of a year, by phase and step."""

from fdtrygd import lasting

from page import Lines, spread, table
from shared import FIRST, LATER, Bench


def year(bench: Bench) -> Lines:
    """2: the load of a year, by phase and step."""
    lines = [
        f"{FIRST} is the first year (it starts in May and finds nobody before it), {LATER} a later one."
        " *Process* is from the start of `fdtrygd load-year` to its exit, *load* the sum of the phases, which is"
        " what the product itself shows; every other row is a phase. The schema is installed beforehand.",
        "",
    ]
    loads = {
        f"{FIRST}": bench.first,
        f"{LATER}": bench.later,
        f"{LATER}, `--jobs 1`": bench.register.load_three(LATER, "--jobs", "1"),
    }
    medians = [runs[0] for runs in loads.values()]
    rows: list[list[object]] = [["records read", *(f"{each.records:,}".replace(",", " ") for each in medians)]]
    rows.append(["**process : floor**", *(each.seconds / bench.floor for each in medians)])
    rows.append(["load : floor", *(each.load / bench.floor for each in medians)])
    rows += [[f"{phase} : floor", *(run.phases[phase] / bench.floor for run in medians)] for phase in lasting.PHASES]
    rows.append(["process, seconds", *(each.seconds for each in medians)])
    rows.append(["of three, seconds", *map(spread, loads.values())])
    lines += table(("", *loads), *rows)
    later, alone = bench.later[0], medians[-1]
    bench.measured["year"] = later.seconds / bench.floor
    phases = sum(later.phases[each] for each in (lasting.COMPARING, lasting.SPELLS, lasting.PLACING))
    bench.measured["spells"] = 1 + phases / bench.floor
    lines += [
        f"The steps of {LATER}, added up over connections that worked side by side, as ratio to the floor:",
        "",
    ]
    names = sorted(alone.steps, key=lambda name: -alone.steps[name])
    ratio = bench.floor
    lines += table(
        ("step", f"{LATER}", f"{LATER}, `--jobs 1`"),
        *((f"`{name}`", later.steps.get(name, 0.0) / ratio, alone.steps[name] / ratio) for name in names),
    )
    return lines
