"""Boxes: left, top, width, height, in pixels or as shares of the picture."""

Box = tuple[float, float, float, float]


def common_area(a: Box, b: Box) -> float:
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return width * height if width > 0 and height > 0 else 0.0


def overlap(a: Box, b: Box) -> float:
    """Intersection over union."""
    common = common_area(a, b)
    return common / (a[2] * a[3] + b[2] * b[3] - common) if common else 0.0


def covered(a: Box, b: Box) -> float:
    """How much of the smaller box lies inside the other one."""
    common = common_area(a, b)
    return common / min(a[2] * a[3], b[2] * b[3]) if common else 0.0


def suppress(found: list[tuple[Box, float]], most_covered: float) -> list[tuple[Box, float]]:
    """Of boxes that cover each other much, the best one (non-maximum suppression)."""
    kept: list[tuple[Box, float]] = []
    for box, score in sorted(found, key=lambda each: -each[1]):
        if all(covered(box, other) < most_covered for other, _ in kept):
            kept.append((box, score))
    return kept


def clip(box: Box, width: float = 1.0, height: float = 1.0) -> Box:
    """The part of a box that lies inside the picture."""
    left, top = min(max(0.0, box[0]), width), min(max(0.0, box[1]), height)
    right, bottom = min(width, max(left, box[0] + box[2])), min(height, max(top, box[1] + box[3]))
    return (left, top, right - left, bottom - top)


def scaled(box: Box, across: float, down: float) -> Box:
    return (box[0] * across, box[1] * down, box[2] * across, box[3] * down)
