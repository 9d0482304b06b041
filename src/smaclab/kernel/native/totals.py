"""Code that holds conserved totals: what no reaction changes, rounding shall not change either.

A factorization of 1 / (h gamma) - J loses the small first part where J is large, and with it perhaps 1e-10
of a total a step (without this file E5 ends with no digit right). So after each step the species of a total
share the difference, each in proportion to its count. A network in which everything is made and lost has no
totals and no such code.
"""

from smaclab.kernel.native.kind import Kind
from smaclab.kernel.native.layout import Layout
from smaclab.kernel.native.text import Code

SWEEPS = 2  # correcting one total moves others that share its species


def totals(layout: Layout, kind: Kind) -> str:
    """The text of `totals(counts, sums)`: what the totals are."""
    code = Code(kind, "totals", ("counts", "sums"))
    for place, terms in enumerate(layout.totals):
        code.store("sums", place, _sum(code, terms))
        code.cut_if_long()
    return code.text()


def keep_totals(layout: Layout, kind: Kind) -> str:
    """The text of `keep_totals(counts, sums)`: counts with the totals that `sums` holds."""
    code = Code(kind, "keep_totals", ("counts", "sums"))
    zero = code.constant(0.0)
    for _ in range(SWEEPS):
        for place, terms in enumerate(layout.totals):
            missing = code.subtract(code.load("sums", place), _sum(code, terms))
            sizes = {species: _size(code, species) for species, _ in terms}
            whole = ""
            for species, weight in terms:
                part = code.multiply(sizes[species], code.constant(abs(weight)))
                whole = code.add(whole, part) if whole else part
            share = code.divide(missing, whole)
            share = code.select("ogt", whole, zero, share, zero)
            for species, weight in terms:
                signed = share if weight > 0 else code.negate(share)
                before = code.load("counts", species)
                code.store("counts", species, code.multiply_add(sizes[species], signed, before))
            code.cut_if_long()
    return code.text()


def _sum(code: Code, terms: tuple[tuple[int, float], ...]) -> str:
    total = ""
    for species, weight in terms:
        count = code.load("counts", species)
        if not total:
            total = count if weight == 1.0 else code.multiply(count, code.constant(weight))
        else:
            total = code.plus(total, count, weight)
    return total


def _size(code: Code, species: int) -> str:
    count = code.load("counts", species)
    return code.select("olt", count, code.constant(0.0), code.negate(count), count)
