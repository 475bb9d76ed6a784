from .explorer import Explorer as Explorer
from .fit import explore_fit as explore_fit
