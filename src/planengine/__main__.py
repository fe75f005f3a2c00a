"""`python -m planengine`: the engine from the command line."""

from planengine.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
