"""The explorer page: the graph as a picture, a table and an evidence panel, in one file.

    page_of(graph, ...)    what the page shows: `ExplorePage`, the context of its template
    html_of(page)          the page itself, as bytes

One edge is one claim; the file carries every claim with all its evidence, and a `View`
says which claims a button shows. Places come from `layout.py`; colours, dashes and
everything that moves are in `static/explore.css` and `static/explore.js`.
To give a class of entities its own band, colour and shape, add a line to `GROUPS` and a
colour `--group-<name>` to the style sheet. To add a button, add a `View` in `_views`.
Nothing here weighs evidence.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, cast

from kg import resources, terms
from kg.graph import Graph
from kg.model import Balance, Claim, Effect, Entity, Evidence, Mechanism, Source, Study

if TYPE_CHECKING:
    import networkx
    from markupsafe import Markup

__all__ = ["GROUPS", "ExplorePage", "Group", "Library", "View", "html_of", "page_of"]

Json = dict[str, object]

VENDOR = resources.STATIC / "vendor"
DATASET = terms.BASE + "dataset"
MODIFIED, LICENCE = terms.DCTERMS + "modified", terms.DCTERMS + "license"
SUBCLASS_OF = terms.RDFS + "subClassOf"
FIRST_VIEW_CLAIMS, BESIDE_EACH = 300, 5
NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Group:
    """Classes that share a band, a colour and a shape; `shape` is a word of vis-network."""

    name: str
    label: str
    shape: str
    classes: tuple[str, ...]


GROUPS = (
    Group("molecule", "molecule, gene or variant", "dot", ("MolecularEntity",)),
    Group("process", "pathway or process", "diamond", ("Process",)),
    Group("structure", "cell or structure", "hexagon", ("BiologicalStructure",)),
    Group(
        "phase", "hair-cycle phase or transition", "ellipse", ("HairCyclePhase", "PhaseTransition")
    ),
    Group("condition", "condition or factor", "triangleDown", ("Condition", "Factor")),
    Group("intervention", "intervention or preparation", "square", ("Intervention", "Preparation")),
    Group("outcome", "outcome or effect on the person", "triangle", ("Outcome", "PersonEffect")),
    Group("adverse", "adverse event", "star", ("AdverseEvent",)),
    Group("other", "anything else", "box", ()),
)
BAND = {group.name: band for band, group in enumerate(GROUPS)}
GROUP_OF_CLASS = {terms.kg(name): group for group in GROUPS for name in group.classes}


@dataclass(frozen=True, slots=True)
class View:
    """A choice of claims that a button shows."""

    name: str
    label: str
    about: str
    claims: tuple[Claim, ...]
    entities: tuple[Entity, ...] = ()
    mechanism: Mechanism | None = None


@dataclass(frozen=True, slots=True)
class Library:
    """The JavaScript library inside the page."""

    name: str
    version: str
    licence: str
    licence_text: str


@dataclass(frozen=True, slots=True)
class ExplorePage:
    """The context of `templates/explore.html`: every field is a variable of the template.

    `policy` is the content security policy with the hashes of `style`, `library_script`
    and `script`, which stand in the page as they are; `data` is JSON that is safe there.
    """

    policy: str
    style: "Markup"
    library_script: "Markup"
    script: "Markup"
    data: "Markup"
    groups: tuple[Group, ...]
    views: tuple[View, ...]
    start: View
    modified: str
    licence: str
    library: Library
    entity_count: int
    claim_count: int
    evidence_count: int


def page_of(
    graph: Graph, entities: Sequence[Entity] = (), *, depth: int = 1, whole: bool = False
) -> ExplorePage:
    """The page that opens with the entities' neighbourhood, the whole graph, or what is contested."""
    from markupsafe import Markup  # noqa: PLC0415 - Jinja's, and only this command needs it

    views = _views(graph, entities, depth)
    start = _start(views, whole=whole)
    record = json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8"))
    style = _static("explore.css")
    script = _static("explore.js")
    library = _static(f"vendor/{record['file']}").partition("//# sourceMappingURL")[0]
    dataset = graph.records.get(DATASET, {})
    return ExplorePage(
        policy=_policy([library, script], [style], record["styles"]),
        # Ours and the library's, fixed by the policy's hashes; data has no < > & left.
        style=Markup(style),  # noqa: S704 - see above
        library_script=Markup(library),  # noqa: S704 - see above
        script=Markup(script),  # noqa: S704 - see above
        data=Markup(_json(_data(graph, views, start.name))),  # noqa: S704 - see above
        groups=GROUPS,
        views=views,
        start=start,
        modified=min(dataset.get(MODIFIED, [NOT_STATED])),
        licence=min(dataset.get(LICENCE, [NOT_STATED])),
        library=_library(record),
        entity_count=len(graph.entities),
        claim_count=len(graph.claims),
        evidence_count=len(graph.evidence),
    )


def html_of(page: ExplorePage) -> bytes:
    """The page as one HTML file."""
    import jinja2  # noqa: PLC0415 - only this command needs it

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    context = {field.name: getattr(page, field.name) for field in fields(page)}
    return environment.get_template("explore.html").render(context).encode()


# Which claims a button shows.


def _views(graph: Graph, entities: Sequence[Entity], depth: int) -> tuple[View, ...]:
    """The chosen entities, what is contested, each mechanism, and everything last."""
    chosen = [_entity_view(graph, entities, depth)] if entities else []
    mechanisms = [_mechanism_view(mechanism) for mechanism in graph.mechanisms.values()]
    whole = View("whole", "Whole graph", "Every claim in the graph.", tuple(graph.claims.values()))
    return (*chosen, _contested_view(graph), *mechanisms, whole)


def _start(views: Sequence[View], *, whole: bool) -> View:
    """The first view, unless the whole is asked for or nothing is contested."""
    first = views[0]
    return views[-1] if whole or not (first.claims or first.entities) else first


def _contested_view(graph: Graph) -> View:
    """What is contested, and some of what touches it, the disputed before the rest."""
    contested = [claim for claim in graph.claims.values() if claim.is_contested]
    ends = {end.iri for claim in contested for end in (claim.subject, claim.object)}
    beside = [c for c in _touching(graph, ends) if not c.is_contested]
    beside.sort(key=lambda claim: (-_ends_in(claim, ends), not claim.evidence_against, claim.iri))
    chosen = _few_for_each(beside, ends)
    shown = [*contested, *chosen[: max(0, FIRST_VIEW_CLAIMS - len(contested))]]
    about = (
        "Claims with evidence for and against, each with a few other claims about the same "
        "things. Add the neighbours of a thing to see all of them."
    )
    return View("contested", "Contested claims", about, _in_order(shown))


def _few_for_each(claims: Iterable[Claim], ends: set[str]) -> list[Claim]:
    """The first claims of each thing, so that one with a hundred does not fill the picture."""
    used = dict.fromkeys(ends, 0)
    found = []
    for claim in claims:
        touched = [end.iri for end in (claim.subject, claim.object) if end.iri in used]
        if all(used[iri] < BESIDE_EACH for iri in touched):
            found.append(claim)
            used.update({iri: used[iri] + 1 for iri in touched})
    return found


def _entity_view(graph: Graph, entities: Sequence[Entity], depth: int) -> View:
    reached = {entity.iri for entity in entities}
    found: list[Claim] = []
    for _ in range(depth):
        found = _touching(graph, reached)
        reached |= {end.iri for claim in found for end in (claim.subject, claim.object)}
    label = ", ".join(entity.label for entity in entities)
    steps = "one step" if depth == 1 else f"{depth} steps"
    about = f"Claims within {steps} of {label}."
    return View("entity", label, about, _in_order(found), entities=tuple(entities))


def _mechanism_view(mechanism: Mechanism) -> View:
    explained = [mechanism.explains] if mechanism.explains else []
    about = mechanism.definition or "The steps of this mechanism."
    claims = _in_order([*mechanism.steps, *explained])
    name = terms.shortened(mechanism.iri)
    return View(name, mechanism.label, about, claims, mechanism=mechanism)


def _touching(graph: Graph, ends: set[str]) -> list[Claim]:
    return [claim for claim in graph.claims.values() if _ends_in(claim, ends)]


def _ends_in(claim: Claim, ends: set[str]) -> int:
    return (claim.subject.iri in ends) + (claim.object.iri in ends)


def _in_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted({claim.iri: claim for claim in claims}.values(), key=lambda c: c.iri))


# What the page's script reads.


def _data(graph: Graph, views: Sequence[View], start: str) -> Json:
    from kg.pages.views import layout  # noqa: PLC0415 - it imports networkx, which costs 0.8 s

    network = graph.networkx()
    group = {iri: _group_of(graph, iri) for iri in network}
    bands = {iri: BAND[group[iri].name] for iri in network}
    ring = _hair_cycle(graph)
    nodes, edges = _vis_network(network, group, layout.bends(network, bands))
    return {
        "nodes": nodes,
        "edges": edges,
        "entities": {_id(iri): _entity(graph, iri) for iri in network},
        "claims": {_id(claim.iri): _claim(claim) for claim in graph.claims.values()},
        "evidence": {_id(item.iri): _evidence(item) for item in graph.evidence.values()},
        "studies": {_id(study.iri): _study(study) for study in graph.studies.values()},
        "sources": {_id(source.iri): _source(source) for source in graph.sources.values()},
        "mechanisms": {_id(m.iri): _mechanism(m) for m in graph.mechanisms.values()},
        "balances": {_key(balance): str(balance) for balance in Balance},
        "groups": [{"name": each.name, "label": each.label} for each in GROUPS],
        "ring": {_id(node): place for node, place in layout.ring_places(ring).items()},
        "grid": {
            "cell": layout.CELL,
            "row": layout.ROW,
            "stagger": layout.STAGGER,
            "few": layout.FEW,
        },
        "views": {
            view.name: _view(view, layout.positions(_part(network, view), bands, ring))
            for view in views
        },
        "start": start,
    }


