"""Registers of one's own: what a project keeps besides what the portal knows from before."""
