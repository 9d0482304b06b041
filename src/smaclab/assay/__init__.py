"""ASSAY: what an instrument shows of true counts. Noise-free in this version."""
