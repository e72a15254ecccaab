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
from statements import SCHEMA_OF

ROOT = settings.ROOT
RULES = ROOT / "docs" / "spec.md"
DBA = ROOT / "docs" / "dba.md"
DELIVERIES = ROOT / "docs" / "deliveries.md"
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


#: What cites the specification: code, comments, COMMENTs, and what is written from them.
CITING = [
    path
    for folder in ("sql", "fdtrygd", "migrations", "tests", "benchmarks", "docs")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".sql", ".py", ".md", ".j2", ""}
    and path.is_file()
    and not {"__pycache__", "test_docs.py"} & {*path.parts}
]
NUMBER = r"(?:C\.)?\b\d{1,2}(?:\.\d+)*\b"
#: `spec.md 2`, `spec.md 5.8 and 6`, `spec.md 2 to 4, T7`; `spec.md 2, fnr control`: words of that section.
SPEC = re.compile(
    rf"spec\.md(?:'s)? ({NUMBER}(?:(?:, | and | to ){NUMBER})*)(?:, (?!spec\.)([a-z]\w+(?: (?!and )\w+)*))?"
)
SOURCE = re.compile(
    rf"(?:[Tt]he source's (?:chapter )?|[Cc]hapter |kap\. |kapittel )({NUMBER}(?:(?:, | and | to ){NUMBER})*)"
)


def citations(path: Path) -> str:
    """A file's text, with comments of several lines as one, and without what only looks like a citation."""
    return re.sub(r"\s*\n\s*(?:(?:--|#|\*) ?)?", " ", FENCE.sub("", path.read_text("utf-8")))


def sections() -> dict[str, str]:
    """The specification's sections by number, the invariants of section 5 as 5.1 to 5.8."""
    found = {
        number: re.sub(r"\s+", " ", text)
        for number, text in re.findall(
            r"^## (\d+) (.*?)(?=^## |\Z)", RULES.read_text("utf-8"), re.MULTILINE | re.DOTALL
        )
    }
    return found | {f"5.{number}": "" for number in re.findall(r" (\d)\. [A-Z]", found["5"])}


def chapters() -> set[str]:
    """The source's chapters, as the specification lists them; with those that they are parts of."""
    table = RULES.read_text("utf-8").partition("\n## The source\n")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) + re.findall(r": (C\.1\.1[^|]+)\|", table)
    found = set()
    for entry in listed:
        for first, last in re.findall(rf"({NUMBER})(?: to ({NUMBER}))?", entry):
            stem, _, number = first.rpartition(".")
            ends = range(int(number), int(last.rpartition(".")[2] if last else number) + 1)
            found |= {first, *(f"{stem}.{end}" for end in ends if stem)}
    return found | {number.split(".")[0] for number in found if number[0] != "C"}


def dangling(text: str) -> list[str]:
    """What the text cites, and is not there."""
    parts, there = sections(), chapters()
    found = []
    for numbers, words in SPEC.findall(text):
        found += [f"spec.md {number}" for number in re.findall(NUMBER, numbers) if number not in parts]
        first = re.findall(r"\d+", numbers)[0]
        if words and words.lower() not in parts.get(first, "").lower():
            found.append(f"spec.md {first}, {words}")
    for numbers in SOURCE.findall(text):
        found += [f"the source's {number}" for number in re.findall(NUMBER, numbers) if number not in there]
    entries = set(re.findall(r"^### (T\d+):", RULES.read_text("utf-8"), re.MULTILINE))
    found += [choice for choice in re.findall(r"(?<![\w'])T\d{1,2}\b(?!')", text) if choice not in entries]
    return found + re.findall(r"\bSPEC\b|rules\.md|status\.csv|kodeverk/|seeds/", text)


@pytest.mark.parametrize("path", CITING, ids=lambda path: str(path.relative_to(ROOT)))
def test_citations_open_something(path: Path) -> None:
    assert dangling(citations(path)) == []


def test_a_citation_that_opens_nothing_is_seen() -> None:
    text = (
        "spec.md 2; (spec.md 5.8 and 6), spec.md 2, fnr control, T13; the source's 5.7, 5.9.8 and 4; chapter 3.3. "
        "spec.md 9.1, spec.md 5.9 and 3; (spec.md 2, no such words); T14; the source's 6.1, chapter 5.12, C.2.1."
    )
    assert dangling(text) == ["spec.md 9.1", "spec.md 5.9", "spec.md 2, no such words", "the source's 6.1",
        "the source's 5.12", "T14"]  # fmt: skip


def test_the_glossary_says_where_a_word_stands() -> None:
    named = re.findall(r"`(\w+)\.(\w+)` \|$", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.MULTILINE)
    assert len(named) > 20
    assert [f"{schema}.{name}" for schema, name in named if SCHEMA_OF.get(name) != schema] == []


def test_every_choice_has_its_entry() -> None:
    """T1 … T13, in order, each with what is open, what was chosen, what the user will see and the file that does it."""
    text = RULES.read_text("utf-8")
    entries = re.findall(r"^### T(\d+): \S.*\n((?:(?!#).*\n)*)", text, re.MULTILINE)
    assert [int(number) for number, _ in entries] == list(range(1, 14))
    for number, entry in entries:
        for part in ("Open", "Chosen", "What you will see", "Where"):
            assert f"- **{part}:** " in entry, f"T{number} does not say: {part}"


@documents
def test_paths_and_links_exist(document: Path) -> None:
    assert missing_paths(document, document.read_text("utf-8")) == []


@documents
def test_commands_exist(document: Path) -> None:
    assert unknown_commands(document.read_text("utf-8")) == []


@pytest.mark.parametrize("document", [RULES, DBA, DELIVERIES], ids=lambda path: path.name)
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
