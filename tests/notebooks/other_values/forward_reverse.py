"""Other values for the chapter `forward-reverse`."""

SEED = "SEED = 41"

CHANGES = [
    {SEED: "SEED = 0"},
    {SEED: "SEED = 7", "NUM_STEPS = 250": "NUM_STEPS = 30", "RATE = 0.01": "RATE = 0.2"},
    {
        SEED: "SEED = 2026",
        **{
            f"q_{d} = kl.lecture_start(seed=SEED)": f"q_{d} = kl.trainable_full_gaussian("
            "[0.5, -0.5], [[1.0, 0.0], [0.3, 0.8]])"
            for d in ("reverse", "forward")
        },
    },
]
