"""Stand-in: refuses nothing."""


def scan(data: bytes) -> None:
    """Nothing is looked at yet."""
