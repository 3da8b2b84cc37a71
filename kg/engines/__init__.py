"""Where extraction runs: tasks in, outcomes out, in the same order whatever the number of workers."""
