"""Contracts: parties, the register, notices, change orders, invoices, adjustments, procurement."""
