"""Reads the test camera's burned-in clock and finds its moving block: a truth that measurements can be held against."""

import av
import numpy as np

from vision.detect import Found

BITS, BIT_WIDTH, ROW = 32, 20, 20
BLOCK, BLOCK_ROW = 80, 340
BRIGHT = 120


def read(picture: av.VideoFrame) -> tuple[int, Found | None]:
    """The low 32 bits of the wall clock (ms) in the picture, and the block as an object of kind `target`."""
    plane = picture.planes[0]
    luma = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:, : picture.width]
    bits = luma[ROW, BIT_WIDTH // 2 : BITS * BIT_WIDTH : BIT_WIDTH] > BRIGHT
    milliseconds = int("".join("1" if bit else "0" for bit in bits), 2)
    columns = np.flatnonzero(luma[BLOCK_ROW] > BRIGHT)
    if not columns.size:
        return milliseconds, None
    top = (BLOCK_ROW - BLOCK / 2) / picture.height
    box = (int(columns[0]) / picture.width, top, BLOCK / picture.width, BLOCK / picture.height)
    return milliseconds, Found("target", 1.0, box)
