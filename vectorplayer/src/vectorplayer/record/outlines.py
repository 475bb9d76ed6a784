"""From Matplotlib's paths to drawing operations with integer vertices."""

import re
from functools import lru_cache

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, Transform

from vectorplayer.record.curves import knots
from vectorplayer.record.paint import Paint
from vectorplayer.record.points import codes_of, vertices_of

FAR = 2**24  # units; no screen shows what lies beyond, and the integers stay small
SMOOTHABLE = 12  # vertices; below that a curve through knots saves nothing
MARGIN = 2.0  # px around the canvas that areas still fill: the smoothed edge of the cut is outside
MITERS = 4.0  # widths of a line that the tip of a corner may be away from the corner
AXIAL = 1e-4  # px; Matplotlib's own bound for lines along the axes, which it snaps to pixels
STRAIGHT_LINES = {Path.MOVETO, Path.LINETO, Path.CLOSEPOLY}
STOP, CURVE3, CURVE4 = (bytes([code]) for code in (Path.STOP, Path.CURVE3, Path.CURVE4))
VERTICES = {int(Path.CURVE3): 2, int(Path.CURVE4): 3}
LETTERS = bytes.maketrans(bytes([Path.MOVETO, Path.LINETO, 3, 4, Path.CLOSEPOLY]), b"MLQCZ")
LINE, LINE_OR_CURVE = re.compile(r"(ML*)(Z?)"), re.compile(r"(M[LQC]*)(Z?)")


def letters_and_points(cleaned: Path) -> tuple[str, np.ndarray]:
    """Return a letter for each operation (see `svg.path_data`) and the vertices that they use."""
    return letters_and_used(vertices_of(cleaned), np.asarray(cleaned.codes, np.uint8))


def letters_and_used(vertices: np.ndarray, codes: np.ndarray) -> tuple[str, np.ndarray]:
    """Do what `letters_and_points` does, from vertices and codes."""
    codes = np.asarray(codes, np.uint8)
    ops = codes[codes != Path.STOP].tobytes().translate(LETTERS).decode()
    points = np.asarray(vertices)[(codes != Path.STOP) & (codes != Path.CLOSEPOLY)]
    return (ops, points) if ops.strip("MZ") else ("", points[:0])  # lone points draw nothing


def runs_along_axes(path: Path, transform: Transform) -> bool:
    """Tell whether all of a path is straight and along the axes, so that Agg snaps it to pixels."""
    points, codes = vertices_of(path.transformed(transform)), codes_of(path)
    if codes is not None:
        if not STRAIGHT_LINES.issuperset(codes.tolist()):
            return False
        points = points[codes != Path.CLOSEPOLY]
    return bool((np.abs(np.diff(points, axis=0)) < AXIAL).any(axis=1).all())


def to_grid(points: np.ndarray, units: float) -> np.ndarray:
    """Return pixels as counts of grid lines; `units` is the number of grid lines per pixel."""
    return np.rint(np.clip(points * units, -FAR, FAR)).astype(np.int32)


@lru_cache
def _whole_curves(codes: bytes) -> bytes:
    """Return codes in which all vertices of a curve have its code.

    Matplotlib's renderers look at the code of the first vertex alone (`Sankey` relies on that).
    """
    whole, at = bytearray(codes), 0
    while at < len(whole):
        step = VERTICES.get(whole[at], 1)
        whole[at : at + step] = codes[at : at + 1] * min(step, len(whole) - at)
        at += step
    return bytes(whole)


def flattened(path: Path, transform: Transform, flip: np.ndarray) -> tuple[Path, np.ndarray]:
    """Return a path and the matrix that takes it to the screen, y downwards."""
    if not transform.is_affine:
        path, transform = transform.transform_path_non_affine(path), transform.get_affine()
    codes = codes_of(path)
    if codes is not None:
        given = codes.tobytes()
        whole = _whole_curves(given)
        if whole != given:
            path = Path(path.vertices, np.frombuffer(whole, np.uint8))
    return path, flip @ transform.get_matrix()


