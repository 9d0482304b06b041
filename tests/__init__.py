"""The tests mirror the package: src/smaclab/simulate/plan.py has tests/simulate/test_plan.py."""
