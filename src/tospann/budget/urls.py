"""Addresses of money."""

from django.urls import path

from tospann.budget.views import costs, frames, importing, lines, outlook, promises, rates

_MONEY = "p/<str:key>/money"
_ONE = f"{_MONEY}/<int:number>"
_BATCH = f"{_MONEY}/batches/<int:number>"
urlpatterns = [
    path(_MONEY, lines.money, name="money"),
    path(f"{_MONEY}/periods", lines.periods, name="money_periods"),
    path(f"{_MONEY}/start", lines.start, name="start_budget"),
    path(f"{_MONEY}/approve", lines.approve, name="approve_budget"),
    path(f"{_MONEY}/reserves", lines.reserves, name="set_reserves"),
    path(f"{_MONEY}/new", lines.new_line, name="new_budget_line"),
    path(f"{_MONEY}/costs", costs.listed, name="money_costs"),
    path(f"{_MONEY}/costs/new", costs.new_cost, name="new_cost"),
    path(f"{_MONEY}/costs/import", importing.upload, name="import_costs"),
    path(f"{_MONEY}/costs/import/<uuid:pk>", importing.tried, name="cost_import"),
    path(f"{_MONEY}/costs/import/<uuid:pk>/record", importing.record, name="record_cost_import"),
    path(f"{_MONEY}/batches", costs.batches, name="cost_batches"),
    path(_BATCH, costs.batch, name="cost_batch"),
    path(f"{_BATCH}/reverse", costs.reverse_batch, name="reverse_costs"),
    path(f"{_MONEY}/months", outlook.months, name="money_months"),
    path(f"{_MONEY}/months/close", outlook.close, name="close_month"),
    path(f"{_MONEY}/months/reopen", outlook.reopen, name="reopen_month"),
    path(f"{_MONEY}/forecast", outlook.forecast, name="money_forecast"),
    path(f"{_MONEY}/commitments", promises.promised, name="money_commitments"),
    path(f"{_MONEY}/commitments/new", promises.new_commitment, name="new_commitment"),
    path(f"{_MONEY}/commitments/<uuid:pk>", promises.change_commitment, name="change_commitment"),
    path(f"{_MONEY}/accruals/new", promises.new_accrual, name="new_accrual"),
    path(f"{_MONEY}/accruals/<uuid:pk>/release", promises.release_accrual, name="release_accrual"),
    path(f"{_MONEY}/frames", frames.frames, name="money_frames"),
    path(f"{_MONEY}/frames/set", frames.set_frames, name="set_frames"),
    path(f"{_MONEY}/cuts/new", frames.new_cut, name="new_cut"),
    path(f"{_MONEY}/cuts/<uuid:pk>", frames.change_cut, name="change_cut"),
    path(f"{_MONEY}/funding/new", frames.new_funding, name="new_funding"),
    path(f"{_MONEY}/funding/<uuid:pk>", frames.change_funding, name="change_funding"),
    path(f"{_MONEY}/funding/<uuid:pk>/remove", frames.remove_funding, name="remove_funding"),
    path(_ONE, lines.line, name="budget_line"),
    path(f"{_ONE}/edit", lines.edit_line, name="edit_budget_line"),
    path(f"{_ONE}/cost", lines.report_cost, name="report_cost"),
    path(f"{_ONE}/months", lines.set_periods, name="set_periods"),
    path(f"{_ONE}/move", lines.move_money, name="move_money"),
    path(f"{_ONE}/release/manager", lines.release, {"whose": "manager"}, name="release_managers"),
    path(f"{_ONE}/release/owner", lines.release, {"whose": "owner"}, name="release_owners"),
    path(f"{_ONE}/remove", lines.remove_line, name="remove_budget_line"),
    path("admin/rates", rates.rates, name="money_rates"),
    path("admin/rates/exchange", rates.set_exchange_rate, name="set_exchange_rate"),
    path("admin/rates/vat", rates.set_vat_rate, name="set_vat_rate"),
    path("admin/rates/<uuid:pk>/remove", rates.remove_exchange_rate, name="remove_exchange_rate"),
]
