"""The commands, a file each: arguments in, sentences out.

Errors go to stderr, with exit status 1 for what the user can mend.
"""

import sys
from typing import Annotated, Any

import typer
import typer.core

from fdtrygd import errors, settings
from fdtrygd.cli import (
    check,
    check_files,
    database,
    deliver,
    flatfile,
    forklar,
    load_year,
    make_synthetic,
    microdata,
    project,
    register,
    report,
    statistics,
    status,
    synthetic_register,
    unload_year,
)
from fdtrygd.rapport import official
from fdtrygd.screen import say


class Commands(typer.core.TyperGroup):
    """Hands what ends a command early over to the door (errors.py); typer has words of its own for some of it."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, OSError, EOFError) as error:
            raise errors.Ended from error


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("load-year")(load_year.load_year)
app.command("check-files")(check_files.check_files)
app.command("unload-year")(unload_year.unload_year)
app.command()(status.status)
app.command()(check.check)
app.command()(report.report)
app.command(context_settings=forklar.ARGUMENTS)(forklar.forklar)
app.command()(deliver.deliver)
app.command()(deliver.redeliver)
app.command()(flatfile.flatfile)
app.command()(microdata.microdata)
app.command("compare-deliveries")(deliver.compare_deliveries)
app.command("synthetic")(make_synthetic.make_synthetic)
app.command("synthetic-register")(synthetic_register.synthetic_register)
app.add_typer(database.app, name="db")
app.add_typer(official.app, name="official")
app.add_typer(project.app, name="project")
app.add_typer(register.app, name="register")
app.add_typer(statistics.app, name="statistics")


def show_version(asked: bool) -> None:
    if asked:
        say(settings.product_version())
        raise typer.Exit


@app.callback()
def fdtrygd(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=show_version, help="Which version this is.")
    ] = False,
) -> None:
    """FD-Trygd ARBSOK: from month files to spell records."""


def main() -> None:
    """The program, for who has it imported already; `fdtrygd/__main__.py` has the door before the imports."""
    sys.exit(errors.door(app))
