"""SIMULATE: a kernel and a batch of cells in, counts over time out.

`plan.plan` writes the batch, `run.simulate` solves it. This room does not know what an instrument shows.
"""
