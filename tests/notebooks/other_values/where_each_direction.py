"""Other values for the chapter `where-each-direction`."""

CHANGES = [
    {"SEED = 41": "SEED = 0", "DEGREES = 5 ": "DEGREES = 3 "},
    {
        "[0.6, 0.01, 0.39]": "[0.2, 0.5, 0.3]",
        "[0.0, 0.9, 1.0]": "[1.0, 0.2, 0.5]",
        "SEED = 41": "SEED = 7",
    },
    {
        "PRIOR_SD = 5.0": "PRIOR_SD = 2.0",
        "B = np.array([4.0, 0.0, 3.0])": "B = np.array([4.0, 6.0, 5.0])",
        "SEED = 41": "SEED = 2026",
    },
]
