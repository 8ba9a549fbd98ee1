"""Starts the camera simulator. Runs with Debian's python3 and gi."""

import os
import signal
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

from clock import ClockFactory  # noqa: E402
from control import serve_control  # noqa: E402
from dropout import Dropout  # noqa: E402
from footage import FootageError, read  # noqa: E402
from locked import lock, locked_factory  # noqa: E402
from log import say  # noqa: E402
from loop import clock_loop  # noqa: E402
from mounts import Mounts  # noqa: E402
from options import parse  # noqa: E402
from replay import ReplayFactory  # noqa: E402
from sound import sound_factory  # noqa: E402

RECORDED = {"pedestrians": "h264", "faces": "h264", "bframes": "h264", "hevc": "h265", "sub": "h264"}


def create_server(port: int) -> GstRtspServer.RTSPServer:
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(str(port))
    return server


def attach(server: GstRtspServer.RTSPServer, port: int) -> None:
    if server.attach(None) == 0:
        sys.exit(f"camera-simulator: port {port} is taken; choose another one")


def read_all(folder: str, wanted: tuple[str, ...]) -> dict:
    """The footage that is there; what is wanted has to be."""
    paths = {name: os.path.join(folder, f"{name}.mkv") for name in RECORDED}
    missing = [paths[name] for name in wanted if not os.path.isfile(paths[name])]
    if missing:
        raise FootageError(f"{', '.join(missing)} not found; run npm run tools, it encodes them")
    return {name: read(path, RECORDED[name]) for name, path in paths.items() if os.path.isfile(path)}


def numbered(name: str, count: int) -> list[str]:
    return [f"/{name}" if number == 1 else f"/{name}{number}" for number in range(1, count + 1)]


def mount(options, footage: dict) -> Mounts:
    mounts, server = Mounts(), create_server(options.port)
    mounts.watch(server)
    for path in numbered("clock", options.clocks):
        mounts.add(server, path, ClockFactory())
    for name, recorded in footage.items():
        if name != "sub":
            mounts.add(server, f"/{name}", ReplayFactory(recorded))
    for path in numbered("sub", options.subs):
        mounts.add(server, path, ReplayFactory(footage["sub"]))
    if options.loop:
        mounts.add(server, "/loop", ReplayFactory(clock_loop()))
    mounts.add(server, "/sound", sound_factory())
    mounts.add(server, "/dropout", ReplayFactory(footage["pedestrians"]))
    attach(server, options.port)
    if options.locked_port:
        behind = create_server(options.locked_port)
        lock(behind, options.user, options.password)
        mounts.watch(behind)
        mounts.add(behind, "/locked", locked_factory(ReplayFactory(footage["faces"])))
        attach(behind, options.locked_port)
    return mounts


def main() -> None:
    options = parse()
    Gst.init(None)
    try:
        wanted = ("pedestrians", "faces", "bframes", *(["sub"] if options.subs else []))
        mounts = mount(options, read_all(options.footage, wanted))
        Dropout(mounts, "/dropout", *options.dropout).start()
        if options.control_port:
            serve_control(mounts, options.control_port)
    except FootageError as error:
        sys.exit(f"camera-simulator: {error}")
    loop = GLib.MainLoop()
    for number in (signal.SIGINT, signal.SIGTERM):
        GLib.unix_signal_add(GLib.PRIORITY_HIGH, number, loop.quit)
    say("cameras are up", url=f"rtsp://127.0.0.1:{options.port}", cameras=mounts.paths())
    loop.run()


if __name__ == "__main__":
    main()
