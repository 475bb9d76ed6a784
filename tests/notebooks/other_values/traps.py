"""Other values for the chapter `traps`."""

SEED = "SEED = 41"

CHANGES = [
    {SEED: "SEED = 7", "NUM_STEPS = 300": "NUM_STEPS = 40"},
    {SEED: "SEED = 2026", "LEARNING_RATE = 0.05": "LEARNING_RATE = 0.01"},
    {"gaussian_target([-0.5, 1.25, 1.0])": "gaussian_target([0.4, -0.3, 0.1])"},
]
