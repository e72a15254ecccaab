"""Processes of the program, forked from one that has imported it already: a new one needs a quarter of a second more.

`python launcher.py FD` is that one. It answers on the socket FD until its other end is closed.
"""

import array
import functools
import gc
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

#: What the program and its commands import; the last is typer's, where it is installed
IMPORTED = ("fdtrygd.cli", "fdtrygd.db.server", "alembic.command", "pydantic.type_adapter")

# ----------------------------------------------------------------------------------------------- in that of the tests


@functools.cache
def launcher() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """The process that forks the others, and the way to it. It ends when this one does."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with there:
        process = subprocess.Popen(
            [sys.executable, __file__, str(there.fileno())],
            pass_fds=[there.fileno()],
            env={**os.environ, "COLUMNS": "100"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    return here, process


class Forked:
    """What the tests use of subprocess.Popen: stdin is empty, stderr a pipe, and stdout too, where it is no file."""

    def __init__(
        self, args: list[str], environment: dict[str, str], stdout: IO[str] | None = None, cwd: Path | None = None
    ) -> None:
        self.args, self.returncode = args, None
        request = {"arguments": args, "environment": environment, "directory": str(cwd or Path.cwd())}
        (out, to_out), (err, to_err), (self.told, to_told) = (os.pipe() for _ in range(3))
        nothing = os.open(os.devnull, os.O_RDONLY)
        streams = [nothing, stdout.fileno() if stdout else to_out, to_err, to_told]
        control, _ = launcher()
        socket.send_fds(control, [json.dumps(request).encode()], streams)
        for end in (nothing, to_out, to_err, to_told):
            os.close(end)
        self.stdout, self.stderr = os.fdopen(out), os.fdopen(err)
        if stdout:
            self.stdout.close()
        self.pid = self.number()

    def number(self) -> int:
        return array.array("q", os.read(self.told, 8))[0]

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def wait(self) -> int:
        if self.returncode is None:
            self.returncode = self.number()
            os.close(self.told)
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it says on stdout and stderr, until its end."""
        said = {}

        def read(name: str) -> None:
            stream = getattr(self, name)
            if stream and not stream.closed:
                with stream:
                    said[name] = stream.read()

        readers = [threading.Thread(target=read, args=[name], daemon=True) for name in ("stdout", "stderr")]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join(timeout)
            if reader.is_alive():
                self.send_signal(signal.SIGKILL)
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
        self.wait()
        return said.get("stdout", ""), said["stderr"]


# ------------------------------------------------------------------------------------------------ in that process


def serve(control: socket.socket) -> None:
    """Forks a process for each request, and one that waits for its end; in the process itself it returns."""
    for name in IMPORTED:
        if importlib.util.find_spec(name.partition(".")[0]):
            importlib.import_module(name)
    gc.freeze()  # else each process copies all of it when it ends, to throw it away
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the tests, and so the socket
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that wait
    while True:
        request, streams, *_ = socket.recv_fds(control, 1 << 20, 4)
        if not request:
            os._exit(0)
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            process = os.fork()
            if process == 0:
                return become(streams, **json.loads(request))
            tell(process, streams)
        for stream in streams:
            os.close(stream)


def tell(process: int, streams: list[int]) -> None:
    """Says the process's number, and its exit status when it has ended."""
    *others, told = streams
    for stream in (0, 1, 2, *others):
        os.close(stream)
    os.write(told, array.array("q", [process]).tobytes())
    _, status = os.waitpid(process, 0)
    os.write(told, array.array("q", [os.waitstatus_to_exitcode(status)]).tobytes())
    os._exit(0)


def become(streams: list[int], arguments: list[str], environment: dict[str, str], directory: str) -> None:
    """Makes this process what a new one is."""
    for number, stream in enumerate(streams[:3]):
        os.dup2(stream, number)
    os.closerange(3, max(streams) + 1)
    os.chdir(directory)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv[:] = arguments


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
    from fdtrygd.__main__ import main

    sys.exit(main())
