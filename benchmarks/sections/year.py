"""The load of a year, by phase and step."""

from fdtrygd import kontroll, lasting

from cluster import one
from page import Lines, spread, table
from shared import FIRST, LATER, Bench


def year(bench: Bench) -> Lines:
    """2: the load of a year, by phase and step."""
    lines = [
        f"{FIRST} is the first year (it starts in May and finds nobody before it), {LATER} a later one."
        " *Process* is from the start of `fdtrygd load-year` to its exit, *load* the sum of the phases, which is"
        " what the product itself shows; every other ratio is a phase. The schema is installed beforehand. WAL and"
        " temporary files are what the server counted from before the process to after it; its memory is what its"
        " processes have to themselves, all together, shared buffers not counted."
        f" `innstilling.arbeidsminne_mb`, what sorts and hash tables may take together, is {budget(bench)}.",
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
    rows.append(["**without controls : floor**", *(each.unchecked / bench.floor for each in medians)])
    rows.append(["controls : the rest", *(each.phases[kontroll.CHECKING] / each.unchecked for each in medians)])
    rows.append(["process, seconds", *(each.seconds for each in medians)])
    rows.append(["of three, seconds", *map(spread, loads.values())])
    rows.append(["WAL written, MB", *(f"{each.wal:.0f}" for each in medians)])
    rows.append(["temporary files written, MB", *(f"{each.temporary:.0f}" for each in medians)])
    rows.append(
        ["server's largest memory, MB", *(f"{max(each.server for each in runs):.0f}" for runs in loads.values())]
    )
    lines += table(("", *loads), *rows)
    later, alone = bench.later[0], medians[-1]
    bench.measured["year"] = later.seconds / bench.floor
    bench.measured["unchecked"] = later.unchecked / bench.floor
    bench.measured["controls"] = later.phases[kontroll.CHECKING] / later.unchecked
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


def budget(bench: Bench) -> int:
    """arbeidsminne_mb as the product has it."""
    with bench.cluster.connect(bench.cluster.schema) as connection:
        (mb,) = one(connection, "SELECT arbeidsminne_mb FROM trygdfob.innstilling")
    return int(mb)
