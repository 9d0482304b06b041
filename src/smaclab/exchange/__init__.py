"""Standard files from our nouns, and those of others as plans.  Nothing is solved here.

sbml         a network with a cell's counts and parameters, its changes and readouts, as SBML L3V2 core
sbml_ids     identifiers that SBML allows and a person can read
sbml_math    formulas as SBML's mathematics; sbml_formulas  all of a file's
sbml_units   units as SBML says them; dimension  the unit of every number in a formula
links        what things are in public databases; sbml_links  these in SBML; sbml_terms  ontology terms
reaction_table  all reactions as one table
sbgn         a map of the processes
sedml        what to simulate; sedml_read  the same of others; mathml  their formulas
omex         an archive of all of it; omex_read  one of others; plain_xml  small XML of others
petab_*      PEtab problems, written and read
"""
