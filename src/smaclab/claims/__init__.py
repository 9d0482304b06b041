"""The paper's findings, each one an experiment with a verdict. Stands on `lab`."""
