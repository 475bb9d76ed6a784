"""Other values for the chapter `families`."""

CHANGES = [
    {"SEED = 41": "SEED = 0", "NUM_TARGETS = 200": "NUM_TARGETS = 20"},
    {"SEED = 41": "SEED = 7", "RHO = 0.5": "RHO = 0.8"},
    {"np.geomspace(0.5, 2, 10)": "np.geomspace(0.1, 2, 10)"},
]
