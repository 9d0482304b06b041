"""simulate/plan.py has tests/simulate/test_plan.py."""

import pytest

from tests.contract.house import FILES, PACKAGE, ROOT, has_code, name_of

EXCUSED = {  # file or folder: why it has no test of its own name
    "__main__.py": "one line; the command line's tests start it",
    "biology/pathway": "content, no machinery: tests/biology/test_model.py and tests/science judge it",
}


def excuse(where: str) -> str | None:
    """Why a file needs no test of its own name, or None."""
    return next((why for name, why in EXCUSED.items() if where == name or where.startswith(f"{name}/")), None)


CODE = [
    path
    for path in FILES
    if path.name != "__init__.py"
    and has_code(path.read_text(encoding="utf-8"))
    and not excuse(path.relative_to(PACKAGE).as_posix())
]


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_every_file_has_its_test(path):
    folder = ROOT / "tests" / path.relative_to(PACKAGE).parent
    assert (folder / f"test_{path.stem}.py").exists()


def test_every_excuse_is_for_something_that_exists():
    assert [name for name in EXCUSED if not (PACKAGE / name).exists()] == []


def test_every_solver_and_the_kernel_name_their_slow_twin():
    fast = [PACKAGE / "kernel" / "compile.py"]
    fast += [PACKAGE / "simulate" / name for name in ("rosenbrock.py", "scipy_solver.py")]
    assert [path.name for path in fast if "twin" not in path.read_text(encoding="utf-8").lower()] == []


def test_the_judge_knows_code_when_it_sees_it():
    assert has_code("def f(): ...")
    assert has_code("class A: ...")
    assert not has_code('"""Words."""\nimport math\nX = 1\n')
