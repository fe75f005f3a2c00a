"""Addresses of following up money."""

from django.urls import path

from tospann.control import views

_HERE = "p/<str:key>/money/control"
urlpatterns = [
    path(_HERE, views.control, name="money_control"),
    path(f"{_HERE}/report.pdf", views.cost_report_pdf, name="cost_report_pdf"),
    path(f"{_HERE}/report.xlsx", views.cost_report_workbook, name="cost_report_workbook"),
    path(f"{_HERE}/budget.xlsx", views.budget_workbook, name="budget_workbook"),
    path(f"{_HERE}/timesheets.xlsx", views.timesheets_workbook, name="timesheets_workbook"),
    path(f"{_HERE}/worth", views.net_present_value, name="net_present_value"),
    path(f"{_HERE}/three-points", views.three_points, name="three_points"),
    path(f"{_HERE}/excel", views.workbooks, name="workbooks"),
    path(f"{_HERE}/excel/budget", views.read_budget, name="read_budget"),
    path(f"{_HERE}/excel/budget/take", views.take_budget, name="take_budget"),
]
