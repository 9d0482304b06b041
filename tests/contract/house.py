"""The house's plan, and readers of source text.  Every checker here has a test in which it must complain."""

import ast
import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "smaclab"
FILES = sorted(PACKAGE.rglob("*.py"))

PLAN = {  # room: the rooms it may import from.  This table *is* the architecture.
    "errors": "",
    "seeds": "",
    "units": "errors",
    "provenance": "errors",
    "experiment": "units errors",  # also the noun Catalogue, which lab fills from biology
    "network": "errors",
    "kernel": "network errors",
    "simulate": "experiment network kernel seeds errors",
    "assay": "experiment simulate seeds errors",
    "analysis": "experiment assay errors",  # predicate.py too: claims and inference share it
    "infer": "experiment simulate assay analysis seeds provenance errors",
    "report": "experiment assay analysis infer provenance errors",
    "exchange": "experiment network simulate assay infer provenance errors",
    "audit": "network kernel simulate exchange errors",
    "biology": "experiment units errors",  # nouns and PySB, no numerics: that is the point
    "lab": "experiment biology network kernel simulate assay analysis infer report exchange audit provenance "
    "errors",
    "claims": "lab experiment assay analysis report provenance units errors",
    "cli": "lab claims errors",
    "web": "lab claims errors",
    "__init__": "lab errors",
    "__main__": "cli",
}
LATER = {"web"}  # not built yet; this only shrinks


def name_of(path: Path) -> str:
    """src/smaclab/network/store.py -> smaclab.network.store; a package's __init__ -> the package."""
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def room_of(module: str) -> str:
    """smaclab.network.store -> network; smaclab -> __init__."""
    return module.split(".")[1] if "." in module else "__init__"


def imports_of(source: str, modules: set[str]) -> set[str]:
    """The package's modules that a source text imports, also inside functions and by name in a text.

    modules: the package's own modules; `from smaclab import x` may mean one of them.
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            inside = {f"{base}.{alias.name}" for alias in node.names}
            found |= inside & modules if inside & modules == inside else {base} | (inside & modules)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {node.value} & modules  # importlib.import_module("smaclab.lab")
    return {name for name in found if name.split(".")[0] in ("smaclab", "")}


def forbidden_imports(module: str, source: str, modules: set[str]) -> list[str]:
    """What a module imports against the plan."""
    room = room_of(module)
    allowed = {room, *PLAN[room].split()}
    found = sorted(
        imports_of(source, modules) - {"smaclab"} if room != "__init__" else imports_of(source, modules)
    )
    return [f"{module} imports {name}" for name in found if room_of(name) not in allowed]


def circle(graph: dict[str, set[str]]) -> list[str]:
    """One circle of a graph, or an empty list."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code; docstrings and comments are free: never pay for explaining."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return len({node.lineno for part in body for node in ast.walk(part) if hasattr(node, "lineno")})


def functions_of(source: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions and methods, also inner ones."""
    return [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def parameters_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    """Names of the parameters a caller gives."""
    given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return [argument.arg for argument in given if argument.arg not in ("self", "cls")]


def silent_raises(source: str) -> list[str]:
    """Every `raise` whose error carries no value: no argument, or a constant text only."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Raise) or node.exc is None:  # `raise` alone passes on what was said
            continue
        if not isinstance(node.exc, ast.Call):
            if isinstance(node.exc, ast.Name) and node.exc.id[:1].isupper():
                found.append(f"line {node.lineno}: raise {node.exc.id}")
            continue
        given = [*node.exc.args, *(keyword.value for keyword in node.exc.keywords)]
        if not any(_carries_a_value(argument) for argument in given):
            found.append(f"line {node.lineno}: raise {ast.unparse(node.exc)}")
    return found


def _carries_a_value(argument: ast.expr) -> bool:
    return any(
        isinstance(n, ast.FormattedValue | ast.Name | ast.Call | ast.Attribute) for n in ast.walk(argument)
    )


def thawed_dataclasses(source: str) -> list[str]:
    """Dataclasses that are not frozen."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ClassDef):
            continue
        for decorator in node.decorator_list:
            text = ast.unparse(decorator)
            if re.match(r"(dataclasses\.)?dataclass\b", text) and "frozen=True" not in text:
                found.append(node.name)
    return found


def unitless_parameters(source: str) -> list[str]:
    """Parameters of public functions that are a time or a concentration and do not say in which unit."""
    return [
        f"{function.name}({name})"
        for function in functions_of(source)
        if not function.name.startswith("_")
        for name in parameters_of(function)
        if re.search(r"(^|_)(time|times|concentration|duration)$", name)
    ]


def has_code(source: str) -> bool:
    """Whether there is anything to test: a function, or a class that does something."""
    return bool(functions_of(source)) or any(isinstance(n, ast.ClassDef) for n in ast.walk(ast.parse(source)))


# A folder of one machine: at the root, not part of an address or of a longer path.
MACHINE_PATH = re.compile(r"(?<![\w.~$}%/-])/(?:work|root|home|Users)/\w")
