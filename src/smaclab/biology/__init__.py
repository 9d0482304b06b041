"""The biologist's room: proteins, rules, parameters, cell lines and drugs.  Content only, no numerics.

Reading the catalogue (`catalogue.py`) needs nothing beyond the standard library; writing rules needs PySB,
which only `model.py` and the files under `pathway/` import.
"""
