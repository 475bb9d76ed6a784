"""Other values for the chapter `two-modes`."""

SEED = "SEED = 41"

CHANGES = [
    {SEED: "SEED = 7", "NUM_STARTS = 240": "NUM_STARTS = 40"},
    {SEED: "SEED = 2026", '"Adam": 0.1': '"Adam": 0.03'},
    {"[2.6, -1.5]": "[3.5, -1.5]"},
]
