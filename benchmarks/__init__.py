"""How fast we are, measured beside a peer at matched error: `make bench`.  Not a part of the package.

case       what is solved: EARM 1.0, which nobody here wrote, and our own network
reference  what is true, and the error of a run
peer       libRoadRunner's side
ours       our side, behind one function
measure    errors, then both in turns
growth     cells, doses and observables, on one core and on all, with peak memory
machine    which machine and versions
report     table, page, line of JSON
cache      references and rests, computed once
make_earm  makes the files of EARM 1.0 from PySB's example
"""
