"""The command status: which years are loaded, what runs now, and with --verbose the run log (kjorelogg)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

import typer
from psycopg.rows import dict_row
from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fdtrygd import lasting, leveranse
from fdtrygd.db import database, installation
from fdtrygd.db.database import Connection
from fdtrygd.screen import counted, out, say, thousands
from fdtrygd.settings import product_version

#: Kinds of events, by the names of their counts; an event is a registration that gave records.
EVENTS = ("tilganger", "venstresensurerte", "endringer", "gruppeoverganger")
#: Exits, which are records too: they have no registration of their own, or share it with an entry.
EXITS = ("avganger", "avsluttede")
#: What becomes of a registration: the words for it, and utfall in registrering_tall.
OUTCOMES = (
    ("confirmed the running spell", "bekreftet"),
    ("gave records", "ga_record"),
    ("rejected (VRAK_ARBSOK)", "vraket"),
)

#: The counts that the sums are made of. A load by an earlier version may lack some.
ADDED_UP = {
    *("lagsasf", "ugyldig_fnr", "dublett", "nokkel_miniregister", "fra_start"),
    *(*EVENTS, *EXITS),
    *("vrakede", "asok_insert_vrak", "asok_insert_forlop"),
}

#: Where a version of statistics stands.
STATES = {"utkast": "drafts", "godkjent": "approved", "publisert": "published"}

Run = dict[str, Any]
#: What a sum consists of, each with its label and its number.
Terms = list[tuple[str, int]]


def status(
    verbose: Annotated[
        bool, typer.Option("--verbose", help="The run log too: files, counts, times, controls of every run.")
    ] = False,
) -> None:
    """What is loaded and what runs now, where the series starts, which version the schema has."""
    with installation.open_current() as connection:
        show(connection, verbose=verbose)


def show(connection: Connection, *, verbose: bool) -> None:
    """What is loaded, where the series starts and which version the schema has; with `verbose` every run too."""
    revision, digest = installation.version(connection) or ("", "")
    say(f"FD-Trygd ARBSOK {product_version()}, schema {revision}, objects {digest}")
    if not database.may_read(connection, "trygdfob", "innstilling") and makes_statistics(connection):
        show_statistics(connection)  # whoever makes statistics reads nothing else
        return
    start, limit, test_numbers = connection.execute(
        "SELECT serie_start, avslutning_dager, testnumre FROM trygdfob.innstilling"
    ).fetchone() or (None, 0, None)
    say(f"Series start {start}; closing after {counted(limit, 'day')}")
    say(f"Test persons' numbers count as {'valid' if test_numbers else 'invalid (mrk_fnr 2)'}")
    show_years(connection)
    show_statistics(connection)
    show_running(connection)
    for sentence in leveranse.to_be_done(connection):
        say(sentence)
    if verbose:
        show_runs(connection)


def show_years(connection: Connection) -> None:
    rows = connection.execute(
        "SELECT l.aargang, CASE WHEN l.syntetisk THEN 'synthetic' ELSE 'real' END, l.lastet, sum(m.antall)"
        " FROM trygdfob.lastet_aargang AS l JOIN trygdfob.maanedsfil AS m USING (aargang)"
        " GROUP BY l.aargang, l.syntetisk, l.lastet ORDER BY l.aargang"
    ).fetchall()
    if not rows:
        say("No year is loaded.")
        return
    table = Table("year", "records read", "loaded", "data", box=box.SIMPLE_HEAD)
    table.columns[1].justify = "right"
    for year, kind, loaded, records in rows:
        table.add_row(str(year), thousands(int(records)), f"{loaded:%Y-%m-%d %H:%M}", kind)
    out.print(table)
    say(f"{rows[-1][0]} is not final: the next year may still close or sew spells that run at its end.")


def show_statistics(connection: Connection) -> None:
    """The population register and where each period's statistics stand, for whoever may read that."""
    register = (
        database.may_read(connection, "befolkning", "folkeregisterversjon")
        and connection.execute(
            "SELECT folkeregisterversjon, lastet, gjelder_til, syntetisk FROM befolkning.folkeregisterversjon"
            " ORDER BY folkeregisterversjon DESC LIMIT 1"
        ).fetchone()
    )
    if register:
        number, loaded, until, synthetic = register
        kind = "synthetic" if synthetic else "real"
        say(f"Population register: version {number}, {kind}, loaded {loaded:%Y-%m-%d %H:%M}, knows days up to {until}")
    if not makes_statistics(connection):
        return
    versions = connection.execute(
        "SELECT v.pakke, v.tilstand, array_agg(DISTINCT v.periode::text) FROM statistikk.versjon AS v"
        " GROUP BY v.pakke, v.tilstand ORDER BY v.pakke, array_position(%s::text[], v.tilstand::text)",
        [list(STATES)],
    ).fetchall()
    for package, state, periods in versions:
        paragraph(f"Statistics, {package}, {STATES[state]}: {', '.join(in_short(periods))}", indent=0)
    if versions:
        from fdtrygd import statistikk  # numpy takes longer to import than all the rest of this

        for version, months in statistikk.stale(connection):
            paragraph(statistikk.outdated(version, months), indent=0)