def _vis_network(
    network: "networkx.MultiDiGraph", group: Mapping[str, Group], bend: Mapping[str, float]
) -> tuple[list[Json], list[Json]]:
    """Nodes and edges in the form that vis-network reads, made by pyvis."""
    # pyvis costs a second: it imports IPython. Undirected, it would drop parallel claims.
    from pyvis.network import Network  # noqa: PLC0415 - see above

    picture = Network(directed=True)
    for iri, entity in network.nodes(data=True):
        shown = {"shape": group[iri].shape, "group": group[iri].name, "title": entity["kind"]}
        picture.add_node(_id(iri), label=entity["label"], **shown)
    for source, target, key, claim in network.edges(keys=True, data=True):
        curve = {
            "enabled": True,
            "type": "curvedCW" if bend[key] >= 0 else "curvedCCW",
            "roundness": abs(bend[key]),
        }
        picture.add_edge(_id(source), _id(target), id=_id(key), title=claim["label"], smooth=curve)
    nodes, edges, *_ = picture.get_network_data()
    return nodes, edges


def _part(network: "networkx.MultiDiGraph", view: View) -> "networkx.MultiDiGraph":
    """The network of a view; the whole graph also shows entities without claims."""
    if view.name == "whole":
        return network
    iris = {end.iri for claim in view.claims for end in (claim.subject, claim.object)}
    iris |= {entity.iri for entity in view.entities}
    keys = {claim.iri for claim in view.claims}
    part = network.subgraph(iris).copy()
    part.remove_edges_from([edge for edge in network.edges(keys=True) if edge[2] not in keys])
    return cast("networkx.MultiDiGraph", part)


def _group_of(graph: Graph, iri: str) -> Group:
    """The group of the nearest class above the entity that has one."""
    level = sorted(graph.records.get(iri, {}).get(terms.TYPE, ()))
    seen: set[str] = set()
    while level:
        for name in level:
            if name in GROUP_OF_CLASS:
                return GROUP_OF_CLASS[name]
        seen.update(level)
        above = {up for name in level for up in graph.records.get(name, {}).get(SUBCLASS_OF, ())}
        level = sorted(above - seen)
    return GROUPS[-1]


def _hair_cycle(graph: Graph) -> list[str]:
    """The numbered phases in their order, each followed by the transitions that leave it."""
    order, leaves = terms.kg("phaseOrder"), terms.kg("fromPhase")
    phases = [iri for iri in graph.entities if order in graph.records[iri]]
    phases.sort(key=lambda iri: (int(graph.records[iri][order][0]), iri))
    return [iri for phase in phases for iri in (phase, *graph.subjects_of(leaves, phase))]


def _view(view: View, places: Mapping[str, tuple[int, int]]) -> Json:
    return _filled(
        label=view.label,
        about=view.about,
        claims=[_id(claim.iri) for claim in view.claims],
        entities=[_id(entity.iri) for entity in view.entities],
        mechanism=_id(view.mechanism.iri) if view.mechanism else "",
        places={_id(iri): place for iri, place in places.items()},
    )


def _entity(graph: Graph, iri: str) -> Json:
    entity = graph.entities.get(iri) or Entity(iri, graph.label(iri), "")
    return _filled(
        label=entity.label,
        kind=entity.kind,
        definition=entity.definition,
        synonyms=entity.synonyms,
        same=[[terms.curie(match), match] for match in entity.exact_matches],
        close=[[terms.curie(match), match] for match in entity.close_matches],
        broader=[[graph.label(broader), _id(broader)] for broader in entity.broader],
    )


def _claim(claim: Claim) -> Json:
    scope = {field.name: getattr(claim.scope, field.name) for field in fields(claim.scope)}
    return _filled(
        label=claim.label,
        subject=_id(claim.subject.iri),
        relation=claim.relation.label,
        object=_id(claim.object.iri),
        sign=claim.relation.sign,
        scope=_filled(**scope),
        broader=[_id(iri) for iri in claim.specializes],
        balance=_key(claim.balance),
        supporting=[_id(item.iri) for item in claim.evidence_for],
        disputing=[_id(item.iri) for item in claim.evidence_against],
        inconclusive=[_id(item.iri) for item in claim.evidence_inconclusive],
        null=bool(claim.evidence) and all(item.is_null for item in claim.evidence),
    )


