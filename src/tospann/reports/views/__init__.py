"""RAPPORTER: the list, a report from draft to signature, its files, and today's status."""

from tospann.reports.views.files import check_report, report_pdf, report_slides
from tospann.reports.views.preparing import discard_report, save_report, start_report
from tospann.reports.views.reading import report, reports
from tospann.reports.views.sending import send_report, set_reporting
from tospann.reports.views.signing import return_report, sign_report, take_back_report
from tospann.reports.views.status import status_now, status_pdf

__all__ = [
    "check_report",
    "discard_report",
    "report",
    "report_pdf",
    "report_slides",
    "reports",
    "return_report",
    "save_report",
    "send_report",
    "set_reporting",
    "sign_report",
    "start_report",
    "status_now",
    "status_pdf",
    "take_back_report",
]
