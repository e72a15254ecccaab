"""The benchmark's sections, in order: a module each, with a function that measures and tells of it."""

from collections.abc import Callable, Mapping

from page import Lines
from sections import analysis, beside, controls, deliveries, floor, growth, memory, opponents, queries, statistics, year
from shared import Bench

#: What --only takes: heading, and what measures it and tells of it
SECTIONS: Mapping[str, tuple[str, Callable[[Bench], Lines]]] = {
    "floor": ("1 The floor, and what writing the result costs", floor.floor),
    "year": ("2 The load of a year", year.year),
    "loop": ("3 The record-by-record loop", opponents.record_loop),
    "opponents": ("4 DuckDB and polars", opponents.opponents),
    "growth": ("5 Growth", growth.growth),
    "memory": ("6 Memory and bytes", memory.memory),
    "queries": ("7 Queries", queries.queries),
    "controls": ("8 The controls and the report", controls.controls),
    "analysis": ("9 What analysts ask", analysis.analysis),
    "beside": ("10 What an analyst notices", beside.beside),
    "deliveries": ("11 Deliveries", deliveries.deliveries),
    "statistics": ("12 Official statistics", statistics.statistics),
}
