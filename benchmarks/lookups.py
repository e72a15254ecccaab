"""An analyst who looks up one person after the other while something else works: a process of its own.

    python benchmarks/lookups.py URL LEAST DAY

It takes persons who are registered on the day, in no order, says "ready", and asks for one person's history every few
milliseconds. When its input ends it stops, but not before it has asked LEAST times; it prints how long each took, in
JSON: [[moment, seconds], …], the moment by the clock that all processes share.
"""

import json
import sys
import threading
import time

import psycopg

#: Seconds between an answer and the next question.
PAUSE = 0.004
#: So many persons, over and over.
PERSONS = 5000


def main(url: str, least: int, day: str) -> None:
    """Asks until it is told to stop."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET ROLE fdtrygd_analytiker")
        persons = connection.execute(
            "SELECT lopenr FROM arbsok.tverrsnitt(%s::date) ORDER BY random() LIMIT %s", [day, PERSONS]
        ).fetchall()
        enough = threading.Event()
        threading.Thread(target=lambda: (sys.stdin.read(), enough.set()), daemon=True).start()
        query = "SELECT * FROM arbsok.periode WHERE lopenr = %s ORDER BY regdato"
        taken: list[tuple[float, float]] = []
        for number in range(-100, sys.maxsize):  # the first ones make up the plan
            if number == 0:
                print("ready", flush=True)
            if number > least and enough.is_set():
                break
            began = time.monotonic()
            found = connection.execute(query, persons[number % len(persons)], prepare=True).fetchall()
            if number >= 0:
                taken.append((began, time.monotonic() - began))
            if not found:
                raise SystemExit("a person is not there any more")
            time.sleep(PAUSE)
    print(json.dumps(taken))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
