"""Contracts in the REST API."""

from tospann.contracts.api.reading import router

__all__ = ["router"]
