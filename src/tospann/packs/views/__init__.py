"""The pages of packs: starting a project, and keeping the organisation's packs."""
