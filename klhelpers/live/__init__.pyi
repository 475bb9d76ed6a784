from .assets import live_block as live_block
from .descent import descend as descend
from .figure import LiveFigure as LiveFigure
from .fit import FitFigure as FitFigure
from .guess import GuessFigure as GuessFigure
from .modes import ModesFigure as ModesFigure
from .pair import PairFigure as PairFigure
from .surface import SurfaceFigure as SurfaceFigure
