"""`fdtrygd microdata`: the datasets for microdata.no, as a folder."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Column, Table

from fdtrygd import leveranse
from fdtrygd.cli.deliver import Out, line
from fdtrygd.cli.given import NAMED, warn
from fdtrygd.db import installation
from fdtrygd.errors import UserError
from fdtrygd.screen import out, say, thousands


def microdata(
    to: Annotated[str, typer.Option("--to", metavar="DATE", help="The last day, YYYY-MM-DD, in the final part.")],
    folder: Out,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why they leave: for the log.")],
    key: Annotated[
        Path | None, typer.Option("--public-key", metavar="DIR", help="The folder with microdata.no's public key.")
    ] = None,
) -> None:
    """Make the datasets for microdata.no, validated; with its public key, also packed. They hold fødselsnummer."""
    try:
        last = date.fromisoformat(to)
    except ValueError:
        raise UserError("--to names no day: write it as 2004-12-31. Nothing is delivered.") from None
    with installation.open_current() as connection, line("counting rows and codes") as tell:
        done = leveranse.make_datasets(connection, last, folder, why, key, tell)
    table = Table(
        "dataset", Column("rows", justify="right"), Column("without an end", justify="right"), box=box.SIMPLE_HEAD
    )
    for each in done.datasets:
        table.add_row(each.name, thousands(each.rows), thousands(each.open))
    out.print(table)
    for each in done.datasets:
        if each.unknown:
            codes = sorted(each.unknown.items(), key=lambda code: -code[1])
            listed = ", ".join(f"{code} ({thousands(rows)})" for code, rows in codes[:NAMED])
            if len(codes) > NAMED:
                listed += f" and {len(codes) - NAMED} more"
            warn(f"{each.name} has codes that no list has on their days (rows): {listed}. They stand there as unknown.")
    if done.packed:
        say(f"Delivery {done.number} is in {folder}: a .tar for each dataset, whose rows microdata.no alone can read.")
    else:
        say(
            f"Delivery {done.number} is in {folder}. Its CSV files are plain text with the fødselsnummer of "
            f"{thousands(done.persons)} persons, for your eyes alone: --public-key DIR packs them for microdata.no."
        )