def outline(
    path: Path,
    matrix: np.ndarray,
    *,
    units: float,
    tolerance: float,
    canvas: tuple[float, float] | None,
    filled: bool,
    paint: Paint,
    snap: bool | None,
    sketch: tuple[float, float, float] | None,
) -> tuple[str, np.ndarray]:
    """Return the drawing operations of a path and its (n, 2) vertices on the grid.

    Matplotlib's own pipeline transforms the path, leaves out what is not finite, clips lines and
    areas to the canvas and snaps to pixels, as it does for a PNG.  Curves stay curves.

    Parameters
    ----------
    path, matrix
        As `flattened` gives them.
    units : float
        Grid lines per pixel.
    tolerance : float
        How far, in pixels, an outline may run from its vertices.  0 keeps all vertices.
    canvas : tuple of float or None
        Width and height that the outline has to fill; None for one that is put at several places.
    filled : bool
        Whether the outline bounds an area, seen or not, which has to keep its shape.
    paint : Paint
        The width of the line decides where it is sharp, and what may be cut off.
    snap, sketch
        As in the graphics context.
    """
    codes = codes_of(path)
    letters = b"" if codes is None else codes.tobytes()
    curved = CURVE3 in letters or CURVE4 in letters
    if curved and sketch is None and STOP not in letters:  # nothing to clip or to snap
        points = vertices_of(path) @ matrix[:2, :2].T + matrix[:2, 2]
        if np.isfinite(points).all():
            ops = letters.translate(LETTERS).decode()
            if "Z" in ops:
                points = points[codes != Path.CLOSEPOLY]
            return ops, to_grid(points, units)
    box = None if canvas is None else (-1.0, -1.0, canvas[0] + 1, canvas[1] + 1)
    cleaned = path.cleaned(
        Affine2D(matrix),
        remove_nans=True,
        clip=None if filled else box,
        curves=True,
        stroke_width=paint.width,
        snap=snap,
        sketch=sketch,
    )
    if filled and box is not None and not curved:
        cleaned = _inside(cleaned, box, paint)
    ops, points = letters_and_points(cleaned)
    fewest = SMOOTHABLE if filled else 3  # a small area may be smaller than the tolerance
    if tolerance > 0 and canvas is not None and not curved and len(points) >= fewest:
        return _thinned(ops, points, tolerance, units)
    return ops, to_grid(points, units)


def _inside(path: Path, box: tuple[float, float, float, float], paint: Paint) -> Path:
    """Cut off what reaches out of the box by more than the line is wide.

    The cut runs along the box, where its line cannot be seen.  An area whose line does not
    follow its whole outline, or is dashed, stays whole.
    """
    margin = MARGIN + (MITERS * paint.width if paint.lined else 0.0)
    low, high = np.array(box[:2]) - margin, np.array(box[2:]) + margin
    codes = np.asarray(path.codes)
    points = vertices_of(path)[codes != Path.STOP]
    codes = codes[codes != Path.STOP]
    if len(points) < 3 or ((points >= low) & (points <= high)).all():
        return path
    ends = np.append(codes[1:] == Path.MOVETO, True)
    if paint.lined and (len(paint.dashes) > 1 or (codes[ends] != Path.CLOSEPOLY).any()):
        return path
    # The clip would take the vertex of CLOSEPOLY, often (0, 0), for a corner.
    points = points.copy()
    starts = np.maximum.accumulate(np.where(codes == Path.MOVETO, np.arange(len(codes)), 0))
    closing = codes == Path.CLOSEPOLY
    points[closing] = points[starts[closing]]
    cut = Path(points, codes).clip_to_bbox(Bbox([low, high]))
    return cut if cut.codes is not None else Path(cut.vertices, np.zeros(0, np.uint8))


def without_joins(ops: str, points: np.ndarray) -> tuple[str, np.ndarray]:
    """Draw the last line of closed outlines as any other: Agg does not join dashes at their end.

    Splines stay closed, since their ends have no corner.
    """
    if "Z" not in ops or "S" in ops:
        return ops, points
    starts, ends = [], []
    for line in LINE_OR_CURVE.finditer(ops):
        if line[2]:
            before = ops[: line.end(1)].count("Z")
            starts.append(line.start(1) - before)
            ends.append(line.end(1) - before)
    return ops.replace("Z", "L"), np.insert(points, ends, points[starts], axis=0)


def _thinned(
    ops: str, points: np.ndarray, tolerance: float, units: float
) -> tuple[str, np.ndarray]:
    """Draw smooth lines through fewer knots, other lines through fewer vertices."""
    letters, pieces, index = [], [], 0
    for line in LINE.finditer(ops):
        part = points[index : index + len(line[1])]
        index += len(line[1])
        closed = line[2] == "Z" or (len(part) > 3 and bool((part[0] == part[-1]).all()))
        few: np.ndarray | None = None
        letter = "S"
        if len(part) >= SMOOTHABLE:
            few = knots(part, closed=closed, tolerance=tolerance, units=units)
        if few is None:
            few, letter = to_grid(_simplified(part, closed, tolerance), units), "L"
        letters.append("M" + letter * (len(few) - 1) + ("Z" if closed else ""))
        pieces.append(few)
    return "".join(letters), np.concatenate(pieces)


def _simplified(points: np.ndarray, closed: bool, tolerance: float) -> np.ndarray:
    """Leave out vertices of a polyline that are closer than ``tolerance`` to the line."""
    line = Path(np.concatenate([points, points[:1]]) if closed else points)
    line.should_simplify, line.simplify_threshold = True, tolerance
    thin = vertices_of(line.cleaned(simplify=True))[:-1]  # the last one marks the end
    return thin[:-1] if closed and len(thin) > 2 and (thin[0] == thin[-1]).all() else thin
