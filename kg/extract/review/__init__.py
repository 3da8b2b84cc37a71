"""What a writer of rules asks: `kg rules test`, `coverage` and `trace`.

    examples, coverage         what rules must match, and how often each does
    trace, trace_figures, near_miss, absent    which rules fired, which came close and where they stopped
"""
