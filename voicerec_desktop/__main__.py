"""`python -m voicerec_desktop` is `voicerec`."""

import signal
import sys


def run() -> int:
    """The command line in a process of its own: Ctrl-C never ends in a traceback."""
    try:
        from voicerec_desktop.cli import main

        code = main()
    except KeyboardInterrupt:  # before `main` was ready for it
        code = 130
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # there is nothing left to stop
    return code


if __name__ == "__main__":
    sys.exit(run())
