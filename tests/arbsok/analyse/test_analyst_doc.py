"""docs/analyst.md: below each query stands what psql answers to it on the sample.

To write the answers anew after a change: FDTRYGD_WRITE_DOCS=1 python -m pytest
tests/arbsok/analyse/test_analyst_doc.py; then read what `git diff docs` shows, since nobody else does.
"""

import os
import re
import subprocess
from pathlib import Path

from fdtrygd import settings
from fdtrygd.db import server

from documents import FENCE, written
from statements import SCHEMA_OF

DOCUMENT = settings.ROOT / "docs" / "analyst.md"
VIEWS = settings.ROOT / "sql" / "objects" / "arbsok/analyse"
#: Objects of arbsok/analyse that have no example of their own.
HELPERS = {
    "begynnelse": "column begynte of the spells",
    "kan_besvares": "asked by the functions: its NOTICEs are shown where they are called",
    "kjent_valg": "asked by beholdning and varighet: its error is shown there",
    "slutt": "column sluttet of the spells",
    "stegdato": "the dates of beholdning",
}
#: A query, and the answer in the next fence.
EXAMPLE = re.compile(r"^```sql\n(?P<query>.*?)^```\n\n```text\n(?P<answer>.*?)^```$", re.DOTALL | re.MULTILINE)
NEXT = "-- the next example --"


def psql(script: str, address: str, folder: Path) -> str:
    """What psql answers in a session of an analyst's, NOTICEs and errors too, in order."""
    run = subprocess.run(
        [server.binary("psql"), "-X", "-f", "-", address],
        input=script,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env=os.environ
        | {
            "PGOPTIONS": "-c search_path=arbsok -c role=fdtrygd_analytiker",
            "PGCLIENTENCODING": "UTF8",
            "LC_ALL": "C",
        },
        check=True,
    )
    return re.sub(r"^psql:<stdin>:\d+: ", "", run.stdout, flags=re.MULTILINE)  # at a prompt psql does not say where


def answered(text: str, address: str, folder: Path) -> str:
    """The document with the answers that its queries give now, all in one session."""
    examples = list(EXAMPLE.finditer(text))
    script = f"\n\\echo {NEXT}\n".join(example["query"] for example in examples)
    answers = psql(script, address, folder).split(f"{NEXT}\n")
    assert len(answers) == len(examples)
    # psql puts spaces where the last cell of a line is shorter than its column, and an empty line below a table
    tidy = iter("\n".join(line.rstrip() for line in answer.strip("\n").splitlines()) for answer in answers)
    return EXAMPLE.sub(lambda found: f"```sql\n{found['query']}```\n\n```text\n{next(tidy)}\n```", text)


def test_the_answers_are_what_psql_gives(sample_address: str, tmp_path: Path) -> None:
    written(DOCUMENT, answered(DOCUMENT.read_text("utf-8"), sample_address, tmp_path))


def test_every_query_has_its_answer() -> None:
    fences = [fence[2] for fence in FENCE.finditer(DOCUMENT.read_text("utf-8"))]
    assert "text" in fences
    assert [fence for fence in fences if fence != "sh"] == ["sql", "text"] * fences.count("text")


def test_everything_that_analysts_use_has_an_example() -> None:
    """The objects of the folder arbsok/analyse in the analysts' schema."""
    objects = {file.stem for file in VIEWS.glob("*.sql") if SCHEMA_OF[file.stem] == "arbsok"}
    assert objects > set(HELPERS)
    queries = [example["query"] for example in EXAMPLE.finditer(DOCUMENT.read_text("utf-8"))]
    shown = {name for name in objects for query in queries if re.search(rf"\b{name}\b", query)}
    assert objects - shown - set(HELPERS) == set()
