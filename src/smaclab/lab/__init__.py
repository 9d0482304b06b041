"""The composition root: the one room that knows all rooms, and the only one that the faces talk to.

door     reading what a person wrote, with the package's catalogue
bench    plan, simulate, measure: an experiment becomes a `Result`
own_line a person's own cell line, made from transcripts
plates   a plate in CSV, TSV or Excel: read, run, given back beside a person's data (wells, plate_pictures,
         workbook); plate_template  a file to start from
shared_wells  what wells say whose cells share their medium, well_pictures shows it; donors  of supernatants,
         from their files
sisters  do sister cells die alike?
looks    readouts as arrays, for judges
result   what came out: readouts, times of death, statuses, provenance; shows and writes itself
dose_responses, synergies, survivals, courses  what a run says of doses, pairs of drugs, deaths, times
endpoints  these as the page, the folder and the terminal show them
tour     the first experiment anybody runs; tour_bands  what is not known of it
line_types which type each line is, and over parameter sets
cell_types  the types of cell, with what the demo saw of them
export   one cell of an experiment, ready to be written; exports writes it in one of several formats,
         rules_text as rules, petab as a PEtab problem; archive runs COMBINE archives
audits   a quality score for a kinetic model
blots    immunoblots, co-IPs and ladders of experiments; samples, strips, blot_result and pictures serve it
pathways the map of the pathway, colored by a run
assays   ELISA, RT-qPCR, viability, caspase activity, annexin V and reporters; a `Reading` each
by_name  one of these by its name
estimates  what calibration may change; measurements  what it compares with; one_set  what is simulated for
         a parameter set; calibration, calibration_report; profiles of what was calibrated
ensembles  experiments over parameter sets, with bands; rivals  other answers to
         open questions on the same evidence; sensitivities  Sobol indices of a line's numbers
model_docs  the model as pages to read
rules    expanding the rules again (needs the extra [rules]), and the network's numbers

Names are loaded when they are first used: looking at a file needs no solver.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smaclab.assay.immunoblot import Immunoblot as Immunoblot
    from smaclab.experiment.campaign import Campaign as Campaign
    from smaclab.experiment.dose import Dose as Dose
    from smaclab.experiment.experiment import Experiment as Experiment
    from smaclab.experiment.perturbation import Activate as Activate
    from smaclab.experiment.perturbation import GeneDosage as GeneDosage
    from smaclab.experiment.perturbation import Inhibit as Inhibit
    from smaclab.experiment.perturbation import KnockDown as KnockDown
    from smaclab.experiment.perturbation import KnockOut as KnockOut
    from smaclab.experiment.perturbation import Mutate as Mutate
    from smaclab.experiment.perturbation import OverExpress as OverExpress
    from smaclab.experiment.plate import Plate as Plate
    from smaclab.experiment.plate_default import READ_AT as READ_AT
    from smaclab.experiment.read_table import is_table as is_table
    from smaclab.experiment.shared_well import MediumChange as MediumChange
    from smaclab.experiment.shared_well import SharedWell as SharedWell
    from smaclab.experiment.variability import Variability as Variability
    from smaclab.infer.ensemble import Ensemble as Ensemble
    from smaclab.infer.looks import Unit as Unit
    from smaclab.infer.plan import Plan as Plan
    from smaclab.infer.problem import Problem as Problem
    from smaclab.lab.archive import ArchiveRun as ArchiveRun
    from smaclab.lab.archive import run_archive as run_archive
    from smaclab.lab.assays import annexin as annexin
    from smaclab.lab.assays import caspase as caspase
    from smaclab.lab.assays import elisa as elisa
    from smaclab.lab.assays import qpcr as qpcr
    from smaclab.lab.assays import reporter as reporter
    from smaclab.lab.assays import viability as viability
    from smaclab.lab.audits import audit as audit
    from smaclab.lab.bench import look_many as look_many
    from smaclab.lab.bench import own_network as own_network
    from smaclab.lab.bench import run as run
    from smaclab.lab.bench import run_many as run_many
    from smaclab.lab.blot_result import Blot as Blot
    from smaclab.lab.blots import blot as blot
    from smaclab.lab.blots import blot_plan as blot_plan
    from smaclab.lab.blots import ip as ip
    from smaclab.lab.blots import ladder as ladder
    from smaclab.lab.by_name import assay as assay
    from smaclab.lab.calibration import calibrate as calibrate
    from smaclab.lab.calibration import calibration_problem as calibration_problem
    from smaclab.lab.calibration_report import misfit_table as misfit_table
    from smaclab.lab.calibration_report import verdict_counts as verdict_counts
    from smaclab.lab.calibration_report import write_calibration_report as write_calibration_report
    from smaclab.lab.door import KINDS as KINDS
    from smaclab.lab.door import catalogue_for as catalogue_for
    from smaclab.lab.door import check as check
    from smaclab.lab.door import listing as listing
    from smaclab.lab.door import load as load
    from smaclab.lab.door import own_catalogue as own_catalogue
    from smaclab.lab.ensembles import EnsembleRun as EnsembleRun
    from smaclab.lab.ensembles import catalogues as catalogues
    from smaclab.lab.ensembles import comparison as comparison
    from smaclab.lab.ensembles import ensemble_from as ensemble_from
    from smaclab.lab.ensembles import refuse_plate_ensemble as refuse_plate_ensemble
    from smaclab.lab.ensembles import run_ensemble as run_ensemble
    from smaclab.lab.ensembles import shipped_ensemble as shipped_ensemble
    from smaclab.lab.export import experiment_sbml as experiment_sbml
    from smaclab.lab.exports import export_experiment as export_experiment
    from smaclab.lab.folder import DEMO_FOLDER as DEMO_FOLDER
    from smaclab.lab.folder import refuse_if_taken as refuse_if_taken
    from smaclab.lab.line_types import LineTypes as LineTypes
    from smaclab.lab.line_types import types_of as types_of
    from smaclab.lab.looks import Looks as Looks
    from smaclab.lab.model_docs import model_pages as model_pages
    from smaclab.lab.model_docs import write_model_pages as write_model_pages
    from smaclab.lab.one_set import Findings as Findings
    from smaclab.lab.own_line import new_cell_line as new_cell_line
    from smaclab.lab.pathways import pathway as pathway
    from smaclab.lab.petab import Calibration as Calibration
    from smaclab.lab.petab import Evaluation as Evaluation
    from smaclab.lab.petab import PetabProblem as PetabProblem
    from smaclab.lab.petab import calibrate_problem as calibrate_problem
    from smaclab.lab.petab import evaluate_problem as evaluate_problem
    from smaclab.lab.petab import from_petab as from_petab
    from smaclab.lab.pictures import refuse_picture as refuse_picture
    from smaclab.lab.plate_template import write_template as write_template
    from smaclab.lab.plates import PlateResult as PlateResult
    from smaclab.lab.plates import examine_plate as examine_plate
    from smaclab.lab.plates import read_plate as read_plate
    from smaclab.lab.plates import refuse_plate_options as refuse_plate_options
    from smaclab.lab.plates import run_plate as run_plate
    from smaclab.lab.profiles import profile as profile
    from smaclab.lab.profiles import profile_frame as profile_frame
    from smaclab.lab.profiles import profile_table as profile_table
    from smaclab.lab.profiles import save_profiles as save_profiles
    from smaclab.lab.reading import Reading as Reading
    from smaclab.lab.result import Result as Result
    from smaclab.lab.result import refuse_without_pyarrow as refuse_without_pyarrow
    from smaclab.lab.rivals import OTHER_EVIDENCE as OTHER_EVIDENCE
    from smaclab.lab.rivals import Answer as Answer
    from smaclab.lab.rivals import drawn_from as drawn_from
    from smaclab.lab.rivals import rivals_table as rivals_table
    from smaclab.lab.rivals import weigh_rivals as weigh_rivals
    from smaclab.lab.rules import build_network as build_network
    from smaclab.lab.rules import network_statistics as network_statistics
    from smaclab.lab.sbml import SbmlResult as SbmlResult
    from smaclab.lab.sbml import read_dose as read_dose
    from smaclab.lab.sbml import read_settings as read_settings
    from smaclab.lab.sbml import simulate_sbml as simulate_sbml
    from smaclab.lab.sensitivities import sensitivity as sensitivity
    from smaclab.lab.swaps import swap as swap
    from smaclab.lab.tour import Demo as Demo
    from smaclab.lab.tour import demo as demo
    from smaclab.simulate.choose import solver_named as solver_named
    from smaclab.simulate.run import usable_cores as usable_cores

_HOMES = {
    "Immunoblot": "smaclab.assay.immunoblot",
    "Findings": "smaclab.lab.one_set",
    "Unit": "smaclab.infer.looks",
    "calibrate": "smaclab.lab.calibration",
    "calibration_problem": "smaclab.lab.calibration",
    "misfit_table": "smaclab.lab.calibration_report",
    "verdict_counts": "smaclab.lab.calibration_report",
    "profile": "smaclab.lab.profiles",
    "profile_frame": "smaclab.lab.profiles",
    "profile_table": "smaclab.lab.profiles",
    "save_profiles": "smaclab.lab.profiles",
    "Answer": "smaclab.lab.rivals",
    "OTHER_EVIDENCE": "smaclab.lab.rivals",
    "drawn_from": "smaclab.lab.rivals",
    "rivals_table": "smaclab.lab.rivals",
    "weigh_rivals": "smaclab.lab.rivals",
    "write_calibration_report": "smaclab.lab.calibration_report",
    "Ensemble": "smaclab.infer.ensemble",
    "Plan": "smaclab.infer.plan",
    "Problem": "smaclab.infer.problem",
    "blot": "smaclab.lab.blots",
    "blot_plan": "smaclab.lab.blots",
    "ip": "smaclab.lab.blots",
    "ladder": "smaclab.lab.blots",
    "pathway": "smaclab.lab.pathways",
    "Blot": "smaclab.lab.blot_result",
    "Reading": "smaclab.lab.reading",
    "annexin": "smaclab.lab.assays",
    "assay": "smaclab.lab.by_name",
    "caspase": "smaclab.lab.assays",
    "elisa": "smaclab.lab.assays",
    "qpcr": "smaclab.lab.assays",
    "reporter": "smaclab.lab.assays",
    "viability": "smaclab.lab.assays",
    "refuse_picture": "smaclab.lab.pictures",
    "Activate": "smaclab.experiment.perturbation",
    "Campaign": "smaclab.experiment.campaign",
    "Dose": "smaclab.experiment.dose",
    "Experiment": "smaclab.experiment.experiment",
    "GeneDosage": "smaclab.experiment.perturbation",
    "Inhibit": "smaclab.experiment.perturbation",
    "KnockDown": "smaclab.experiment.perturbation",
    "KnockOut": "smaclab.experiment.perturbation",
    "Mutate": "smaclab.experiment.perturbation",
    "OverExpress": "smaclab.experiment.perturbation",
    "Plate": "smaclab.experiment.plate",
    "is_table": "smaclab.experiment.read_table",
    "MediumChange": "smaclab.experiment.shared_well",
    "SharedWell": "smaclab.experiment.shared_well",
    "Variability": "smaclab.experiment.variability",
    "READ_AT": "smaclab.experiment.plate_default",
    "PlateResult": "smaclab.lab.plates",
    "examine_plate": "smaclab.lab.plates",
    "read_plate": "smaclab.lab.plates",
    "refuse_plate_options": "smaclab.lab.plates",
    "run_plate": "smaclab.lab.plates",
    "write_template": "smaclab.lab.plate_template",
    "Demo": "smaclab.lab.tour",
    "demo": "smaclab.lab.tour",
    "KINDS": "smaclab.lab.door",
    "own_catalogue": "smaclab.lab.door",
    "catalogue_for": "smaclab.lab.door",
    "check": "smaclab.lab.door",
    "listing": "smaclab.lab.door",
    "load": "smaclab.lab.door",
    "EnsembleRun": "smaclab.lab.ensembles",
    "catalogues": "smaclab.lab.ensembles",
    "comparison": "smaclab.lab.ensembles",
    "ensemble_from": "smaclab.lab.ensembles",
    "refuse_plate_ensemble": "smaclab.lab.ensembles",
    "run_ensemble": "smaclab.lab.ensembles",
    "shipped_ensemble": "smaclab.lab.ensembles",
    "experiment_sbml": "smaclab.lab.export",
    "export_experiment": "smaclab.lab.exports",
    "ArchiveRun": "smaclab.lab.archive",
    "audit": "smaclab.lab.audits",
    "Calibration": "smaclab.lab.petab",
    "calibrate_problem": "smaclab.lab.petab",
    "Evaluation": "smaclab.lab.petab",
    "PetabProblem": "smaclab.lab.petab",
    "evaluate_problem": "smaclab.lab.petab",
    "from_petab": "smaclab.lab.petab",
    "run_archive": "smaclab.lab.archive",
    "DEMO_FOLDER": "smaclab.lab.folder",
    "refuse_if_taken": "smaclab.lab.folder",
    "model_pages": "smaclab.lab.model_docs",
    "write_model_pages": "smaclab.lab.model_docs",
    "new_cell_line": "smaclab.lab.own_line",
    "Result": "smaclab.lab.result",
    "refuse_without_pyarrow": "smaclab.lab.result",
    "SbmlResult": "smaclab.lab.sbml",
    "read_dose": "smaclab.lab.sbml",
    "read_settings": "smaclab.lab.sbml",
    "simulate_sbml": "smaclab.lab.sbml",
    "sensitivity": "smaclab.lab.sensitivities",
    "swap": "smaclab.lab.swaps",
    "LineTypes": "smaclab.lab.line_types",
    "types_of": "smaclab.lab.line_types",
    "build_network": "smaclab.lab.rules",
    "network_statistics": "smaclab.lab.rules",
    "own_network": "smaclab.lab.bench",
    "look_many": "smaclab.lab.bench",
    "Looks": "smaclab.lab.looks",
    "run": "smaclab.lab.bench",
    "solver_named": "smaclab.simulate.choose",
    "usable_cores": "smaclab.simulate.run",
    "run_many": "smaclab.lab.bench",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"smaclab.lab has no {name!r}. Public names: {', '.join(_HOMES)}.")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(_HOMES)
