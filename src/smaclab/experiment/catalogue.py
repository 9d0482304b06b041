"""Everything a person can name, in one noun.

Names are found whatever their case, with or without hyphens, spaces and underscores, as name, symbol or
alias.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from smaclab.errors import CatalogueError, plain
from smaclab.experiment.activity import Activity
from smaclab.experiment.antibody import Antibody
from smaclab.experiment.cell_line import CellLine
from smaclab.experiment.death_rule import DeathRule
from smaclab.experiment.drug import Drug
from smaclab.experiment.hypothesis import Hypothesis
from smaclab.experiment.mutation import Mutation
from smaclab.experiment.protein import Protein
from smaclab.experiment.pull_down import Bait, PullDown, form_of, form_text, written
from smaclab.experiment.readout import Readout
from smaclab.experiment.value import Value

Entry = TypeVar("Entry", CellLine, Drug, Protein, Activity, Mutation, Readout, Hypothesis, Bait, Antibody)


def _names(
    entry: CellLine | Drug | Protein | Activity | Mutation | Readout | Hypothesis | Bait | Antibody,
) -> tuple[str, ...]:
    """Everything an entry is called, its own name first."""
    if isinstance(entry, Hypothesis):
        return (entry.id,)
    if isinstance(entry, Protein):
        return (entry.symbol, entry.name, *entry.aliases)
    if isinstance(entry, Activity):
        return (entry.name, entry.parameter, *entry.aliases)
    return (entry.name, *entry.aliases)


def _index(kind: str, entries: Iterable[Entry]) -> dict[str, Entry]:
    """Comparable name -> entry.

    Raises:
        CatalogueError: two entries answer to one name.
    """
    index: dict[str, Entry] = {}
    for entry in entries:
        for name in _names(entry):
            taken = index.setdefault(plain(name), entry)
            if taken is not entry:
                raise CatalogueError(
                    f"Two {kind}s answer to {name!r}: {_names(taken)[0]!r} and {_names(entry)[0]!r}."
                )
    return index


def _by_protein(mutations: Sequence[Mutation]) -> dict[str, dict[str, Mutation]]:
    """Symbol -> comparable name -> mutation: the same name may stand for a mutation of each protein."""
    symbols = dict.fromkeys(mutation.protein for mutation in mutations)
    return {
        symbol: _index(f"{symbol} mutation", [one for one in mutations if one.protein == symbol])
        for symbol in symbols
    }


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The cell lines, drugs, proteins, mutations, readouts ... there are, and all parameters.

    parameters: name -> value in the unit the numerics use.
    """

    cell_lines: Sequence[CellLine] = ()
    drugs: Sequence[Drug] = ()
    proteins: Sequence[Protein] = ()
    activities: Sequence[Activity] = ()
    mutations: Sequence[Mutation] = ()
    readouts: Sequence[Readout] = ()
    hypotheses: Sequence[Hypothesis] = ()
    deaths: Sequence[DeathRule] = ()
    baits: Sequence[Bait] = ()
    antibodies: Sequence[Antibody] = ()
    parameters: Mapping[str, Value] = field(default_factory=dict)
    _cell_lines: Mapping[str, CellLine] = field(init=False, repr=False, compare=False)
    _drugs: Mapping[str, Drug] = field(init=False, repr=False, compare=False)
    _proteins: Mapping[str, Protein] = field(init=False, repr=False, compare=False)
    _activities: Mapping[str, Activity] = field(init=False, repr=False, compare=False)
    _mutations: Mapping[str, Mapping[str, Mutation]] = field(init=False, repr=False, compare=False)
    _readouts: Mapping[str, Readout] = field(init=False, repr=False, compare=False)
    _hypotheses: Mapping[str, Hypothesis] = field(init=False, repr=False, compare=False)
    _baits: Mapping[str, Bait] = field(init=False, repr=False, compare=False)
    _antibodies: Mapping[str, Antibody] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        nouns = ("cell_lines", "drugs", "proteins", "activities", "mutations", "readouts", "hypotheses")
        for name in (*nouns, "deaths", "baits", "antibodies"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        object.__setattr__(self, "_cell_lines", _index("cell line", self.cell_lines))
        object.__setattr__(self, "_drugs", _index("drug", self.drugs))
        object.__setattr__(self, "_proteins", _index("protein", self.proteins))
        object.__setattr__(self, "_activities", _index("activity", self.activities))
        object.__setattr__(self, "_mutations", _by_protein(self.mutations))
        object.__setattr__(self, "_readouts", _index("readout", self.readouts))
        object.__setattr__(self, "_hypotheses", _index("hypothesis", self.hypotheses))
        object.__setattr__(self, "_baits", _index("bait", self.baits))
        object.__setattr__(self, "_antibodies", _index("antibody", self.antibodies))

    def find_cell_line(self, name: str) -> CellLine | None:
        """The cell line that answers to `name`, or None."""
        return self._cell_lines.get(plain(name))

    def find_drug(self, name: str) -> Drug | None:
        """The drug that answers to `name`, or None."""
        return self._drugs.get(plain(name))

    def find_protein(self, name: str) -> Protein | None:
        """The protein that answers to `name` (its symbol is the name a person types), or None."""
        return self._proteins.get(plain(name))

    def find_activity(self, name: str) -> Activity | None:
        """The activity that answers to `name`, or None."""
        return self._activities.get(plain(name))

    def find_mutation(self, protein: str, name: str) -> Mutation | None:
        """The mutation of a protein (by its own symbol) that answers to `name`, or None."""
        return self._mutations.get(protein, {}).get(plain(name))

    def find_readout(self, name: str) -> Readout | None:
        """The readout that answers to `name`, or None; `IP BAIT: PREY` is one of any two that are known."""
        found = self._readouts.get(plain(name))
        return self._pull_down(name) if found is None else found

    def find_bait(self, name: str) -> Bait | None:
        """The bait that answers to `name`, or the antibody against the protein that does, or None."""
        found, protein = self._baits.get(plain(name)), self.find_protein(name)
        if found is not None or protein is None:
            return found
        words = f"An antibody against {protein.name}."
        return Bait(name=protein.symbol, holds={protein.symbol: ()}, description=words)

    def _pull_down(self, name: str) -> Readout | None:
        bait_name, prey_name = written(name) or ("", "")
        prey_name, form = form_of(prey_name) or ("", {})
        bait, prey = self.find_bait(bait_name), self.find_protein(prey_name)
        if bait is None or prey is None:
            return None
        what = f"{prey.symbol}{form_text(form)}"
        states = "".join(f"_{site}_{'_'.join(states)}" for site, states in form.items())
        return Readout(
            name=f"IP {bait.name}: {what}",
            observable=f"IP_{plain(bait.name)}_{prey.symbol}{states}",
            unit="copies",
            description=f"{prey.name}{form_text(form)} in all complexes that the bead holds. "
            f"{bait.description}",
            pull_down=PullDown(holds=bait.holds, prey=prey.symbol, form=form, blind_to=self._blind_to(bait)),
        )

    def find_antibody(self, name: str) -> Antibody | None:
        """The antibody that answers to `name`, or the one against the whole protein that does, or None."""
        found, protein = self._antibodies.get(plain(name)), self.find_protein(name)
        if found is not None or protein is None:
            return found
        of_it = (one for one in self.antibodies if one.protein == protein.symbol and not one.is_selective)
        return next(of_it, None)

    def _blind_to(self, bait: Bait) -> dict[tuple[str, str, bool], tuple[tuple[str, str], ...]]:
        """What each mutation closes to a bait: where it sets a parameter of `closed_by` to 0."""
        sites = {
            parameter: (molecule, site)
            for molecule, closings in bait.closed_by.items()
            for site, parameter in closings.items()
        }
        found = {}
        for mutation in self.mutations:
            beside = mutation.beside.sets if mutation.beside is not None else {}
            for is_beside, sets in ((False, mutation.sets), (True, beside)):
                closed = tuple(sites[name] for name, value in sets.items() if value == 0 and name in sites)
                if closed:
                    found[mutation.protein, mutation.name, is_beside] = closed
        return found

    def find_hypothesis(self, name: str) -> Hypothesis | None:
        """The hypothesis with this id, or None."""
        return self._hypotheses.get(plain(name))

    def hypothesis_letters(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """Every hypothesis' letter: the chosen ones, and the defaults of the rest."""
        return {h.id: chosen.get(h.id, h.default) for h in self.hypotheses}

    def hypothesis_settings(self, chosen: Mapping[str, str]) -> dict[str, float]:
        """Parameter -> value, for every hypothesis: the chosen letters, and the defaults of the rest."""
        settings: dict[str, float] = {}
        letters = self.hypothesis_letters(chosen)
        for hypothesis in self.hypotheses:
            settings.update(hypothesis.settings[letters[hypothesis.id]])
        return settings
