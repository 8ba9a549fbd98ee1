"""Reads the test camera's burned-in clock and finds its moving block: a truth that measurements can be held against."""

import av
import numpy as np

from vision.detect import Found

BITS, BIT_WIDTH, ROW = 32, 20, 20
BLOCK, BLOCK_ROW = 80, 340
BRIGHT = 120


class Target:
    """The moving block of one camera. Its box is told as it was found; it gets a new number when it begins again at the left."""

    def __init__(self) -> None:
        self._number = 1
        self._left = 0.0

    def follow(self, picture: av.VideoFrame) -> tuple[list[tuple[int, Found]], dict[str, int]]:
        """The block with its number, and the attributes of the frame."""
        milliseconds, found = read(picture)
        if found is None:
            return [], {"barcode": milliseconds}
        if found.box[0] < self._left:
            self._number += 1
        self._left = found.box[0]
        return [(self._number, found)], {"barcode": milliseconds}


def read(picture: av.VideoFrame) -> tuple[int, Found | None]:
    """The low 32 bits of the wall clock (ms) in the picture, and the block as an object of kind `target`."""
    plane = picture.planes[0]
    luma = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:, : picture.width]
    if picture.width < BITS * BIT_WIDTH or picture.height <= BLOCK_ROW:
        raise ValueError(f"expected a barcode of {BITS * BIT_WIDTH} pixels, got a picture of {picture.width}x{picture.height}")
    bits = luma[ROW, BIT_WIDTH // 2 : BITS * BIT_WIDTH : BIT_WIDTH] > BRIGHT
    milliseconds = int("".join("1" if bit else "0" for bit in bits), 2)
    columns = np.flatnonzero(luma[BLOCK_ROW] > BRIGHT)
    if not columns.size:
        return milliseconds, None
    top = (BLOCK_ROW - BLOCK / 2) / picture.height
    box = (int(columns[0]) / picture.width, top, BLOCK / picture.width, BLOCK / picture.height)
    return milliseconds, Found("target", 1.0, box)
