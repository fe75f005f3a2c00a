"""What a template pack and a document template may contain: frozen models, checked when loaded.

Pure data without Django, so that a pack can be read, edited as JSON and checked anywhere.
"""

from tospann.packs.definition.authority import (
    AuthorityRule,
    DecisionKind,
    Measure,
    Operator,
    Unit,
)
from tospann.packs.definition.documents import Document, Section, SignOff, Step
from tospann.packs.definition.fields import Choice, ChoiceList, Column, Field, FieldKind
from tospann.packs.definition.pack import Pack
from tospann.packs.definition.parts import (
    Criterion,
    Folder,
    Function,
    Gate,
    GoalLevel,
    MeetingSeries,
    Phase,
    PlanItem,
    Predecessor,
    Register,
    RoleDefinition,
    StatusArea,
    Tolerance,
)
from tospann.packs.definition.risk import MatrixLevel, RiskMatrix, ThreatOrOpportunity
from tospann.packs.definition.settings import Feature, MenuEntry, Settings
from tospann.packs.definition.words import Mode, Role, Text

__all__ = [
    "AuthorityRule",
    "Choice",
    "ChoiceList",
    "Column",
    "Criterion",
    "DecisionKind",
    "Document",
    "Feature",
    "Field",
    "FieldKind",
    "Folder",
    "Function",
    "Gate",
    "GoalLevel",
    "MatrixLevel",
    "Measure",
    "MeetingSeries",
    "MenuEntry",
    "Mode",
    "Operator",
    "Pack",
    "Phase",
    "PlanItem",
    "Predecessor",
    "Register",
    "RiskMatrix",
    "Role",
    "RoleDefinition",
    "Section",
    "Settings",
    "SignOff",
    "StatusArea",
    "Step",
    "Text",
    "ThreatOrOpportunity",
    "Tolerance",
    "Unit",
]
