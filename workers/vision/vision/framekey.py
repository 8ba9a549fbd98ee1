"""The name of a frame: what worker and viewer can both compute from the same coded bytes."""

import zlib
from collections.abc import Iterator


def nal_units(access_unit: bytes) -> Iterator[bytes]:
    """NAL units of an Annex B byte stream (H.264, B.1), without start codes and trailing zero bytes."""
    start = access_unit.find(b"\0\0\1")
    while start >= 0:
        end = access_unit.find(b"\0\0\1", start + 3)
        yield access_unit[start + 3 : end if end >= 0 else len(access_unit)].rstrip(b"\0")
        start = end


def frame_key(access_unit: bytes) -> str | None:
    """CRC-32 over the VCL NAL units (types 1 to 5) in order, and their total length, both hex; None without any.

    Parameter sets, SEI, delimiters and filler are left out: senders add and drop them on the way.
    """
    crc = length = 0
    for unit in nal_units(access_unit):
        if unit and 1 <= unit[0] & 31 <= 5:
            crc = zlib.crc32(unit, crc)
            length += len(unit)
    return f"{crc:08x}-{length:x}" if length else None
