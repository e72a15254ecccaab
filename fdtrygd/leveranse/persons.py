"""Lists of persons on their way to the server: bytes from the file to COPY, a number never becomes a Python object."""

from pathlib import Path
from typing import Any

from fdtrygd.db.database import Connection
from fdtrygd.errors import UserError
from fdtrygd.screen import counted, thousands

COPY = (
    "COPY leveranse_nokkel.liste_inn (linje) FROM STDIN"
    " (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01', ENCODING 'LATIN1')"
)
#: Whatever the file is, COPY takes every line of it: what it would refuse it would quote in the server's log. In
#: Latin-1 any byte is a character, and these have a meaning of their own; line ends may be of any kind. What is no
#: number is counted.
HARMLESS = bytes.maketrans(b"\0\1\2\\\r", b"????\n")
BLOCK = 1 << 20


def fault(path: Path) -> str | None:
    """Why the list cannot be read, with its key in the order; None where it can."""
    try:
        with path.open("rb"):
            return None
    except OSError as error:
        return f"populasjon.liste.fil: {path} cannot be read: {error.strerror}"


def copy(connection: Connection, path: Path) -> None:
    """The file's lines into liste_inn, in the caller's transaction."""
    try:
        with path.open("rb") as file, connection.cursor() as cursor, cursor.copy(COPY) as server:
            first = True
            while block := file.read(BLOCK):
                server.write((block.removeprefix(b"\xef\xbb\xbf") if first else block).translate(HARMLESS))
                first = False
    except OSError:
        raise UserError(
            f"{fault(path) or f'populasjon.liste.fil: {path} cannot be read'}. Nothing was changed."
        ) from None


def list_in_words(counts: dict[str, Any]) -> str:
    """What was found of a list of persons: counts, and never a number."""
    return (
        f"The list has {counted(counts['personer'], 'person')} on {counted(counts['linjer'], 'line')}: "
        f"{thousands(counts['ikke_elleve_sifre'])} are not 11 digits and are left out, "
        f"{thousands(counts['flere_ganger'])} stand there again, {thousands(counts['feil_kontroll'])} fail the control."
    )
