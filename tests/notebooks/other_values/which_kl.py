"""Other values for the chapter `which-kl`."""

SEED, COPIES = "SEED = 41", "COPIES = 1000"

CHANGES = [
    {SEED: "SEED = 0", COPIES: "COPIES = 200"},
    {
        SEED: "SEED = 7",
        COPIES: "COPIES = 100",
        "NUM_STEPS, LEARNING_RATE = 400, 0.02": "NUM_STEPS, LEARNING_RATE = 60, 0.1",
        "RHO, START = 0.8, (0.4, 0.5)": "RHO, START = -0.3, (1.5, 0.7)",
    },
    {
        SEED: "SEED = 2026",
        COPIES: "COPIES = 100",
        "NUM_STEPS, LEARNING_RATE = 400, 0.02": "NUM_STEPS, LEARNING_RATE = 80, 0.02",
        "np.array([0.3, -0.2]), np.array([1.2, 1.5])": "np.array([1.0, 0.0]), np.array([0.4, 0.9])",
        "np.log([0.2, 0.4, 0.4])": "np.log([0.7, 0.2, 0.1])",
    },
]
