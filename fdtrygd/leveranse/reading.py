"""What the recipient reads beside the data: lesmeg.html, the list of variables, the code lists."""

from pathlib import Path
from typing import Any

from fdtrygd.leveranse.catalogue import Description
from fdtrygd.leveranse.stream import Read


def write(
    to: Path,
    description: Description,
    reads: list[Read],
    counts: dict[str, Any],
    unknown: dict[str, dict[str, dict[str, int]]],
    comparison: Any = None,
) -> None:
    """Writes lesmeg.html, variabelliste.csv and a kodeliste_….csv for each code list into the folder."""
