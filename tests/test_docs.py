"""The documentation says what is there: its choices, paths, links, SQL and commands are held against the product."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import psycopg
import pytest
import typer.main
from fdtrygd import cli, settings

from documents import FENCE

ROOT = settings.ROOT
RULES = ROOT / "docs" / "spec.md"
DBA = ROOT / "docs" / "dba.md"
#: But for what was measured on a day: it names what was there then.
DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if path.parent.name != "measured"),
    *sorted(ROOT.glob("[bs]*/README.md")),
]

SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
LINK = re.compile(r"\]\(([^()\s]+)\)")
URL = re.compile(r"\w+://\S+")
#: A path from the checkout's root, wherever in the text it stands.
PATH = re.compile(r"(?<![\w:/.-])(?:benchmarks|docs|fdtrygd|migrations|sql|tests)/[\w./*-]*[\w*/]")
COMMAND = re.compile(r"(?<![\w.-])fdtrygd((?: +[a-z][a-z-]*)+)([^`\n|;&]*)")
OPTION = re.compile(r"(?<!\S)--[a-z][a-z-]*")

documents = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def headings(text: str) -> list[str]:
    return re.findall(r"^#+ +(.+?) *$", FENCE.sub("", text), re.MULTILINE)


def anchor(heading: str) -> str:
    """The heading's anchor as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def code(text: str) -> Iterator[str]:
    """What stands as code: the lines of the fenced blocks, and the spans in the text."""
    for fence in FENCE.finditer(text):
        yield from fence[3].splitlines()
    for span in SPAN.finditer(FENCE.sub("", text)):
        yield " ".join(span[2].split())


def sql_blocks(document: Path) -> list[str]:
    """But for removing the product, which is a test of its own (tests/drift/test_dba.py)."""
    text = document.read_text("utf-8").partition("\n## Removing it\n")[0]
    return [fence[3] for fence in FENCE.finditer(text) if fence[2] == "sql"]


def missing_paths(document: Path, text: str) -> list[str]:
    """What the document names or links to, and is not there."""
    missing = [path for path in PATH.findall(URL.sub("", LINK.sub("]", text))) if not any(ROOT.glob(path.rstrip("/")))]
    for link in LINK.findall(FENCE.sub("", text)):
        if URL.match(link) or link.startswith("mailto:"):
            continue
        name, _, fragment = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists():
            missing.append(link)
        elif fragment and target.suffix == ".md":
            target_text = text if target == document else target.read_text("utf-8")
            if fragment not in map(anchor, headings(target_text)):
                missing.append(link)
    return missing


def unknown_commands(text: str) -> list[str]:
    """What the document says after `fdtrygd`, and the program does not have: commands and options."""
    unknown = []
    for line in code(text):
        for words, rest in COMMAND.findall(line):
            command: click.Command = typer.main.get_command(cli.app)
            for word in words.split():
                if (commands := getattr(command, "commands", None)) is None:
                    break
                if word not in commands:
                    unknown.append(f"fdtrygd{words}")
                    break
                command = commands[word]
            options = {name for parameter in command.params for name in parameter.opts} | {"--help"}
            if not command.context_settings.get("ignore_unknown_options"):
                unknown += [f"fdtrygd{words} {option}" for option in OPTION.findall(rest) if option not in options]
    return unknown


def test_every_choice_has_its_entry() -> None:
    """T1 … T13, in order, each with what is open, what was chosen and what the user will see."""
    text = RULES.read_text("utf-8")
    entries = re.findall(r"^### T(\d+): \S.*\n((?:(?!#).*\n)*)", text, re.MULTILINE)
    assert [int(number) for number, _ in entries] == list(range(1, 14))
    for number, entry in entries:
        for part in ("Open", "Chosen", "What you will see"):
            assert f"- **{part}:** " in entry, f"T{number} does not say: {part}"


@documents
def test_paths_and_links_exist(document: Path) -> None:
    assert missing_paths(document, document.read_text("utf-8")) == []


@documents
def test_commands_exist(document: Path) -> None:
    assert unknown_commands(document.read_text("utf-8")) == []


@pytest.mark.parametrize("document", [RULES, DBA], ids=lambda path: path.name)
def test_sql_runs(postgresql: psycopg.Connection[Any], document: Path) -> None:
    for block in sql_blocks(document):
        statements = block.replace("DATABASE fdtrygd", f"DATABASE {postgresql.info.dbname}")
        with postgresql.transaction(force_rollback=True):
            try:
                postgresql.execute(statements.encode())
            except psycopg.Error as error:
                pytest.fail(f"{error}\n{statements}")


def test_the_tests_see_what_is_wrong() -> None:
    """A test that looks for nothing finds nothing."""
    text = """See `tests/nowhere.py`, sql/objects/*/*.sql, [a](nowhere.md), [b](#nowhere), [c](#here), https://x.no/docs/y.

# Here

`fdtrygd load-year 2004 --nothing`, `fdtrygd no-such`, `fdtrygd db no-such`, `fdtrygd db psql --x`, and fdtrygd itself.

```sh
fdtrygd load-year 2004 --data DIR
fdtrygd nor-this
```
"""
    assert missing_paths(RULES, text) == ["tests/nowhere.py", "nowhere.md", "#nowhere"]
    assert sorted(unknown_commands(text)) == [
        "fdtrygd db no-such", "fdtrygd load-year --nothing", "fdtrygd no-such", "fdtrygd nor-this",
    ]  # fmt: skip
    assert len(sql_blocks(RULES)) > 5
    assert len(sql_blocks(DBA)) == 7
