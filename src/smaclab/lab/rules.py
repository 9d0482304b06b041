"""The rules expanded again, and the numbers of a network."""

from pathlib import Path
from typing import Any

from smaclab.errors import NetworkError
from smaclab.lab.bench import NETWORK_FILE, own_network
from smaclab.network.network import Network


def build_network(out: str | Path | None = None) -> Path:
    """Expand the rules of `biology/` and write the network's file.

    Args:
        out: Where to; the package's own file by default.

    Returns:
        The file that was written.

    Raises:
        NetworkError: the extra [rules] or perl is missing, or the file cannot be written.
    """
    # Here and not at the top: pysb and its companions are the extra [rules], which running never needs.
    try:
        from smaclab.biology.model import build
        from smaclab.network.expand import expand
    except ModuleNotFoundError as error:
        raise NetworkError(
            f"{error.name} is not installed. Expanding rules needs perl and the extra [rules]: "
            "pip install 'smaclab[rules]'."
        ) from error
    from smaclab.biology.parameters import read_parameters
    from smaclab.network.store import write

    parameters = read_parameters()
    parts = build(parameters)
    units = {name: value.unit for name, value in parameters.items()}
    text = write(expand(parts.model, inputs=parts.inputs, units=units))
    path = Path(out) if out is not None else _own_file()
    draft = path.with_name(f".{path.name}.partial")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    except OSError as error:
        raise NetworkError(
            f"{path} cannot be written ({error.strerror}). Give another file with --out."
        ) from error
    return path


def network_statistics(network: Network | None = None) -> dict[str, Any]:
    """Species, reactions, parameters, entries of the Jacobian and of its factors, conserved totals.

    network: the package's own by default.
    """
    from smaclab.network.statistics import statistics

    return dict(statistics(own_network() if network is None else network))


def _own_file() -> Path:
    import smaclab.biology

    return Path(smaclab.biology.__path__[0]) / NETWORK_FILE
