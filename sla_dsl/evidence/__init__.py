"""What a document says, and where: quotations found, numbers named, units counted, and which of them are accounted for.

Nothing here knows the language. SEMANTICS H1 and H2.
"""

from sla_dsl.evidence.coverage import Claim, Coverage, Lack, UnitCoverage, cover
from sla_dsl.evidence.dates import names_date
from sla_dsl.evidence.document import Document
from sla_dsl.evidence.nearest import Difference, Nearest, nearest
from sla_dsl.evidence.number_rules import Number
from sla_dsl.evidence.numbers import names_number, names_time, numbers_in
from sla_dsl.evidence.quotations import cells_named, cut_words, find, passage
from sla_dsl.evidence.tables import Cell, Table
from sla_dsl.evidence.units import Unit, UnitKind

__all__ = [
    "Cell",
    "Claim",
    "Coverage",
    "Difference",
    "Document",
    "Lack",
    "Nearest",
    "Number",
    "Table",
    "Unit",
    "UnitCoverage",
    "UnitKind",
    "cells_named",
    "cover",
    "cut_words",
    "find",
    "names_date",
    "names_number",
    "names_time",
    "nearest",
    "numbers_in",
    "passage",
]
