"""`fdtrygd project`: who may get what from the register, by which decision, and until when."""

from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Column, Table

from fdtrygd import leveranse
from fdtrygd.cli.given import warn
from fdtrygd.db import installation
from fdtrygd.screen import out, say, thousands

app = typer.Typer(no_args_is_help=True, help="Projects that get data from the register, and their numbers of persons.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the project.")]


@app.command()
def create(
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="Its description (docs/deliveries.md).")],
) -> None:
    """Make a project, with a key of its own for its persons' numbers."""
    with installation.open_current() as connection:
        name, counts = leveranse.create_project(connection, file)
    if counts:
        say(leveranse.list_in_words(counts))
    say(f"Project {name} is made. Its persons' numbers are its own: back up the database before its first delivery.")


@app.command("list")
def list_projects() -> None:
    """The projects, with what each has got, and what else has left the register."""
    with installation.open_current() as connection:
        projects = leveranse.projects(connection)
        deliveries = leveranse.deliveries(connection)
    if projects:
        show_projects(projects)
    else:
        say("There is no project. fdtrygd project create FILE.toml makes one.")
    if deliveries:
        show_deliveries(deliveries)


def show_projects(projects: list[leveranse.Project]) -> None:
    table = Table(
        Column("project", overflow="fold"), "state", Column("decision until", no_wrap=True),
        Column("destroyed after", no_wrap=True), "title", box=box.SIMPLE_HEAD,
    )  # fmt: skip
    for each in projects:
        table.add_row(each.name, each.state, str(each.valid_to), str(each.destroyed_after), each.title)
        if each.to_be_destroyed:
            warn(each.overdue)
    out.print(table)


def show_deliveries(deliveries: list[leveranse.Logged]) -> None:
    table = Table(
        Column("no.", justify="right", no_wrap=True), Column("delivery", overflow="fold"), Column("to", no_wrap=True),
        Column("state", no_wrap=True), Column("begun", no_wrap=True), Column("by", overflow="fold"),
        Column("persons", justify="right", no_wrap=True), box=box.SIMPLE_HEAD,
    )  # fmt: skip
    for each in deliveries:
        table.add_row(
            str(each.number), each.named, each.to, each.state, f"{each.begun:%Y-%m-%d}", each.user,
            "" if each.persons is None else thousands(each.persons),
        )  # fmt: skip
    out.print(table)


@app.command()
def close(name: Name) -> None:
    """Close a project: it gets no delivery any more; what it has got can still be repeated."""
    with installation.open_current() as connection:
        leveranse.close_project(connection, name)
    say(f"Project {name} is closed. What it has got stays where it is.")


@app.command()
def destroy(name: Name) -> None:
    """Destroy a project's key and lists of persons: nothing of it can be repeated any more. The log stays."""
    with installation.open_current() as connection:
        leveranse.destroy_project(connection, name)
    say(
        f"The key and the lists of persons of project {name} are destroyed. Backups and WAL from before hold them "
        "until they are rotated (docs/dba.md)."
    )
