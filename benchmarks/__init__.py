"""What is fast, measured beside a ceiling or a peer in the same run, and what survives. Never timed."""
