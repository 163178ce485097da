"""A document held against the evidence, passage by passage.

    passage ─▶ its claims ─▶ appraisals ─▶ judgement of each ─▶ judgement of the passage
       │                        └─▶ best study for and against
       ├─▶ passages that say the opposite
       └─▶ studies it speaks of that nobody can find; years it promised

`audit_of` gives an `Audit`, a frozen value from which `kg/audit_formats.py` writes text and
JSON and `kg/pages/views/audit.py` the page; a page of a site can embed the same value.

    types.py           what an audit consists of
    judging.py         how a claim's wording compares with its certainty: the table in
                       docs/audit.md as a function
    evidence.py        the best result on each side of a claim
    contradictions.py  where the document disagrees with itself
    words.py           the same in sentences
    texts.py           a copy of the document: do the words still match, and where are they now

How much certainty each strength of wording needs is data: `kg:Wording` in
`ontology/appraisal.ttl`. Nothing here reads files or the clock.
"""

from kg.audit.reading import Grounds, audit_of, audited
from kg.audit.types import Audit

__all__ = ["Audit", "Grounds", "audit_of", "audited"]
