"""The eight colours a set chooses from; each passes AA on paper and on ink (tests/ui)."""

ACCENTS = ("moss", "river", "plum", "clay", "slate", "heather", "teal", "ochre")
