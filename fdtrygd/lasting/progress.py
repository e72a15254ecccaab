"""How far a load or a check has come, and how long it still takes, for whoever watches it.

The time that each phase took in this database's newest load, for each byte of its files, says how much of the work the
phase is; where nothing was loaded yet, the sample's times do. Within a phase the steps that are done count, each with
its own time. Between two steps, and in a phase of one long statement, the time that has passed counts as well, but
never for more than the step that is under way.
"""

import math
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from rich.console import RenderableType
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from fdtrygd.db.database import Connection
from fdtrygd.kontroll import CHECKING
from fdtrygd.lasting.steps import COMPARING, MINIREGISTER, PHASES, PLACING, READING, SPELLS, all_steps
from fdtrygd.screen import err

Item = TypeVar("Item")

#: The sample's year 2005, measured on two cores: bytes of its files, seconds by phase and by step.
SAMPLE_BYTES = 1_506_255
SAMPLE: dict[str, Any] = {
    READING: 0.17,
    MINIREGISTER: 0.38,
    COMPARING: 0.04,
    SPELLS: 0.12,
    PLACING: 0.72,
    CHECKING: 0.78,
    "steps": {
        **{"lagsasf": 0.07, "kontroller_felt": 0.01, "dagdato_ret": 0.01},
        **{"lag_miniregister": 0.30, "sjekkfnr_dub": 0.22, "nokkel_miniregister": 0.16},
        **{"asok_kod_kjennemerker": 0.15, "oppdater_h_arbsok": 0.04, "finn_tidligere_tilfelle": 0.01},
        **{"gi_lopenummer": 0.01, "asok_insert_vrak": 0.01},
        **{"oppdater_tidligere_tilfelle": 0.09, "asok_insert_forlop": 0.14, "fest_miniregister": 0.01},
        **{"fest_h_arbsok": 0.03, "fest_aargang": 0.34},
    },
}
#: The part of the phase that is copying bytes; the log knows the steps beside it only.
COPYING = 0.5
#: What of the whole an estimate must have seen before it is believed more than the last load's pace.
PRIOR = 0.1
#: Seconds between two lines of the same phase where nobody looks at a terminal.
EVERY = 60.0
#: A step that takes so many times what it should, and so many seconds at least, is said to take long.
LONG, LONG_SECONDS = 2.0, 10.0


@dataclass(frozen=True)
class Phase:
    """What a phase of a year is expected to take."""

    seconds: float
    #: step -> the share of the phase that each of its runs is, and how often it runs
    steps: Mapping[str, tuple[float, int]]
    #: the share that is copying so many bytes
    copying: float = 0.0
    size: int = 0


Work = Mapping[str, Phase]


def phase_of(name: str, seconds: float, steps: Mapping[str, float], pieces: Mapping[str, int], size: int) -> Phase:
    """A phase from what it and its steps took; the steps' times are sums over connections that worked side by side.

    `pieces` says how often each step of it runs.
    """
    copying = COPYING if name == READING else 0.0
    took = {step: max(steps.get(step, 0.0), 0.001) for step in pieces}
    # The controls are one statement that no step is made of
    together = max(seconds, sum(took.values())) if name == CHECKING else sum(took.values())
    return Phase(
        max(seconds, 0.001),
        {step: ((1 - copying) * took[step] / together / times, times) for step, times in pieces.items()},
        copying,
        size,
    )


def last_load(connection: Connection) -> tuple[Mapping[str, Any], int]:
    """Seconds by phase and step of the newest load, and its bytes; the sample's where there is none to go by."""
    row = connection.execute(
        "SELECT k.sekunder, s.bytes FROM trygdfob.kjorelogg AS k"
        " CROSS JOIN LATERAL (SELECT coalesce(sum((f ->> 'bytes')::bigint), 0)::bigint AS bytes"
        " FROM jsonb_array_elements(k.filer) AS f) AS s"
        " WHERE k.handling = 'load' AND k.sekunder ?& %s AND s.bytes > 0 ORDER BY k.kjoring DESC LIMIT 1",
        [list(PHASES)],
    ).fetchone()
    return (row[0], row[1]) if row else (SAMPLE, SAMPLE_BYTES)


