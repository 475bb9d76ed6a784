"""Other values for the chapter `fitting-by-samples`."""

SEED = "SEED = 41"

CHANGES = [
    {SEED: "SEED = 0", "WIDTH, BEND = 2.0, 0.5": "WIDTH, BEND = 1.5, 0.3"},
    {SEED: "SEED = 7", "DF = 5.0": "DF = 3.0", "NUM_STEPS = 400": "NUM_STEPS = 200"},
]
