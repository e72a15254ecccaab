"""A committed year survives a crash of the server, with the server's own fsync and WAL settings (issue 3)."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
from fdtrygd import synthetic
from fdtrygd.db import server

from conftest import qualified

LASTING = ("miniregister", "f_arbsok", "h_arbsok", "vrak_arbsok", "lagt_til_side", "maanedsfil", "lastet_aargang")


def load(url: str, year: int, data: Path) -> None:
    subprocess.run(
        [Path(sys.executable).with_name("fdtrygd"), "load-year", str(year), "--data", str(data), "--jobs", "2"],
        env={**os.environ, "FDTRYGD_DATABASE_URL": url},
        check=True,
        capture_output=True,
    )


def contents(url: str) -> dict[str, tuple[int, str]]:
    """Number of rows and a checksum of each lasting table; not when it was loaded, nor what each database draws."""
    with psycopg.connect(url) as connection:
        return {
            table: connection.execute(
                "SELECT count(*), md5(string_agg(t.rad, ',' ORDER BY t.rad))"
                " FROM (SELECT (to_jsonb(a) - 'lastet' - 'lopenr')::text AS rad"
                f" FROM {qualified(table)} AS a) AS t"
            ).fetchone()
            for table in LASTING
        }


def test_a_year_survives_kill_9_of_the_postmaster_right_after_the_command_returns(
    own_server: Path, tmp_path: Path
) -> None:
    sample = tmp_path / "sample"
    synthetic.make(sample, persons=150, last=(2002, 12))
    url = server.start(own_server)
    with psycopg.connect(url, autocommit=True) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
        assert connection.execute("SHOW wal_level").fetchone() == ("minimal",)
        # Small months would be written to WAL all the same; those of a real register are flushed and are not in it
        connection.execute("ALTER SYSTEM SET wal_skip_threshold = 0")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE reference")
    reference = url.replace("/fdtrygd?", "/reference?")
    assert reference != url
    load(reference, 2001, sample)
    expected = contents(reference)

    load(url, 2001, sample)
    postmaster = int((own_server / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    while Path(f"/proc/{postmaster}").exists():
        time.sleep(0.05)
    url = server.start(own_server)

    assert contents(url) == expected
    load(url, 2002, sample)
    load(reference, 2002, sample)
    assert contents(url) == contents(reference)
