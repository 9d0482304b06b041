"""Inference: which parameter sets agree with the evidence. Asks many times, never draws a picture.

prior       how one number may vary, and its standard coordinate
evidence    constraints, measured courses and bounds: what each says of a prediction
profile_out scale, offset and rate that a measurement leaves open, taken at their best values
problem     priors, evidence and the function that predicts
lines       straight lines through what sets predict, sparse where sets are few
surrogate   what the evidence says of lines instead of predictions
guess       a normal distribution times a surrogate: drawn from, and moved in, at no cost
plan        how to sample: how many sets, chains and moves
learn       from a start to a guess: a region of trust that moves, and may widen
walk        moves that the model accepts or not
looks       which evidence is looked at first, and which proposals no further
temper      from the guess to the posterior by weights, for the probability of the evidence
sample      the sampler: it learns a guess, then chains move to the posterior itself
mixing      how well chains agree
profile     one parameter pinned, the others optimized
checkpoint  predictions kept on disk one by one: what resume reads instead of simulating
known       all sets that were simulated, in one file: for profiles and refits
compare     hypotheses on the same evidence
rival       a hypothesis judged on sets that were made with another
ensemble    parameter sets with weights and provenance, as text
summary     what was learned of each parameter, sloppy directions, residuals, predictive checks
ranks       simulation-based calibration: does the sampler say what it should
"""
