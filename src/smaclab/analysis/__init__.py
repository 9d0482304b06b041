"""Numbers from readouts: one file per question."""
