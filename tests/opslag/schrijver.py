"""A process of its own that writes in the ledger: some entries by several threads at once, or until it is killed.

``python -m tests.opslag.schrijver MAP URL THREADS COUNT`` prints the number of each entry once it was written.
"""

import sys
import threading
from pathlib import Path

from service.opslag.gegevensmap import Gegevensmap
from service.opslag.opslag import Opslag
from tests.opslag.boeken import write, write_traced


def main(map_: str, url: str, threads: str, count: str) -> None:
    opslag = Opslag(Gegevensmap(Path(map_)), url or None)

    def work() -> None:
        for turn in range(int(count)):
            number = write_traced(opslag, {"n": str(turn)})[1] if turn % 3 == 0 else write(opslag)[0]
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()

    working = [threading.Thread(target=work) for _ in range(int(threads))]
    for thread in working:
        thread.start()
    for thread in working:
        thread.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
