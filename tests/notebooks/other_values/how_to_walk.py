"""Other values for the chapter `how-to-walk`."""

SEED = "SEED = 41"

CHANGES = [
    {SEED: "SEED = 7", "NUM_STEPS = 12_000": "NUM_STEPS = 9_000"},
    {SEED: "SEED = 2026", "LEARNING_RATE = 0.01": "LEARNING_RATE = 0.02"},
    {'r = 0.6, step 1": (0.6, 1.0)': 'r = 0.6, step 1": (0.45, 1.0)'},
]
