"""Ctrl-C: once to stop in good order, twice to leave at once, whatever the program waits for.

A thread that reads from a network drive which hangs is stuck in the kernel: no signal brings it back, and Python runs
no handler in it. So SIGINT is kept from the main thread, and a thread of its own listens for it.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

#: Interrupts whatever the main thread waits for, so that it sees that Ctrl-C was pressed.
NUDGE = signal.SIGUSR1
INTERRUPTED = 130  #: what a shell says of a program that Ctrl-C ended
STOPPING = "\nStopping. Ctrl-C once more leaves at once, where a file or the server does not answer.\n"
LEAVING = (
    "\nLeft at once. A year is loaded whole or not at all: see make status. What is left half done, the next load "
    "clears away.\n"
)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Within it, ending the process (SIGTERM) and closing its terminal (SIGHUP) do what Ctrl-C does.

    Under nohup, which has the program ignore SIGHUP, it goes on ignoring it.
    """

    def interrupt(number: int, frame: FrameType | None) -> None:
        for each in before:  # the second one does not come into the tidying up
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    numbers = [signal.SIGTERM, signal.SIGHUP] if threading.current_thread() is threading.main_thread() else []
    before = {each: handler for each in numbers if (handler := signal.getsignal(each)) != signal.SIG_IGN}
    for each in before:
        signal.signal(each, interrupt)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def stoppable() -> Iterator[None]:
    """Within it, the first Ctrl-C is a KeyboardInterrupt in the main thread, and the second one ends the process."""
    main = threading.main_thread()
    if threading.current_thread() is not main:
        yield
        return
    reading, writing = os.pipe()
    os.set_blocking(writing, False)

    def listen() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        pressed = 0
        while heard := os.read(reading, 1):
            if heard[0] != signal.SIGINT:
                continue
            pressed += 1
            # Not by way of the screen, whose lock the main thread may hold
            with suppress(OSError):
                os.write(2, (LEAVING if pressed > 1 else STOPPING).encode())
            if pressed > 1:
                os._exit(INTERRUPTED)
            signal.pthread_kill(main.ident or 0, NUDGE)
        os.close(reading)

    interrupted = threading.Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        if not interrupted.is_set():  # the second one is the other thread's business
            interrupted.set()
            raise KeyboardInterrupt

    def nothing(number: int, frame: FrameType | None) -> None:
        """Python handles what has been heard whenever a signal reaches the main thread."""

    others = {signal.SIGINT: signal.signal(signal.SIGINT, interrupt), NUDGE: signal.signal(NUDGE, nothing)}
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    listener = threading.Thread(target=listen, daemon=True, name="ctrl-c")
    listener.start()
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.set_wakeup_fd(before)
        os.close(writing)  # which ends the thread; while it lives, it may nudge
        listener.join()
        for number, handler in others.items():
            signal.signal(number, handler)
