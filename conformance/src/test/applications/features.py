"""How a program in Python tells what its client can do with the server: a line for each feature."""
import time
from contextlib import contextmanager

PATIENCE_S = 120
PAUSE_S = 0.02


def _say(*words):
    print("\t".join(" ".join(str(word).split()) for word in words), flush=True)


@contextmanager
def feature(name):
    """Says that the feature is there when the block ends well, or why it is not."""
    try:
        yield
    except Exception as error:  # told, and judged by who reads it
        _say("error", name, f"{type(error).__name__}: {error}")
    else:
        _say("ok", name)


def eventually(ask, wanted):
    """Asks until the answer is as wanted: what is derived from items follows them in a moment."""
    end = time.monotonic() + PATIENCE_S
    while not wanted(answer := ask()):
        if time.monotonic() > end:
            raise AssertionError(f"still {answer}")
        time.sleep(PAUSE_S)
    return answer
