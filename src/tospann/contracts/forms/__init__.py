"""What people type about contracts, notices, change orders, invoices and procurements."""
