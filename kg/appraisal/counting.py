"""Small words for numbers and lists: `two case series`, `a, b and c`."""

__all__ = ["because", "counted", "listed", "spelled"]

NUMBERS = "no one two three four five six seven eight nine ten".split()  # noqa: SIM905 - reads as the list it is


def because(mark: str) -> str:
    return {
        "retracted": "the source has been withdrawn",
        "background statement": "other people's work retold",
        "registered plan": "a plan has no result",
        "trial registration": "a plan has no result",
        "opinion": "an opinion is no result",
        "expert opinion": "an opinion is no result",
        "consumer web page": "a page for the public is no result",
        "product page": "the seller's word is no result",
        "review of studies counted here": "no people beyond theirs",
    }.get(mark, "the grading leaves it out")


def counted(number: int, thing: str) -> str:
    return f"{spelled(number)} {thing if number == 1 else _plural(thing)}"


def _plural(thing: str) -> str:
    if thing == "retracted":
        return "retracted results"
    head, of, rest = thing.partition(" of ")
    if head.endswith("series"):
        return thing
    if head.endswith("analysis"):
        return head.removesuffix("is") + "es" + of + rest
    if head.endswith("y"):
        return head.removesuffix("y") + "ies" + of + rest
    return head + "s" + of + rest


def spelled(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def listed(words: list[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(words) < 2:  # noqa: PLR2004 - a list of one needs no "and"
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
