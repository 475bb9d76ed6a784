"""Other values for the chapter `explore`."""

CHANGES = [
    {"CORRELATION = 0.8": "CORRELATION = -0.4"},
    {"CORRELATION = 0.8": "CORRELATION = 0.0", "(1.5, 1.0)": "(1.0, 1.0)"},
    {"(1.5, 1.0)": "(0.7, 2.5)", "num_steps=200": "num_steps=80", '"isotropic"': '"full"'},
]
