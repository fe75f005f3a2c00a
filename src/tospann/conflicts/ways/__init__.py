"""The ways out of a conflict: levelling between the projects, another person, a later start."""
