"""In what the manuals of a municipality contradict each other."""

from assistant.reports.audit.between import BetweenKind, audit_between
from corpus.model import Function, Manual, Position

MENDS = "Reparar los baches y las grietas de las vialidades primarias del municipio."


def manual(base: Manual, code: str, dependency: str, city: str, *functions: str) -> Manual:
    sheet = Position(
        number="1",
        title="Dirección de Vialidades",
        page=4,
        functions=tuple(
            Function(number=n, text=text, page=4) for n, text in enumerate(functions, 1)
        ),
    )
    return base.model_copy(
        update={
            "code": code,
            "dependency": dependency,
            "municipality": city,
            "positions": (sheet,),
        }
    )


def test_a_function_that_two_dependencies_claim_is_told_with_both(tiny_manual: Manual) -> None:
    works = manual(tiny_manual, "MO-OBR-01", "Secretaría de Obras", "Apodaca", MENDS)
    services = manual(tiny_manual, "MO-SER-01", "Secretaría de Servicios", "Apodaca", MENDS)
    [finding] = audit_between([services, works])
    assert finding.kind is BetweenKind.FUNCTION_OF_TWO
    assert [place.manual for place in finding.places] == ["MO-OBR-01", "MO-SER-01"]
    assert finding.places[0].quote == MENDS


def test_other_municipalities_and_phrases_of_all_forms_are_no_contradiction(
    tiny_manual: Manual,
) -> None:
    works = manual(tiny_manual, "MO-OBR-01", "Secretaría de Obras", "Apodaca", MENDS)
    elsewhere = manual(tiny_manual, "MO-SER-02", "Secretaría de Servicios", "García", MENDS)
    assert audit_between([works, elsewhere]) == []
    names = ("Obras", "Servicios", "Cultura")
    alike = [
        manual(tiny_manual, f"MO-{n}", f"Secretaría de {name}", "Apodaca", MENDS)
        for n, name in enumerate(names)
    ]
    assert audit_between(alike) == []
    short = "Atender a su superior."
    assert audit_between([
        manual(tiny_manual, "MO-1", "Secretaría de Obras", "Apodaca", short),
        manual(tiny_manual, "MO-2", "Secretaría de Cultura", "Apodaca", short),
    ]) == []  # fmt: skip


def test_a_unit_that_the_other_manual_does_not_have_is_told(tiny_manual: Manual) -> None:
    asks = "Enviar el padrón a la Coordinación de Catastro de la Secretaría de Obras cada mes."
    right = "Enviar el padrón a la Dirección de Vialidades de la Secretaría de Obras cada mes."
    works = manual(tiny_manual, "MO-OBR-01", "Secretaría de Obras", "Apodaca", MENDS)
    culture = manual(tiny_manual, "MO-CUL-01", "Secretaría de Cultura", "Apodaca", asks, right)
    [finding] = audit_between([works, culture])
    assert finding.kind is BetweenKind.UNKNOWN_UNIT
    assert "coordinacion de catastro" in finding.message
    assert [(p.manual, p.quote) for p in finding.places] == [("MO-CUL-01", asks)]


def test_almost_the_same_words_are_the_same_function_and_another_verb_is_not(
    tiny_manual: Manual,
) -> None:
    works = manual(tiny_manual, "MO-OBR-01", "Secretaría de Obras", "Apodaca", MENDS)
    claims = f"{MENDS.rstrip('.')} de manera oportuna."
    helps = f"Apoyar para {MENDS[0].lower()}{MENDS[1:]}"
    services = manual(tiny_manual, "MO-SER-01", "Secretaría de Servicios", "Apodaca", claims)
    culture = manual(tiny_manual, "MO-CUL-01", "Secretaría de Cultura", "Apodaca", helps)
    [finding] = audit_between([works, services])
    assert [place.manual for place in finding.places] == ["MO-OBR-01", "MO-SER-01"]
    assert audit_between([works, culture]) == []


def test_a_post_under_two_names_is_told_once(tiny_manual: Manual) -> None:
    duties = (
        MENDS,
        "Levantar el inventario de señales viales cada semestre.",
        "Expedir los permisos de ruptura de pavimento a particulares.",
    )
    works = manual(tiny_manual, "MO-OBR-01", "Secretaría de Obras", "Apodaca", *duties)
    services = manual(tiny_manual, "MO-SER-01", "Secretaría de Servicios", "Apodaca", *duties)
    renamed = services.positions[0].model_copy(update={"title": "Coordinación de Calles"})
    services = services.model_copy(update={"positions": (renamed,)})
    [finding] = audit_between([works, services])
    assert finding.kind is BetweenKind.POST_OF_TWO_NAMES
    assert "Dirección de Vialidades" in finding.message
    assert "Coordinación de Calles" in finding.message
    assert len(finding.places) == 6


def test_what_many_sheets_begin_alike_is_a_phrase_and_no_claim(tiny_manual: Manual) -> None:
    names = ("Obras", "Servicios", "Cultura")
    alike = [
        manual(
            tiny_manual,
            f"MO-{n}",
            f"Secretaría de {name}",
            "Apodaca",
            f"Solicitar el mantenimiento del equipo que se usa en {topic}.",
        )
        for n, (name, topic) in enumerate(zip(names, ("calles", "calles", "museos"), strict=True))
    ]
    assert audit_between(alike) == []
