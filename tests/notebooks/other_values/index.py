"""Other values for the landing page."""

SEEDS = (0, 7, 2026)

CHANGES = [
    {f"lecture_{of}()": f"lecture_{of}(seed={s})" for of in ("target", "start")} for s in SEEDS
]
