"""All methods, in the order in which they are shown."""

from evals.methods import ablations
from evals.methods.base import MethodKind
from evals.methods.chunk_search import open_bm25, open_dense
from evals.methods.langchain_recipe import open_recipe
from evals.methods.ours import open_ours

OURS = MethodKind("ours", "Asistente", "completo, como se usa", open_ours)
NEVER_REFUSES = MethodKind(
    "no_abstention",
    "sin abstención",
    "donde se abstendría, da el mejor pasaje",
    ablations.without(ablations.without_refusals),
)
RECIPE = MethodKind(
    "langchain",
    "receta de LangChain",
    "pedazos de 1,000 caracteres con 200 de traslape, los 4 vectores más cercanos en Chroma, "
    "responde el primero",
    open_recipe,
)
METHODS: tuple[MethodKind, ...] = (
    OURS,
    RECIPE,
    MethodKind("dense", "sólo vectores", "el fragmento de vector más cercano", open_dense),
    MethodKind("bm25", "sólo BM25", "el fragmento con más palabras en común", open_bm25),
    MethodKind(
        "no_lexical",
        "sin búsqueda léxica",
        "ordena los pasajes sólo por vectores",
        ablations.without(ablations.without_lexical),
    ),
    MethodKind(
        "no_entities",
        "sin enlace de entidades",
        "no reconoce qué cédula nombra la pregunta",
        ablations.without(ablations.without_entities),
    ),
    MethodKind(
        "no_sheets",
        "sin cédulas",
        "no responde de las cédulas, sólo de pasajes",
        ablations.without(ablations.without_sheets),
    ),
    NEVER_REFUSES,
)
