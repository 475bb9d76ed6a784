"""Other values for the chapter `trainable-q`."""

SEED = "SEED = 41"

CHANGES = [
    {SEED: "SEED = 0"},
    {
        SEED: "SEED = 7",
        "gaussian_target([-0.5, 1.25, 1.0])\nL": "gaussian_target([0.4, -0.3, 0.1])\nL",
        "tfb.Exp(), name": "tfb.Softplus(), name",
    },
    {SEED: "SEED = 2026", "= 20, 0.001": "= 7, 0.02", "= 1000, 0.01": "= 300, 0.05"},
]
