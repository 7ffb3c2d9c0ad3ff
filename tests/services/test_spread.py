"""Work that is spread over two processes: the same comes out, whatever becomes of the second one."""

import os
import signal
import subprocess
import sys

import pytest

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(
        sys.platform != "linux" or len(os.sched_getaffinity(0)) == 1, reason="all is done in one process here"
    ),
]

_PROGRAM = """
import os, signal, sys, time
from greenstar.services.spread import second_process

here = os.getpid()
if sys.argv[1] == "childless":  # as who starts programs may leave it to them
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
if sys.argv[1] == "crowded":
    import resource
    resource.setrlimit(resource.RLIMIT_NOFILE, (2048, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    while os.open(os.devnull, os.O_RDONLY) < 1024: pass

def work(number):
    if os.getpid() != here:
        if sys.argv[1] == "fails":
            raise ValueError(number)
        if sys.argv[1] == "waits":
            print(os.getpid(), flush=True)
    return number, "x" * 200_000, os.getpid()

def jobs():
    for number in range(20):
        if sys.argv[1] == "waits" and number:
            time.sleep(60)
        yield number

with second_process() as spread:
    results = list(spread(work, jobs()))
    assert [(number, len(text)) for number, text, _ in results] == [(number, 200_000) for number in range(20)]
    print(any(process != here for *_, process in results))
    assert list(spread(len, ["again", "once more"])) == [5, 9]
"""


def _program(how: str) -> list[str]:
    return [sys.executable, "-W", "error", "-c", _PROGRAM, how]


@pytest.mark.parametrize(
    ("how", "two_worked"), [("works", "True"), ("fails", "False"), ("childless", "False"), ("crowded", "True")]
)
def test_results_come_in_the_order_of_the_jobs_and_what_fails_beside_is_done_here(how: str, two_worked: str) -> None:
    done = subprocess.run(_program(how), check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [two_worked], "")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_program_that_is_stopped_leaves_no_process(how: signal.Signals) -> None:
    with subprocess.Popen(_program("waits"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        assert started.stdout is not None
        beside = int(started.stdout.readline())
        if how is signal.SIGINT:
            os.kill(beside, how)  # as a terminal does
        started.send_signal(how)
        _, told = started.communicate(timeout=60)  # which both hold as long as they are there
    assert told.count(b"Traceback") == (how is signal.SIGINT)  # that of the program, which does not answer ctrl+c
