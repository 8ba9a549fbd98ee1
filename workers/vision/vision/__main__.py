import os
import signal

from vision import config, logs
from vision.worker import Worker

NICENESS = 10


def main() -> None:
    settings = config.from_process()
    logs.configure(settings.log_level)
    os.nice(NICENESS)
    worker = Worker(settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()


if __name__ == "__main__":
    main()
