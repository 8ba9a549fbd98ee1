"""RTSP cameras for demo and tests: a real RTSP server (GStreamer) with a burned-in clock and recorded footage.

Runs with Debian's python3 and gi, on 127.0.0.1 only. Recorded footage is encoded beforehand and replayed byte for byte, to
every client the same bytes; only the clock is encoded live.
"""

import argparse
import signal
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

from clock import ClockFactory  # noqa: E402
from control import serve_control  # noqa: E402
from dropout import Dropout  # noqa: E402
from mounts import Mounts, lock, locked_factory  # noqa: E402
from replay import ReplayFactory  # noqa: E402


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, required=True, help="RTSP port on 127.0.0.1")
    parser.add_argument("--locked-port", type=int, help="RTSP port of a second server, with /locked behind user and password")
    parser.add_argument("--footage", required=True, help="folder with pedestrians.mkv, faces.mkv and bframes.mkv")
    parser.add_argument("--control-port", type=int, help="HTTP port for drop, restore, freeze, thaw and clients")
    parser.add_argument("--clocks", type=int, default=1, help="how many clock cameras: /clock, /clock2, ... (default 1)")
    parser.add_argument("--dropout", default="40,15", metavar="UP,DOWN", help="seconds that /dropout is there and gone")
    parser.add_argument("--user", default="viewer", help="user of /locked (default viewer)")
    parser.add_argument("--password", default="open-sesame", help="password of /locked: a demo's, no secret")
    return parser.parse_args()


def create_server(port: int) -> GstRtspServer.RTSPServer:
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(str(port))
    return server


def attach(server: GstRtspServer.RTSPServer, port: int) -> None:
    if server.attach(None) == 0:
        sys.exit(f"simulator: port {port} is taken; choose another one")


def main() -> None:
    options = arguments()
    Gst.init(None)
    server = create_server(options.port)
    mounts = Mounts(server)
    for number in range(1, options.clocks + 1):
        mounts.add("/clock" if number == 1 else f"/clock{number}", ClockFactory())
    for name in ("pedestrians", "faces", "bframes"):
        mounts.add(f"/{name}", ReplayFactory(f"{options.footage}/{name}.mkv"))
    mounts.add("/dropout", ReplayFactory(f"{options.footage}/pedestrians.mkv"))
    attach(server, options.port)
    if options.locked_port:
        locked = create_server(options.locked_port)
        lock(locked, options.user, options.password)
        Mounts(locked).add("/locked", locked_factory(ReplayFactory(f"{options.footage}/faces.mkv")))
        attach(locked, options.locked_port)
    up, down = (float(part) for part in options.dropout.split(","))
    Dropout(mounts, "/dropout", up, down).start()
    if options.control_port:
        serve_control(mounts, options.control_port)
    loop = GLib.MainLoop()
    for number in (signal.SIGINT, signal.SIGTERM):
        GLib.unix_signal_add(GLib.PRIORITY_HIGH, number, loop.quit)
    print(f"cameras on rtsp://127.0.0.1:{options.port}: {' '.join(mounts.paths())}", flush=True)
    loop.run()


if __name__ == "__main__":
    main()
