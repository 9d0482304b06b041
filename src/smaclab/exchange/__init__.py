"""Standard files from our nouns.  Nothing is solved here.

sbml        a network with a cell's counts and parameters, its changes and readouts, as SBML L3V2 core
sbml_ids    identifiers that SBML allows and a person can read
sbml_math   formulas as SBML's mathematics
sbml_units  units, as far as SBML can say them
"""
