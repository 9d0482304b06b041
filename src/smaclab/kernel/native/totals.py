"""Code that holds conserved totals: what no reaction changes, rounding shall not change either.

A factorization of 1 / (h gamma) - J loses the small first part where J is large, and with it perhaps 1e-10
of a total a step (without this file E5 ends with no digit right). So after each step the species of a total
share the difference, each in proportion to its count; where all weights are positive that is one factor for
all of them. Correcting one total moves others that share its species; the next step's correction finds that,
so that nothing adds up. A network in which everything is made and lost has no totals and no such code.
"""

from smaclab.kernel.native.kind import Kind
from smaclab.kernel.native.layout import Layout
from smaclab.kernel.native.text import Code


def totals(layout: Layout, kind: Kind) -> str:
    """The text of `totals(counts, sums)`: what the totals are."""
    code = Code(kind, "totals", ("counts", "sums"))
    for place, terms in enumerate(layout.totals):
        code.store("sums", place, _sum(code, terms))
        code.cut_if_long()
    return code.text()


def keep_totals(layout: Layout, kind: Kind) -> str:
    """The text of `keep_totals(counts, sums)`: counts with the totals that `sums` holds.

    Behind the totals `sums` holds their inverses, 0 where a total is not positive.
    """
    code = Code(kind, "keep_totals", ("counts", "sums"))
    for place, terms in enumerate(layout.totals):
        missing = code.subtract(code.load("sums", place), _sum(code, terms))
        if all(weight > 0 for _, weight in terms):
            share = code.multiply(missing, code.load("sums", len(layout.totals) + place))
            for species, _ in terms:
                before = code.load("counts", species)
                code.store("counts", species, code.multiply_add(before, share, before))
        else:
            _share_signed(code, terms, missing)
        code.cut_if_long()
    return code.text()


def _share_signed(code: Code, terms: tuple[tuple[int, float], ...], missing: str) -> None:
    zero, whole = code.constant(0.0), ""
    sizes = {species: _size(code, species) for species, _ in terms}
    for species, weight in terms:
        part = code.multiply(sizes[species], code.constant(abs(weight)))
        whole = code.add(whole, part) if whole else part
    share = code.divide(missing, whole)
    share = code.select("ogt", whole, zero, share, zero)
    for species, weight in terms:
        signed = share if weight > 0 else code.negate(share)
        before = code.load("counts", species)
        code.store("counts", species, code.multiply_add(sizes[species], signed, before))


def _sum(code: Code, terms: tuple[tuple[int, float], ...]) -> str:
    """Two by two: in a long chain of additions each would wait for the one before."""
    parts = []
    for species, weight in terms:
        count = code.load("counts", species)
        parts.append(count if weight == 1.0 else code.multiply(count, code.constant(weight)))
    while len(parts) > 1:
        pairs = [code.add(*two) for two in zip(parts[::2], parts[1::2], strict=False)]
        parts = pairs + parts[2 * len(pairs) :]
    return parts[0]


def _size(code: Code, species: int) -> str:
    count = code.load("counts", species)
    return code.select("olt", count, code.constant(0.0), code.negate(count), count)
