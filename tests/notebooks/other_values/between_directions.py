"""Other values for the chapter `between-directions`."""

SEED = "SEED = 41"

CHANGES = [
    {SEED: "SEED = 7", "RHO = 0.8": "RHO = -0.3"},
    {SEED: "SEED = 2026", "NUM_TARGETS = 200": "NUM_TARGETS = 40"},
    {"DISTANCE = 3.0": "DISTANCE = 3.2", "RHO = 0.8": "RHO = 0.99"},
]