def makes_statistics(connection: Connection) -> bool:
    return database.may_read(connection, "statistikk", "versjon")


def in_short(periods: Iterable[str]) -> list[str]:
    """Months, and years, that follow one another as one: 2003M01 to 2003M04."""
    runs: list[list[str]] = []
    last = 0
    for period in sorted(periods, key=lambda period: (len(period), period)):
        year, month = int(period[:4]), int(period[5:] or 0)
        number = 12 * year + month if month else year
        if runs and number == last + 1 and len(runs[-1][0]) == len(period):
            runs[-1][1:] = [period]
        else:
            runs.append([period])
        last = number
    return [" to ".join(run) for run in runs]


def show_running(connection: Connection) -> None:
    """A line for each session of a load, unload, check, upgrade or delivery that runs now."""
    for session in connection.execute(
        "SELECT handling, aargang, fase, nummer, siden, pid, bruker, kopierte_bytes, blokkert_av"
        " FROM trygdfob.pagaende_arbeid ORDER BY siden, pid"
    ):
        action, year, phase, number, since, pid, user, copied, blocked_by = session
        what = " ".join(str(part) for part in (phase, number) if part is not None)
        say(
            f"Running: {action}{f' of {year}' if year else ''}, {what}, since {since:%H:%M:%S}"
            f"{f', {thousands(copied)} bytes read' if copied else ''} (process {pid}, by {user})"
            f"{f'; waits for process {blocked_by[0]}' if blocked_by else ''}"
        )


def show_runs(connection: Connection) -> None:
    """Each run in the log, the newest last, with its counts as sums that must add up."""
    with connection.cursor(row_factory=dict_row) as cursor:
        runs = cursor.execute("SELECT * FROM trygdfob.kjorelogg ORDER BY kjoring").fetchall()
    last = {run["aargang"]: run["kjoring"] for run in runs}
    outcomes = outcomes_by_year(connection)
    steps = [step.name for step in lasting.all_steps(connection)]
    posts = {post.name: post for post in lasting.all_posts(connection)}
    written: dict[int, tuple[int, int]] = {}  # year -> its last load, and the records that it wrote
    for run in runs:
        year, counts = run["aargang"], run["antall"]
        show_run(run)
        if run["handling"] == "load":
            show_files(run["filer"])
            # registrering_tall is about the year as it is loaded now
            show_load_sums(posts, run, outcomes.get(year) if last[year] == run["kjoring"] else None)
            if "asok_insert_forlop" in counts:
                written[year] = run["kjoring"], counts["asok_insert_forlop"]
        else:
            terms = [(f"written by run {written[year][0]}", written[year][1])] if year in written else []
            show_sum("taken out of F_ARBSOK", counts["f_arbsok"], terms)
        show_times(counts, run["sekunder"], steps)
        show_controls(run)


def outcomes_by_year(connection: Connection) -> dict[int, dict[str, int]]:
    """What became of each loaded year's registrations, counted by outcome (spec.md 5.8)."""
    found: dict[int, dict[str, int]] = {}
    for year, outcome, count in connection.execute(
        "SELECT aargang, utfall, sum(antall)::bigint FROM arbsok_lasting.registrering_tall GROUP BY aargang, utfall"
    ):
        found.setdefault(year, {})[outcome] = count
    return found


def show_run(run: Run) -> None:
    seconds = (run["ferdig"] - run["startet"]).total_seconds()
    out.print()
    out.print(
        Text(
            f"Run {run['kjoring']}: {run['handling']} of {run['aargang']}, {run['startet']:%Y-%m-%d %H:%M:%S}, "
            f"{seconds:.1f} seconds, by {run['bruker']}",
            style="bold",
        )
    )
    say(f"  product {run['produktversjon']}, rules (sql/objects) {run['objektversjon']}")
    settings = sorted(run["innstillinger"].items())
    paragraph("settings: " + ", ".join(f"{name} {str(value).lower()}" for name, value in settings))


def show_files(files: list[dict[str, Any]]) -> None:
    """The month files with their checksums, as sha256sum prints them, to be compared with files on a disk."""
    say("")
    say(f"  {'file, sha256':<24}{'records':>14}{'bytes':>18}   extraction")
    for file in files:
        size, records = thousands(file["bytes"]), thousands(file["antall"])
        say(f"  {file['fil']:<24}{records:>14}{size:>18}   {file['dagdato']}")
        say(f"    {file['sha256']}")


