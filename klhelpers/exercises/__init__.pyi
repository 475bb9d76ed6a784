from .checking import Checked as Checked
from .checking import check as check
from .coded import CODED as CODED
from .model import CodedExercise as CodedExercise
