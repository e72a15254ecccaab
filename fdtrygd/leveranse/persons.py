"""Lists of persons on their way to the server: bytes from the file to COPY, a number never becomes a Python object."""

from pathlib import Path

import psycopg

from fdtrygd.db.database import Connection
from fdtrygd.errors import UserError

#: Any byte is a character in it, so that the server refuses no line and quotes none. What is no number it counts.
COPY = (
    "COPY leveranse_nokkel.liste_inn (linje) FROM STDIN"
    " (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01', ENCODING 'LATIN1')"
)
BLOCK = 1 << 20


def copy(connection: Connection, path: Path) -> None:
    """The file's lines into liste_inn, in the caller's transaction; UserError where it cannot be read as lines."""
    try:
        with path.open("rb") as file, connection.cursor() as cursor, cursor.copy(COPY) as server:
            first = True
            while block := file.read(BLOCK):
                server.write(block.removeprefix(b"\xef\xbb\xbf") if first else block)
                first = False
    except OSError as error:
        raise UserError(
            f"populasjon.liste.fil: {path} cannot be read: {error.strerror}. Nothing was changed."
        ) from None
    except (psycopg.errors.DataError, psycopg.errors.CharacterNotInRepertoire):
        raise UserError(
            f"populasjon.liste.fil: {path} is no list of lines of text, one fødselsnummer on each. Nothing was changed."
        ) from None
