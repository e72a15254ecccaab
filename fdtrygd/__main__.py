"""The program `fdtrygd`. Nothing is imported before it stands in the door: Ctrl-C is a sentence from the start."""

import logging
import os
import signal
import sys

from fdtrygd import errors


def main() -> None:
    """The command line: arguments in, sentences out."""
    errors.open_streams()
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # what a lost connection makes it say is said in the door
    status = errors.door(commands)
    if status == errors.STOPPED:
        os._exit(status)  # not to wait for a thread that reads from a drive which has gone
    sys.exit(status)


def commands() -> None:
    try:
        from fdtrygd.cli import app

        app()
    finally:  # from here on there is nothing to stop, but words
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    main()
