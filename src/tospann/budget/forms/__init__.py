"""What people type about money."""

from tospann.budget.forms.costs import (
    AccrualForm,
    CommitmentForm,
    MappingForm,
    NewCostForm,
    ReleaseAccrualForm,
    ReversalForm,
    UploadForm,
)
from tospann.budget.forms.frames import CutForm, ExchangeRateForm, FramesForm, FundingForm, VatForm
from tospann.budget.forms.lines import (
    CostForm,
    LineForm,
    MoveForm,
    PeriodsForm,
    ReleaseForm,
    ReservesForm,
)

__all__ = [
    "AccrualForm",
    "CommitmentForm",
    "CostForm",
    "CutForm",
    "ExchangeRateForm",
    "FramesForm",
    "FundingForm",
    "LineForm",
    "MappingForm",
    "MoveForm",
    "NewCostForm",
    "PeriodsForm",
    "ReleaseAccrualForm",
    "ReleaseForm",
    "ReservesForm",
    "ReversalForm",
    "UploadForm",
    "VatForm",
]
