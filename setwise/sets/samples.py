"""Clauses to start from, in our own words. A set keeps, changes or drops each."""

SAMPLES: tuple[tuple[str, str], ...] = (
    ("time", "We start and end on time, and say beforehand when we have to leave early."),
    (
        "time",
        "Two issues in a meeting. When it is not clear who goes first, whoever waited longest does.",
    ),
    (
        "confidentiality",
        "What is said here stays here. Outside we may speak of our own issue and our own learning, "
        "never of another’s.",
    ),
    (
        "confidentiality",
        "If someone may come to harm, we say so here first where that is safe, and agree who will "
        "speak to whom.",
    ),
    ("attendance", "We come to every meeting. If we cannot, we tell the set a day ahead."),
    (
        "notes",
        "Questions are written down for the presenter and belong to the presenter. No recording.",
    ),
    ("other", "We ask before we offer. Silence is welcome."),
)