def _evidence(item: Evidence) -> Json:
    """`facts` are shown in this order under these names."""
    facts = {
        "Design": item.design,
        "Observed": str(item.observed),
        "Organism": item.organism,
        "System": item.system,
        "n": "" if item.sample_size is None else str(item.sample_size),
        "Comparator": item.comparator,
        "Dose": item.dose,
        "Duration": item.duration,
        "Outcome": item.outcome,
        "Effect": _effect(item.effect),
        "Intervention": item.perturbation,
        "Directness": item.directness,
        "Role": item.role,
        "Where": item.locator,
        "Read": item.reading_depth,
        "Check": ", ".join(filter(None, (item.check_result, item.checked_on))),
        "Remark": item.remark,
    }
    return _filled(
        finding=item.finding,
        facts=_filled(**facts),
        secondHand=item.second_hand,
        study=_id(item.study.iri),
        source=_id(item.source.iri) if item.source else "",
    )


def _effect(effect: Effect) -> str:
    interval = f"{effect.low or '?'} to {effect.high or '?'}" if effect.low or effect.high else ""
    level = f"{effect.level} % interval " if effect.level else ""
    equals = "" if effect.p[:1] in "<>=≤≥" else "="
    parts = (
        " ".join(filter(None, (effect.measure, effect.value, effect.unit))),
        f"{level}{interval}" if interval else "",
        f"p{equals}{effect.p}" if effect.p else "",
    )
    return ", ".join(filter(None, parts))


def _study(study: Study) -> Json:
    return _filled(
        label=study.label,
        registry=" ".join(filter(None, (study.registry_id, study.registry_status))),
        link=_registry_link(study.registry_id),
    )


def _source(source: Source) -> Json:
    parts = (source.authors, source.year, source.title, source.container)
    return _filled(
        citation=". ".join(part.rstrip(".") for part in parts if part),
        kind=source.kind,
        links=_links(source),
        retraction=source.retraction,
        unverified=source.unverified,
    )


def _links(source: Source) -> list[list[str]]:
    """Text and address; the page makes a link only of http and https."""
    links = [
        [f"doi:{source.doi}", f"https://doi.org/{source.doi}" if source.doi else ""],
        [f"PubMed {source.pmid}", _when(source.pmid, "https://pubmed.ncbi.nlm.nih.gov/")],
        [source.pmcid, _when(source.pmcid, "https://pmc.ncbi.nlm.nih.gov/articles/")],
        [source.registry_id, _registry_link(source.registry_id)],
        ["web page", source.url],
    ]
    return [link for link in links if link[1]]


def _registry_link(number: str) -> str:
    return _when(number, "https://clinicaltrials.gov/study/") if number.startswith("NCT") else ""


def _when(value: str, address: str) -> str:
    return address + value if value else ""


def _mechanism(mechanism: Mechanism) -> Json:
    return _filled(
        label=mechanism.label,
        definition=mechanism.definition,
        steps=[_id(step.iri) for step in mechanism.steps],
        sign=mechanism.net_sign,
        explains=_id(mechanism.explains.iri) if mechanism.explains else "",
    )


def _filled(**values: object) -> Json:
    """Without the fields that say nothing; a sign of 0 says something."""
    return {k: v for k, v in values.items() if v is not False and v not in ("", None, [], {}, ())}


def _id(iri: str) -> str:
    return terms.shortened(iri)


def _key(balance: Balance) -> str:
    """The balance as a word for style sheets: `for_and_against`."""
    return balance.name.lower()


# How it gets into the page.


def _json(data: Json) -> str:
    """JSON that no text can leave: inside a script element, `<` would end it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _policy(scripts: Iterable[str], styles: Iterable[str], added: Iterable[str]) -> str:
    """Only what stands in the page runs; `added` are the styles the library brings along."""
    script_hashes = " ".join(f"'{_sha256(text)}'" for text in scripts)
    style_hashes = " ".join(f"'{each}'" for each in (*map(_sha256, styles), *added))
    return (
        f"default-src 'none'; script-src {script_hashes}; style-src {style_hashes}; "
        "img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _sha256(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _static(name: str) -> str:
    return (resources.STATIC / name).read_text(encoding="utf-8")


def _library(record: Mapping[str, str]) -> Library:
    text = _static(f"vendor/{record['licence_file']}")
    return Library(record["name"], record["version"], record["licence"], text)