def expected(connection: Connection, sizes: Mapping[int, int], phases: Iterable[str] = PHASES) -> dict[int, Work]:
    """What the years are expected to take whose files have so many bytes."""
    took, size = last_load(connection)
    pieces: dict[str, dict[str, int]] = {phase: {} for phase in PHASES}
    for step in all_steps(connection):
        pieces[step.phase][step.name] = step.times
    return {
        year: {
            name: phase_of(
                name, took[name] * given / size, scaled(took.get("steps", {}), given / size), pieces[name], given
            )
            for name in phases
        }
        for year, given in sizes.items()
    }


def scaled(steps: Mapping[str, float], by: float) -> dict[str, float]:
    return {name: seconds * by for name, seconds in steps.items()}


def eased(share: float) -> float:
    """Time passed, as a share of what was expected: itself at first, ever slower near the end, never all of it."""
    return share if share < 0.8 else 1 - 0.2 * math.exp(-(share - 0.8) / 0.2)


class Reckoning:
    """How far the years have come, from what is told of them; no clock of its own."""

    def __init__(self, work: Mapping[int, Work], now: float) -> None:
        self.work = work
        self.began = self.since = now
        self.total = sum(phase.seconds for year in work.values() for phase in year.values())
        self.year: int | None = None
        self.name = ""
        #: expected seconds of the years, and of this year's phases, that are behind
        self.years_done = self.phases_done = 0.0
        self.runs: dict[str, int] = {}
        self.copied = 0
        self.shown = 0.0
        self.finished = False

    def phase(self, year: int, name: str, now: float) -> None:
        """The year has come to a phase."""
        if year != self.year:
            self.end_year()
            self.year = year
        elif self.name:
            self.phases_done += self.work[year][self.name].seconds
        self.name, self.runs, self.copied, self.since = name, {}, 0, now

    def step(self, name: str, now: float) -> None:
        """A step has been done once more."""
        self.runs[name] = self.runs.get(name, 0) + 1
        self.since = now

    def read(self, count: int, now: float) -> None:
        self.copied += count
        self.since = now

    def end_year(self) -> None:
        """The year is committed."""
        if self.year is not None:
            self.years_done += sum(phase.seconds for phase in self.work[self.year].values())
            self.year, self.name, self.phases_done = None, "", 0.0

    def finish(self) -> None:
        """All of it is committed."""
        self.end_year()
        self.finished = True

    def ahead(self) -> tuple[Phase, float, float]:
        """The phase, what of it is done, and what of it the piece under way is, about."""
        assert self.year is not None
        phase = self.work[self.year][self.name]
        done = sum(
            share * min(self.runs.get(name, 0), times) for name, (share, times) in phase.steps.items()
        ) + phase.copying * min(self.copied / phase.size if phase.size else 1, 1)
        left = sum(max(times - self.runs.get(name, 0), 0) for name, (_, times) in phase.steps.items())
        return phase, done, (1 - done) / max(left, 1)

    def seconds_done(self, now: float) -> float:
        """How much of the expected time the work stands for that is done."""
        if not self.name:
            return self.years_done
        phase, done, piece = self.ahead()
        within = eased((now - self.since) / max(phase.seconds * piece, 0.001)) * piece
        return self.years_done + self.phases_done + phase.seconds * (done + within)

    def share(self, now: float) -> float:
        """How much of the work is done; never less than before, and all of it when it is committed, not earlier."""
        if self.finished:
            return 1.0
        self.shown = max(self.shown, min(self.seconds_done(now) / self.total, 0.9999))
        return self.shown

    def left(self, now: float) -> float:
        """Seconds that are left, at the pace of so far; in the beginning at the last load's."""
        done = self.share(now) * self.total
        prior = PRIOR * self.total
        return (self.total - done) * (now - self.began + prior) / (done + prior)

    def long(self, now: float) -> bool:
        """Whether the step under way takes much longer than it should: the estimate is not to be trusted."""
        if not self.name:
            return False
        phase, _, piece = self.ahead()
        return now - self.since > max(LONG * phase.seconds * piece, LONG_SECONDS)

    def words(self, now: float) -> str:
        """34 %, about 5 min left"""
        if self.finished:
            return "100 %"
        late = "; longer than reckoned" if self.long(now) else ""
        return f"{int(100 * self.share(now))} %, {duration(self.left(now))} left{late}"


