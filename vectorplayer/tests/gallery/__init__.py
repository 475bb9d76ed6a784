"""Animations in the manners in which people write them, each compared with Matplotlib's own.

Every public function of a module here makes one animation.  It returns a
`~matplotlib.animation.Animation`, or a figure and a function ``film(writer)`` that changes the
figure and grabs the frames by hand.  `saving` saves them, `compare` measures how far two pictures
are apart.
"""
