"""Other values for the chapter `analytic-kl`."""

CHANGES = [
    {"SEED = (41, 0)": "SEED = (0, 0)"},
    {
        "SEED = (41, 0)": "SEED = (7, 1)",
        "unconstrained = [-0.5, 1.25, 1.0]": "unconstrained = [0.4, -0.3, 0.1]",
    },
    {
        "SEED = (41, 0)": "SEED = (2026, 2)",
        "loc=[0.0, 0.0])\ncov": "loc=[0.5, -1.0], scale_diag=[0.7, 2.0])\ncov",
    },
]
