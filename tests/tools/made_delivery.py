"""Deliveries made by hand, without a database: their tables, their rows and what describes them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from fdtrygd.leveranse.catalogue import Code, Days, Description, Table, Variable
from fdtrygd.leveranse.codes import Unknown
from fdtrygd.leveranse.measured import Measures
from fdtrygd.leveranse.stream import Read, schema

FORMATS = ("csv", "parquet", "dta", "sav")


def codes(**texts: str) -> tuple[Code, ...]:
    """Codes with their texts; a code that is no name in Python has an underscore in front: _1."""
    return tuple(Code(code.removeprefix("_"), text) for code, text in texts.items())


#: A variable of each kind
LPNR = Variable("lpnr", "tekst", 17, "Løpenummer", "", None, (), False, True, None)
HOVED = Variable(
    "hoved", "tekst", 2, "Hovedgruppe av arbeidssøkere", "", "hoved",
    codes(_1="Helt ledige", _10="Nedsatt arbeidsevne"), True, False, None,
)  # fmt: skip
YTELSE = Variable(
    "ytelse", "tekst", 2, "Ytelse", "", "ytelse", codes(DP="Dagpenger", SØ="Søkt dagpenger"), False, False, None
)
TILTAK = Variable(
    "tiltak", "tekst", 10, "Aktivitet eller tiltak", "", "tiltak",
    (Code("ETAB", "Andre", "FS"), Code("ETAB", "Lønnstilskudd", "YH"), Code("IP", "Helt ledige", "HL")),
    False, False, None,
)  # fmt: skip
HOVEDARBSTAT = Variable(
    "hovedarbstat", "tekst", 2, "Arbeidssøkerstatus", "", "hovedarbstat", codes(HL="Helt ledig", FS="På tiltak"),
    False, False, None,
)  # fmt: skip
REGDATO = Variable("regdato", "dato", None, "Første dag i perioden", "", None, (), False, False, "begynnelse")
REGTOM = Variable("regtom", "dato", None, "Siste dag i perioden", "", None, (), False, False, "slutt")
DAGER = Variable("dager", "heltall", None, "Antall dager i perioden", "", None, (), False, False, "vet_slutten")
OBSERVERT = Variable(
    "slutt_observert", "logisk", None, "Om slutten er kjent", "", None, (), False, False, "vet_slutten"
)
ALL = (LPNR, HOVED, YTELSE, HOVEDARBSTAT, TILTAK, REGDATO, REGTOM, DAGER, OBSERVERT)


def table(*variables: Variable, **differing: Any) -> Table:
    """A table with these variables, in every format."""
    made = Table("perioder", "periode", "Perioder: én rad for hver tid", "", variables or ALL, FORMATS, {}, ())
    return replace(made, **differing)


def described(*tables: Table, days_as: Days = "dato", dated: date = date(2026, 3, 1)) -> Description:
    """A delivery of that date with these tables."""
    return Description(
        number=7,
        dated=dated,
        project={"navn": "prøve", "tittel": "En prøve", "vedtak": "1/2026", "slettes_etter": "2030-12-31"},
        order="første",
        version=1,
        content={"populasjon": {"alle": True}},
        first=date(2001, 5, 1),
        last=date(2003, 12, 31),
        series_start=date(2001, 5, 1),
        days_as=days_as,
        synthetic=True,
        tables=tables,
        code_lists={},
        raw={},
    )


def read(folder: Path, of: Table, rows: Sequence[Mapping[str, Any]], batch: int = 3) -> Read:
    """The table with these rows, in batches of so many; what a row does not name is missing."""
    types = schema(of)
    path = folder / f"{of.name}.arrow"
    whole = pa.table({field.name: pa.array([row.get(field.name) for row in rows], field.type) for field in types})
    return kept(path, of, whole, batch)


def kept(path: Path, of: Table, whole: pa.Table, batch: int) -> Read:
    """The rows in the file that formats are made from, in batches of so many."""
    types = schema(of)
    measures, unknown = Measures(of), Unknown(of)
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_stream(file, types) as writer:
        for piece in whole.cast(types).combine_chunks().to_batches(max_chunksize=batch):
            writer.write_batch(piece)
            measures.see(piece)
            unknown.see(piece)
    persons = len(whole.column("lpnr").unique()) if "lpnr" in types.names else 0
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Read(of, path, len(whole), persons, digest, measures.seen, unknown.found())