def duration(seconds: float) -> str:
    minutes = math.ceil(seconds / 60)
    if minutes < 2:
        return "a minute or less"
    return f"about {minutes} min" if minutes < 60 else f"about {minutes // 60} h {minutes % 60:02} min"


class Lively(Progress):
    """rich's bars, which look at the clock each time that they are drawn."""

    look: Callable[[], None] = staticmethod(lambda: None)

    def get_renderables(self) -> Iterable[RenderableType]:
        self.look()
        yield from super().get_renderables()


class Bars:
    """Progress on stderr: one bar on a terminal, a line for each phase elsewhere (for a long one, one a minute)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.bars = Lively(
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            TextColumn("{task.fields[words]}"),
            console=err,
            disable=not err.is_terminal,
            transient=True,
        )
        self.bars.look = self.draw
        self.clock = clock
        self.reckoning: Reckoning | None = None
        self.task: TaskID | None = None
        self.heading = ""
        self.said = clock()
        self.telling = threading.Lock()

    def expect(self, work: Mapping[int, Work]) -> None:
        """What is to be done, year by year, begins."""
        self.reckoning = Reckoning(work, self.clock())
        self.task = self.bars.add_task("", total=1.0, words="")

    def phase(self, year: int, what: str) -> None:
        """The year has come to the phase `what`."""
        with self.telling:
            now = self.clock()
            if self.reckoning is not None:
                self.reckoning.phase(year, what, now)
            place = self.place(year)
            self.heading = f"{year}{place}: {what}"
            self.say(now)

    def place(self, year: int) -> str:
        """Of several years, which one it is."""
        years = list(self.reckoning.work) if self.reckoning is not None else []
        return f" ({years.index(year) + 1} of {len(years)})" if len(years) > 1 else ""

    def step(self, name: str) -> None:
        """A step of the phase has been done once more, of one month or part or of the year."""
        with self.telling:
            if self.reckoning is not None:
                self.reckoning.step(name, self.clock())
            if (now := self.clock()) - self.said >= EVERY:
                self.say(now)

    def read(self, count: int) -> None:
        """`count` more bytes of the year's files have been read."""
        with self.telling:
            if self.reckoning is not None:
                self.reckoning.read(count, self.clock())
            if (now := self.clock()) - self.said >= EVERY:
                self.say(now)

    def say(self, now: float) -> None:
        """A line, where there is no terminal to draw on."""
        self.said = now
        if not err.is_terminal and self.reckoning is not None:
            words = self.reckoning.words(self.said)
            err.print(f"{self.heading}{'' if words.startswith('0 %') else f' – {words}'}", soft_wrap=True)

    def draw(self) -> None:
        """What the bar shows now."""
        with self.telling:
            if self.task is not None and self.reckoning is not None:
                now = self.clock()
                task = self.bars.tasks[self.task]
                task.completed = self.reckoning.share(now)
                task.description = self.heading
                task.fields["words"] = self.reckoning.words(now)

    def end(self) -> None:
        """Everything is committed."""
        with self.telling:
            if self.reckoning is not None:
                self.reckoning.finish()

    def during(self, items: Iterator[Item]) -> Iterator[Item]:
        """The items; the bar is there while one is waited for, and not while it is dealt with."""
        while True:
            with self.bars:
                try:
                    item = next(items)
                except StopIteration:
                    return
            yield item
