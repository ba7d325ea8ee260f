from __future__ import annotations


class Refusal(Exception):
    """What was sent cannot be taken: a sentence for beside `field`. It quotes nothing typed."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence
