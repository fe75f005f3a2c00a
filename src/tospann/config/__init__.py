"""Settings, addresses and the API: where the capabilities are put together."""
