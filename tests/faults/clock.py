"""Run a program with another clock: python -m tests.faults.clock SECONDS MODULE.

The scheduled run looks at the clock. A test of it must say what day it is, also to a
process of its own and to the children of that; all of them must see the same time.
"""

import runpy
import sys
import time

import time_machine


def main() -> None:
    """So many seconds from now; from there the clock runs on as usual."""
    _, seconds, module, *arguments = sys.argv
    sys.argv = [module, *arguments]
    with time_machine.travel(time.time() + float(seconds), tick=True):
        runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
