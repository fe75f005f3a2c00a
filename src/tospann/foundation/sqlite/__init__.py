"""SQLite for many writers: write transactions queue at a file lock, first in first out.

Without it, waiting writers poll and the unlucky ones wait for seconds (docs/benchmarks.md).
"""
