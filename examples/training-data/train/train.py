"""Learns which team has to answer a support ticket: naive Bayes over its words.

The argument is the directory of the data set: a directory for each team, in it a text file for each ticket. One line of JSON comes out.
The same data set and the same fold give the same line.
"""

import json
import math
import os
import re
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path

WORD = re.compile(r"\w+")


def fold_of(ticket: Path, folds: int) -> int:
    """By name: a ticket that is new in the next version moves no other into another fold."""
    return zlib.crc32(ticket.name.encode()) % folds


def words_of(ticket: Path) -> list[str]:
    return WORD.findall(ticket.read_text(encoding="utf-8", errors="replace").lower())


class Teams:
    """How often each team was asked, and with which words."""

    def __init__(self) -> None:
        self.tickets: Counter[str] = Counter()
        self.words: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.vocabulary: set[str] = set()

    def learn(self, team: str, words: list[str]) -> None:
        self.tickets[team] += 1
        self.words[team].update(words)
        self.vocabulary.update(words)

    def guess(self, words: list[str]) -> str:
        return max(sorted(self.tickets), key=lambda team: self.likelihood(team, words))

    def likelihood(self, team: str, words: list[str]) -> float:
        # One occurrence more than seen, for each word: what a team was never asked yet is unlikely, not impossible.
        seen = self.words[team]
        total = seen.total() + len(self.vocabulary)
        return math.log(self.tickets[team]) + sum(math.log((seen[word] + 1) / total) for word in words)


def main() -> int:
    data, fold, folds = Path(sys.argv[1]), int(os.environ["JOB_COMPLETION_INDEX"]), int(os.environ["FOLDS"])
    tickets = sorted(data.glob("*/*.txt"))
    if not tickets:
        print(
            f"{data} holds no tickets: the claim is bound, but was not filled. Is the feature gate CrossNamespaceVolumeDataSource on?",
            file=sys.stderr,
        )
        return 1

    held_out = [ticket for ticket in tickets if fold_of(ticket, folds) == fold]
    teams = Teams()
    for ticket in tickets:
        if fold_of(ticket, folds) != fold:
            teams.learn(ticket.parent.name, words_of(ticket))
    right = sum(teams.guess(words_of(ticket)) == ticket.parent.name for ticket in held_out)

    result = {"dataset": os.environ["DATASET"], "fold": fold, "trained_on": len(tickets) - len(held_out), "tested_on": len(held_out), "right": right}
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
