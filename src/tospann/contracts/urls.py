"""Addresses of contracts and what belongs to them."""

from django.urls import path

from tospann.contracts.views import agreeing, changes, invoices, notices, procurements

_ALL = "p/<str:key>/money/contracts"
_ONE = f"{_ALL}/<int:number>"
_TERM = f"{_ALL}/terms/<uuid:pk>"
_PARTIES, _NOTICES, _CHANGES = f"{_ALL}/parties", f"{_ALL}/notices", f"{_ALL}/changes"
_INVOICES, _BUYING = f"{_ALL}/invoices", f"{_ALL}/procurements"
_PARTY, _NOTICE = f"{_PARTIES}/<uuid:pk>", f"{_NOTICES}/<int:number>"
_CHANGE, _INVOICE = f"{_CHANGES}/<int:number>", f"{_INVOICES}/<int:number>"
_BUY = f"{_BUYING}/<int:number>"

urlpatterns = [
    path(_ALL, agreeing.contracts, name="contracts"),
    path(f"{_ALL}/new", agreeing.new_contract, name="new_contract"),
    path(_ONE, agreeing.contract, name="contract"),
    path(f"{_ONE}/edit", agreeing.edit_contract, name="edit_contract"),
    path(f"{_ONE}/sign", agreeing.sign_contract, name="sign_contract"),
    path(f"{_ONE}/end", agreeing.end_contract, name="end_contract"),
    path(f"{_ONE}/adjust", agreeing.adjust_price, name="adjust_price"),
    path(f"{_ONE}/terms", agreeing.new_term, name="new_contract_term"),
    path(f"{_ONE}/invoices", invoices.new_invoice, name="new_invoice"),
    path(f"{_TERM}/edit", agreeing.edit_term, name="edit_contract_term"),
    path(f"{_TERM}/settle", agreeing.settle_term, name="settle_contract_term"),
    path(f"{_TERM}/remove", agreeing.remove_term, name="remove_contract_term"),
    path(_PARTIES, agreeing.parties, name="parties"),
    path(f"{_PARTIES}/new", agreeing.new_party, name="new_party"),
    path(_PARTY, agreeing.party, name="party"),
    path(f"{_PARTY}/edit", agreeing.edit_party, name="edit_party"),
    path(_NOTICES, notices.notices, name="notices"),
    path(f"{_NOTICES}/came", notices.new_notice, {"ours": False}, name="receive_notice"),
    path(f"{_NOTICES}/new", notices.new_notice, {"ours": True}, name="new_notice"),
    path(_NOTICE, notices.notice, name="notice"),
    path(f"{_NOTICE}/edit", notices.edit_notice, name="edit_notice"),
    path(f"{_NOTICE}/send", notices.send_notice, name="send_notice"),
    path(f"{_NOTICE}/answer", notices.answer_notice, name="answer_notice"),
    path(f"{_NOTICE}/log", notices.log_delivery, name="log_delivery"),
    path(_CHANGES, changes.change_orders, name="change_orders"),
    path(f"{_CHANGES}/new", changes.new_change_order, name="new_change_order"),
    path(_CHANGE, changes.change_order, name="change_order"),
    path(f"{_CHANGE}/edit", changes.edit_change_order, name="edit_change_order"),
    path(f"{_CHANGE}/forward", changes.forward_change_order, name="forward_change_order"),
    path(f"{_CHANGE}/reject", changes.reject_change_order, name="reject_change_order"),
    path(_INVOICES, invoices.invoices, name="invoices"),
    path(_INVOICE, invoices.invoice, name="invoice"),
    path(f"{_INVOICE}/edit", invoices.edit_invoice, name="edit_invoice"),
    path(f"{_INVOICE}/check", invoices.check_invoice, name="check_invoice"),
    path(f"{_INVOICE}/verify", invoices.verify_invoice, name="verify_invoice"),
    path(f"{_INVOICE}/send", invoices.send_invoice, name="send_invoice"),
    path(f"{_INVOICE}/return", invoices.return_invoice, name="return_invoice"),
    path(_BUYING, procurements.procurements, name="procurements"),
    path(f"{_BUYING}/new", procurements.new_procurement, name="new_procurement"),
    path(_BUY, procurements.procurement, name="procurement"),
    path(f"{_BUY}/edit", procurements.edit_procurement, name="edit_procurement"),
    path(f"{_BUY}/end", procurements.end_procurement, name="end_procurement"),
    path(f"{_ALL}/steps/<uuid:pk>", procurements.edit_step, name="edit_procurement_step"),
]
