"""ØKONOMI: lines and reserves, costs and imports, commitments, forecast, frames, months, rates."""
