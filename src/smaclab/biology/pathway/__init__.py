"""One file per mechanism.  Each states its scope, what it ignores, and its sources."""