def show_load_sums(posts: Mapping[str, lasting.Post], run: Run, outcomes: dict[str, int] | None) -> None:
    """A load's counts as sums: what was read, what became of it, what was written (spec.md 5.8).

    `outcomes` has what became of the year's registrations. It is None where the year was unloaded or loaded anew since;
    then what the counts leave over is called the rest.
    """
    # Versions before T13 set no record aside for it
    counts: dict[str, int] = {"tall_i_as_stat": 0, **run["antall"]}
    say("")
    if missing := sorted(ADDED_UP - counts.keys()):
        paragraph(f"No sums: the version that loaded the year did not count {', '.join(missing)}.")
        return

    def terms(*names: str) -> Terms:
        return [(posts[name].title, counts[name]) for name in names]

    kept, from_start, written = terms("nokkel_miniregister", "fra_start", "asok_insert_forlop")
    events = terms(*EVENTS)
    gave = sum(count for _, count in events)
    if outcomes:
        before = ("from before the series' start", outcomes.get("foer_start", 0))
        became = [(label, outcomes.get(outcome, 0)) for label, outcome in OUTCOMES]
    else:
        before = ("from before the series' start (the rest)", kept[1] - from_start[1])
        became = [
            ("confirmed the running spell (the rest)", from_start[1] - gave - counts["vrakede"]),
            *((label, number) for (label, _), number in zip(OUTCOMES[1:], (gave, counts["vrakede"]), strict=True)),
        ]

    read = counts["lagsasf"]
    show_sum("records in the month files", sum(file["antall"] for file in run["filer"]), [("read", read)])
    show_sum("read", read, [*terms("tall_i_as_stat", "ugyldig_fnr", "dublett"), kept])
    show_sum(*kept, [before, from_start])
    show_sum(*from_start, became)
    show_sum("gave records", became[1][1], events)
    show_sum("rejected", became[2][1], [("by their status", counts["vrakede"])])
    show_sum("rejected by their status", counts["vrakede"], [("written to VRAK_ARBSOK", counts["asok_insert_vrak"])])
    show_sum(*written, [(posts[name].label, posts[name].count(counts)) for name in (*EVENTS, *EXITS)])


def show_sum(label: str, total: int, terms: Terms) -> None:
    """The total, what it consists of, and whether that adds up; where it does not, a line in red."""
    together = sum(number for _, number in terms)
    lines = [(f"  {label}", total), *((f"    {term}", number) for term, number in terms)]
    if len(terms) > 1:
        lines.append(("    together", together))
    *rest, last = [f"{text:<46}{thousands(number):>14}" for text, number in lines]
    for line in rest:
        say(line)
    if not terms:
        say(last)
    elif together == total:
        say(f"{last}  ok")
    else:
        difference = f"{thousands(abs(together - total))} too {'many' if together > total else 'few'}"
        say(last)
        out.print(Text(f"    DOES NOT ADD UP: {difference}", style="bold red"))


def show_times(counts: dict[str, int], seconds: dict[str, Any], order: list[str]) -> None:
    """Seconds by phase, and by step with what it returned, in the order of the steps, which jsonb does not keep."""
    steps: dict[str, float] = seconds.get("steps", {})
    phases = {name: took for name, took in seconds.items() if name != "steps"}
    say("")
    say(f"  {'phase':<32}{'seconds':>10}")
    for phase in in_order(phases, lasting.PHASES):
        say(f"    {phase:<30}{phases[phase]:>10.1f}")
    if steps:
        say(f"  {'step, over all connections':<32}{'seconds':>10}{'count':>18}")
        for step in in_order(steps, order):
            say(f"    {step:<30}{steps[step]:>10.1f}{thousands(counts.get(step, 0)):>18}")


def in_order(names: Iterable[str], order: Sequence[str]) -> list[str]:
    """The names in the given order; those that it lacks come last."""
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))


def show_controls(run: Run) -> None:
    """What the controls found before the run was committed, and what was suspicious."""
    found: dict[str, int] = run["kontroller"]
    if found:
        say("")
        sound = sum(not count for count in found.values())
        say(f"  controls: {len(found)} run, {sound} without findings")
        for control, count in sorted(found.items()):
            if count:
                say(f"    {control:<42}{thousands(count):>14}")
            if reason := run["godtatt"].get(control):
                paragraph(f"accepted: {reason}", indent=6)
    for warning in run["advarsler"]:
        paragraph(f"Warning: {warning}")


def paragraph(text: str, indent: int = 2) -> None:
    """Text of any length, broken into lines and indented."""
    out.print(Padding(Text(text), (0, 0, 0, indent), expand=False))
