"""`python -m voicerec_desktop` is `voicerec`."""

import sys

from voicerec_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
