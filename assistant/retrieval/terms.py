"""The terms of a topical question: its words that carry the topic, without the asking."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.structure.tokens import Token

_ASKING = """
    quien quienes que cual cuales donde cuando como cuanto cuantos
    area areas departamento departamentos dependencia puesto puestos unidad persona personas
    encargado encargada encargados encargar encarga encargan encargarse responsable responsables
    responsabilidad atender atiende atienden atendio atencion atenderme ver ve ven vea llevar lleva
    llevan manejar maneja manejan checar checa checan tocar toca corresponder corresponde
    compete competencia acudir acudo acude acudimos dirigir dirijo dirigirme ir voy vamos hablar
    hablo preguntar pregunto pregunta buscar busco contactar contacto comunicar comunico
    comunicarme avisar aviso aviso decir digo dice dicen dime digame decirme dar da dan dame
    saber sabe sabes se conocer conozco querer quiero queremos quisiera quieren necesitar necesito
    necesita necesitamos necesitan ocupar ocupo ocupa ocupamos poder puedo puede puedes podria
    pueden podemos podemos deber debo debe deben haber hay tener tengo tiene tienen tenemos tuve
    hacer hago hace hacen hizo haga hagan hacerlo haciendo hecho ser estar ando anda pasar paso
    pasa mandar mando ayudar ayuda ayudan ayudarme ayudame ayude apoyar apoye echar echa mano
    lado caso cosa asunto asuntos tema temas materia cuestion relacionado relacion respecto acerca
    segun favor porfavor porfa gracias hola buenas buenos dias tardes noches oye
    oiga disculpe disculpa perdon duda pregunta urgente urge pronto ayer hoy ahorita ahora
    manana aqui alla ahi existe existen algun alguna alguien nadie parte bueno pues entonces ok
    primero primera segundo segunda tercero tercera cuarto cuarta ultimo ultima
    mismo misma tipo clase forma manera acaso realmente verdad cierto cargo jefe nombre llama llaman
    responde corresponda indica menciona dedica dedican sirve sirven gente interesa interesaria
    gustaria mejor quiera
    """
ASKING = frozenset(_ASKING.split())
"""Folded words that ask rather than name a topic. Words, not stems: "caso" asks, "casa" doesn't."""

_LIGHT = """
    manual documento municipio municipal municipales ayuntamiento gobierno ciudad secretaria
    administracion publico publica publicos publicas municipios nuestro alcaldia presidencia
    trabajo trabajar trabajamos oficina oficinas servicio servicios problema problemas nuevo nueva
    nuevos nuevas
    general generales reportar reporto reportan reporte solicitar solicito pedir pido piden
    poner ponen pone usar uso usan usamos utilizar sacar saco sacan quedar queda empezar
    empezo funcionar funciona funcionan salir sale entrar entra entro seguir sigue dejar dejo deja
    mas mucho grande chico varios gran propio traer traigo meter llegar llega llego coordinar
    coordina supervisar supervisa dirigir dirige realizar realiza elaborar elabora apoyo
    """
LIGHT = frozenset(_LIGHT.split())
"""Folded words that tell little of a topic in any municipal manual."""

LIGHT_WEIGHT = 0.3


@dataclass(frozen=True)
class Term:
    """A word of the topic."""

    word: str
    """Folded, as typed."""
    stem: str
    weight: float
    """1 for a word that tells the topic, less for one that any municipal topic may hold."""


def topic_terms(tokens: Sequence[Token], skip: frozenset[int] = frozenset()) -> list[Term]:
    """The terms of a question, in order, each stem once; `skip` are indices of words to leave
    out, such as those of a position that the question names."""
    found: dict[str, Term] = {}
    for i, token in enumerate(tokens):
        own = token.stem
        if i in skip or not token.is_content or token.word in ASKING or own in found:
            continue
        found[own] = Term(token.word, own, LIGHT_WEIGHT if token.word in LIGHT else 1.0)
    return list(found.values())
