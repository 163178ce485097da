"""Whatever is broken in the bundled graph is found, by the right rule, on the right line, and nothing else is.

The defects are data: `tests/defects/defects.toml`.
"""

from collections import Counter
from datetime import date

import pytest

from kg import resources
from kg.check import Finding, check_text, rule_named
from kg.store import file_bytes

from .conftest import HEAD
from .defects.seeding import Defect, Ground, defects

DEFECTS = defects()
TODAY = date(2026, 11, 22)
Cause = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def ground() -> Ground:
    return Ground(file_bytes(resources.TRIPLES))


@pytest.fixture(scope="module")
def before(ground: Ground) -> Counter[Cause]:
    """What is found in the bundled graph as it is."""
    return Counter(map(cause, found(ground.text)))


def found(text: bytes) -> list[Finding]:
    return check_text(text, "graph.ttl", as_of=TODAY)


def cause(finding: Finding) -> Cause:
    """A finding without its place, which moves when a line is added above it."""
    return (finding.rule, finding.focus, finding.predicate, finding.value)


def test_there_are_at_least_sixty_different_defects_of_every_kind() -> None:
    assert len({defect.name for defect in DEFECTS}) == len(DEFECTS) >= 60
    kinds = Counter(defect.about for defect in DEFECTS)
    assert set(kinds) == {"form", "meaning", "evidence", "mechanism", "time"}
    assert min(kinds.values()) >= 4


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_defect_is_found_on_its_line_and_nothing_else_is(
    defect: Defect, ground: Ground, before: Counter[Cause]
) -> None:
    seeded = ground.seeded(defect)
    after = found(seeded.text)
    new = [finding for finding in after if not before[cause(finding)]]
    assert sorted((finding.rule, finding.line) for finding in new) == list(seeded.expected)
    assert before - Counter(map(cause, after)) == Counter()


@pytest.mark.parametrize(
    ("rule", "triples", "is_found"),
    [
        pytest.param(
            "trial-overdue", 'kg:plannedCompletion "2026-11-21"', True, id="due yesterday"
        ),
        pytest.param("trial-overdue", 'kg:plannedCompletion "2026-11-22"', False, id="due today"),
        pytest.param("trial-overdue", 'kg:plannedCompletion "2026-10"', True, id="due last month"),
        pytest.param("trial-overdue", 'kg:plannedCompletion "2026-11"', False, id="due this month"),
        pytest.param(
            "expired-suppression",
            'a kg:Suppression ; kg:expires "2026-11-21"^^xsd:date',
            True,
            id="suppressed until yesterday",
        ),
        pytest.param(
            "expired-suppression",
            'a kg:Suppression ; kg:expires "2026-11-22"^^xsd:date',
            False,
            id="suppressed until today",
        ),
        pytest.param(
            "stale-status",
            'kg:registryStatus "RECRUITING" ; kg:statusCheckedOn "2025-11-21"^^xsd:date',
            True,
            id="looked at a year and a day ago",
        ),
        pytest.param(
            "stale-status",
            'kg:registryStatus "RECRUITING" ; kg:statusCheckedOn "2025-11-22"^^xsd:date',
            False,
            id="looked at a year ago",
        ),
        pytest.param(
            "promise-overdue",
            'kg:strength kg:StatedAsPlanned ; kg:paraphrase "Quarks are promised for 2025."',
            True,
            id="promised for last year",
        ),
        pytest.param(
            "promise-overdue",
            'kg:strength kg:StatedAsPlanned ; kg:paraphrase "Quarks are promised for 2026."',
            False,
            id="promised for this year",
        ),
    ],
)
def test_a_day_is_over_when_the_next_one_begins(rule: str, triples: str, is_found: bool) -> None:  # noqa: FBT001 - a column of the table
    text = f"{HEAD}study:quark {triples} ."
    assert bool(check_text(text.encode(), "quark.ttl", [rule_named(rule)], TODAY)) is is_found
