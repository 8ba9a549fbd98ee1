"""A camera that drops off and comes back by itself."""

from gi.repository import GLib

from mounts import Mounts


class Dropout:
    """Takes a path away for `down` seconds after each `up` seconds."""

    def __init__(self, mounts: Mounts, path: str, up: float, down: float) -> None:
        self._mounts, self._path, self._up, self._down = mounts, path, up, down

    def start(self) -> None:
        GLib.timeout_add(int(self._up * 1000), self._drop)

    def _drop(self) -> bool:
        self._mounts.drop(self._path)
        GLib.timeout_add(int(self._down * 1000), self._restore)
        return GLib.SOURCE_REMOVE

    def _restore(self) -> bool:
        self._mounts.restore(self._path)
        self.start()
        return GLib.SOURCE_REMOVE
