"""Other values for the chapter `estimates`."""

CHANGES = [
    {"SEED = 41": "SEED = 0"},
    {"SEED = 41": "SEED = 7", "NUM_SAMPLES = 1_000": "NUM_SAMPLES = 200"},
    {
        "SEED = 41": "SEED = 2026",
        "REPEATS = 1_000": "REPEATS = 200",
        "[-2.0, 2.0]": "[-1.0, 3.0]",
        "next_token_tables(8, 4, SEED)": "next_token_tables(8, 4, 3)",
    },
]
