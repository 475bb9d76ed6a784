from .animation import animate_fit as animate_fit
from .contours import density_grid as density_grid
from .contours import plot_density_contours as plot_density_contours
from .ends import end_style as end_style
from .styles import contour_style as contour_style
from .styles import line_style as line_style
