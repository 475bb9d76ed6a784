from .check import Checked as Checked
from .check import CodedExercise as CodedExercise
from .check import check as check
