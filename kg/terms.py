"""The IRIs that the code names: every one appears here and nowhere else.

The meaning of each term is in `ontology/hairkg.ttl`; this module only spells them.
`PREFIXES` is the order in which canonical Turtle declares prefixes and the set a
query may use without declaring them.
To add a namespace, add a line to `PREFIXES`.
"""

from functools import lru_cache

BASE = "https://w3id.org/hairkg/"
VOCABULARY = BASE + "vocab/"

PREFIXES = {
    "kg": VOCABULARY,
    "ent": BASE + "entity/",
    "claim": BASE + "claim/",
    "ev": BASE + "evidence/",
    "study": BASE + "study/",
    "src": BASE + "source/",
    "doc": BASE + "document/",
    "path": BASE + "path/",
    "conflict": BASE + "conflict/",
    "figure": BASE + "figure/",
    "grade": BASE + "grading/",
    "suppression": BASE + "suppression/",
    "graph": BASE + "graph/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "sh": "http://www.w3.org/ns/shacl#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "bibo": "http://purl.org/ontology/bibo/",
    "cito": "http://purl.org/spar/cito/",
    "biolink": "https://w3id.org/biolink/vocab/",
    "obo": "http://purl.obolibrary.org/obo/",
    "hgnc": "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/",
    "ncbigene": "https://www.ncbi.nlm.nih.gov/gene/",
    "uniprot": "http://purl.uniprot.org/uniprot/",
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "fplx": "https://sorgerlab.github.io/famplex/",
    "mirbase": "http://www.mirbase.org/cgi-bin/mirna_entry.pl?acc=",
    "drugbank": "https://go.drugbank.com/drugs/",
    "reactome": "https://reactome.org/content/detail/",
}

RDF = PREFIXES["rdf"]
RDFS = PREFIXES["rdfs"]
SKOS = PREFIXES["skos"]
DCTERMS = PREFIXES["dcterms"]
XSD = PREFIXES["xsd"]

TYPE = RDF + "type"
SUBJECT = RDF + "subject"
PREDICATE = RDF + "predicate"
OBJECT = RDF + "object"
LABEL = RDFS + "label"
ALT_LABEL = SKOS + "altLabel"
DEFINITION = SKOS + "definition"
BROADER = SKOS + "broader"
EXACT_MATCH = SKOS + "exactMatch"
CLOSE_MATCH = SKOS + "closeMatch"
RELATED_MATCH = SKOS + "relatedMatch"
IN_SCHEME = SKOS + "inScheme"
TITLE = DCTERMS + "title"
CREATOR = DCTERMS + "creator"
ISSUED = DCTERMS + "issued"
IDENTIFIER = DCTERMS + "identifier"
MODIFIED = DCTERMS + "modified"
LICENCE = DCTERMS + "license"

DATASET = BASE + "dataset"

DERIVED_GRAPH = PREFIXES["graph"] + "derived"
ONTOLOGY_GRAPH = PREFIXES["graph"] + "ontology"


def kg(name: str) -> str:
    """The IRI of a vocabulary term: `kg("direction")`."""
    return VOCABULARY + name


@lru_cache(maxsize=100_000)
def shortened(iri: str) -> str:
    """`https://w3id.org/hairkg/entity/vegf` → `ent:vegf`; the IRI itself where no prefix fits."""
    best = max(
        (prefix for prefix, namespace in PREFIXES.items() if iri.startswith(namespace)),
        key=lambda prefix: len(PREFIXES[prefix]),
        default=None,
    )
    return iri if best is None else f"{best}:{iri.removeprefix(PREFIXES[best])}"


def curie(iri: str) -> str:
    """How people write an identifier: `obo:GO_0060070` is known as `GO:0060070`."""
    short = shortened(iri)
    return short.removeprefix("obo:").replace("_", ":", 1) if short.startswith("obo:") else short


def expanded(name: str) -> str | None:
    """`ent:vegf` → its IRI; None where the prefix is not ours. Prefixes ignore case."""
    prefix, colon, local = name.partition(":")
    namespace = PREFIXES.get(prefix.lower())
    if colon and namespace:
        return namespace + local
    if colon and prefix.upper() in OBO_PREFIXES:
        return f"{PREFIXES['obo']}{OBO_PREFIXES[prefix.upper()]}_{local}"
    return None


OBO_PREFIXES = {
    name.upper(): name
    for name in (
        "BFO",
        "CHEBI",
        "CL",
        "DOID",
        "ECO",
        "GO",
        "HP",
        "MAXO",
        "MONDO",
        "MP",
        "NCBITaxon",
        "NCIT",
        "OBI",
        "RO",
        "SEPIO",
        "UBERON",
        "PR",
        "OAE",
    )
}
