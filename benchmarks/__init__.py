"""What is fast, measured beside a ceiling or a peer in the same run. Never a timed test."""
