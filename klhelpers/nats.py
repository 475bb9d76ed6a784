"""Numbers in nats as text: one format for figures, controls and readouts."""


def format_nats(value: float, digits: int = 4) -> str:
    """Write a divergence in nats, without the unit.

    Parameters
    ----------
    value : float
    digits : int
        Decimals.

    Returns
    -------
    str
        With a true minus sign, and none before a number that rounds to zero.

    Examples
    --------
    >>> format_nats(-0.25), format_nats(-0.00001)
    ('−0.2500', '0.0000')
    """
    text = f"{value:.{digits}f}"
    return text.removeprefix("-") if float(text) == 0 else text.replace("-", "−")
