"""The commands of `asistente`, and how errors are shown to people.

Each command imports what it needs when it is called, so that none waits for another's libraries.
"""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from assistant.faces.cli.added import add_commands
from assistant.faces.cli.spanish import (
    SpanishTyper,
    UsageError,
    run,
    show_version,
)
from assistant.running.settings import load_settings
from corpus.errors import AsistenteError
from corpus.garbage import kept_garbage

_Code = Annotated[
    str, typer.Argument(metavar="CÓDIGO", help="Código del manual, por ejemplo MO-SIG-01.")
]
_Manual = Annotated[
    str | None,
    typer.Option("--manual", metavar="CÓDIGO", help="Código del manual, si hay varios."),
]
_Files = Annotated[
    list[Path] | None,
    typer.Argument(help="Archivos de manuales; si no se da ninguno, todos los de la carpeta."),
]
_Mail = Annotated[str, typer.Argument(help="El correo de la persona.")]

app = SpanishTyper(
    name="asistente",
    help="Responde preguntas sobre manuales de organización, con la sección y la página.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help", "--ayuda"]},
)


@app.callback()
def _all(
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Dice la versión."),
    ] = False,
) -> None:
    """What stands before a command."""
    del version


@app.command()
def ingerir(
    rutas: _Files = None,
    forzar: Annotated[
        bool,
        typer.Option(
            "--forzar",
            help="Vuelve a ingerir aunque el archivo no haya cambiado, o el índice pierda con él.",
        ),
    ] = False,
    codigo: Annotated[
        str,
        typer.Option(
            "--codigo", metavar="CÓDIGO", help="El código de un manual que no lo trae impreso."
        ),
    ] = "",
    de_nuevo: Annotated[
        bool,
        typer.Option(
            "--de-nuevo", help="Deja el índice que hay y hace otro: para uno que está dañado."
        ),
    ] = False,
    revisar: Annotated[
        bool, typer.Option("--revisar", help="Muestra qué se leería, sin indexar nada.")
    ] = False,
) -> None:
    """Lee manuales y prepara su índice."""
    if revisar:
        from assistant.faces.cli import reviewing

        reviewing.show_reviews(rutas or [], load_settings(), code=codigo)
    else:
        with kept_garbage():
            from assistant.faces.cli import indexing

        indexing.ingest(rutas or [], load_settings(), force=forzar, code=codigo, afresh=de_nuevo)


@app.command()
def preguntar(
    pregunta: Annotated[
        str | None, typer.Argument(help="La pregunta; sin ella se abre una conversación.")
    ] = None,
    como_json: Annotated[bool, typer.Option("--json", help="Da la respuesta como JSON.")] = False,
    lote: Annotated[
        Path | None,
        typer.Option(
            "--lote",
            metavar="ARCHIVO",
            help="Archivo JSONL con preguntas; una respuesta por línea.",
        ),
    ] = None,
    manual: _Manual = None,
    explica: Annotated[
        bool,
        typer.Option("--explica", help="Dice también cómo se entendió y en qué se basa."),
    ] = False,
    version: Annotated[
        str | None,
        typer.Option(
            "--version", metavar="VERSIÓN", help="Otra versión del manual que la vigente."
        ),
    ] = None,
) -> None:
    """Responde una pregunta, una conversación o un lote de preguntas."""
    with kept_garbage():
        from assistant.faces.cli import asking

    settings = load_settings()
    if explica and pregunta is not None:
        asking.explain_one(pregunta, settings, manual)
    elif lote is not None:
        asking.answer_batch(lote, settings, manual)
    elif pregunta is not None:
        with kept_garbage():
            asking.answer_one(pregunta, settings, manual, as_json=como_json, version=version)
    else:
        asking.chat(settings, manual, as_json=como_json)


@app.command()
def inducir(
    puesto: Annotated[str, typer.Argument(help="Nombre o número del puesto.")],
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="ARCHIVO", help="Escribe la inducción como página web."),
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="ARCHIVO", help="Escribe la inducción como PDF.")
    ] = None,
    manual: _Manual = None,
) -> None:
    """Da la inducción de un puesto: lo que debe conocer, con citas, y cinco preguntas."""
    from assistant.faces.cli import inducting

    inducting.induct(puesto, load_settings(), manual, html, pdf)


@app.command()
def servir(
    host: Annotated[
        str | None, typer.Option("--host", metavar="DIRECCIÓN", help="Dirección en la que escucha.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", metavar="NÚMERO", min=0, max=65_535, help="Puerto en el que escucha."
        ),
    ] = None,
) -> None:
    """Pone en marcha la página web y la interfaz para programas."""
    from assistant.faces.cli import serving

    serving.serve(load_settings(), host, port)


@app.command()
def mcp(
    por_http: Annotated[
        bool, typer.Option("--http", help="Escucha por HTTP en lugar de la entrada estándar.")
    ] = False,
    host: Annotated[
        str,
        typer.Option("--host", metavar="DIRECCIÓN", help="Dirección en la que escucha por HTTP."),
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            "--port", metavar="NÚMERO", min=0, max=65_535, help="Puerto en el que escucha por HTTP."
        ),
    ] = 8001,
) -> None:
    """Ofrece el manual como herramientas para otros modelos (Model Context Protocol)."""
    from assistant.faces.cli import lending

    if por_http:
        lending.lend_over_http(load_settings(), host, port)
    else:
        lending.lend_over_pipes(load_settings())


@app.command()
def organigrama(
    puesto: Annotated[
        str | None,
        typer.Argument(help="Nombre o número de un puesto; sin él, el organigrama entero."),
    ] = None,
    formato: Annotated[
        str | None,
        typer.Option(
            "--formato",
            help="texto, svg, png, pdf o json; si no se dice, el del archivo o texto.",
            metavar="FORMATO",
        ),
    ] = None,
    salida: Annotated[
        Path | None,
        typer.Option("-o", "--salida", metavar="ARCHIVO", help="Archivo en que se guarda."),
    ] = None,
    manual: _Manual = None,
    ciudad: Annotated[
        str | None,
        typer.Option(
            "--ciudad",
            metavar="MUNICIPIO",
            help="El de un municipio, con sus dependencias como ramas.",
        ),
    ] = None,
) -> None:
    """Da el organigrama, o la rama de un puesto, como texto, imagen o JSON."""
    from assistant.faces.cli import charting

    if ciudad is not None:
        charting.show_city(ciudad, formato, salida, load_settings())
    else:
        charting.show_chart(puesto, formato, salida, load_settings(), manual)


@app.command()
def auditar(
    como_json: Annotated[bool, typer.Option("--json", help="Da los hallazgos como JSON.")] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="ARCHIVO", help="Escribe el informe como página web."),
    ] = None,
    manual: _Manual = None,
    todos: Annotated[
        bool,
        typer.Option("--todos", help="En qué se contradicen entre sí los de cada municipio."),
    ] = False,
) -> None:
    """Dice en qué se contradice el manual, con secciones y páginas."""
    from assistant.faces.cli import auditing

    if todos:
        auditing.show_audit_between(load_settings(), as_json=como_json)
    else:
        auditing.show_audit(load_settings(), manual, html, as_json=como_json)


@app.command()
def manuales(
    como_json: Annotated[bool, typer.Option("--json", help="Da la lista como JSON.")] = False,
) -> None:
    """Muestra los manuales que están indexados, con sus versiones."""
    from assistant.faces.cli import indexing

    indexing.show_manuals(load_settings(), as_json=como_json)


@app.command()
def volver(
    codigo: _Code,
    version: Annotated[
        str, typer.Argument(metavar="VERSIÓN", help="La versión, por ejemplo 01, o su fecha.")
    ],
) -> None:
    """Pone en vigor otra versión de un manual, que ya está indexada."""
    from assistant.faces.cli import indexing

    indexing.go_back(codigo, version, load_settings())


@app.command()
def comparar(
    codigo: _Code,
    antes: Annotated[
        str | None, typer.Argument(help="La versión de antes; si no se dice, la última anterior.")
    ] = None,
    ahora: Annotated[
        str | None, typer.Argument(help="La versión de ahora; si no se dice, la vigente.")
    ] = None,
    como_json: Annotated[bool, typer.Option("--json", help="Da los cambios como JSON.")] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="ARCHIVO", help="Escribe los cambios como página web."),
    ] = None,
) -> None:
    """Dice qué cambió entre dos versiones de un manual, con las páginas de ambas."""
    from assistant.faces.cli import comparing

    comparing.show_comparison(load_settings(), codigo, antes, ahora, html, as_json=como_json)


@app.command()
def olvidar(
    codigo: _Code,
    version: Annotated[
        str | None,
        typer.Argument(metavar="VERSIÓN", help="Sólo esta versión; si no se dice, todo el manual."),
    ] = None,
) -> None:
    """Quita del índice un manual, o una de sus versiones."""
    from assistant.faces.cli import indexing

    indexing.forget(codigo, version, load_settings())


@app.command()
def palabras(
    codigo: _Code,
    agregar: Annotated[
        str | None, typer.Option("--agregar", metavar="FRASE", help="Una pregunta o frase más.")
    ] = None,
    seccion: Annotated[
        str | None, typer.Option("--seccion", metavar="SECCIÓN", help="La sección que la contesta.")
    ] = None,
    funcion: Annotated[
        int | None,
        typer.Option(
            "--funcion", metavar="NÚMERO", help="El número de la función que la contesta."
        ),
    ] = None,
    no_esta: Annotated[
        bool, typer.Option("--no-esta", help="La frase pide algo que este manual no dice.")
    ] = False,
    quitar: Annotated[
        str | None, typer.Option("--quitar", metavar="FRASE", help="Una frase que ya no cuenta.")
    ] = None,
    importar: Annotated[
        Path | None,
        typer.Option(
            "--importar",
            metavar="ARCHIVO",
            help="CSV (texto, seccion, funcion) o JSONL con frases.",
        ),
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Las muestra como las líneas de su archivo.")
    ] = False,
) -> None:
    """Muestra o cambia lo que la gente dice y a qué función lleva."""
    from assistant.faces.cli import wording
    from corpus.office_words import word_of

    settings = load_settings()
    if agregar is not None:
        if (seccion is None) != no_esta:
            raise UsageError("Diga con «--seccion» qué la contesta, o «--no-esta».")
        wording.add(codigo, word_of(agregar, seccion, funcion), settings)
    elif quitar is not None:
        wording.remove(codigo, quitar, settings)
    elif importar is not None:
        wording.import_words(codigo, importar, settings)
    else:
        wording.show_words(codigo, settings, as_file=jsonl)


oficina = SpanishTyper(help="Quién entra a la oficina (/oficina).", no_args_is_help=True)
app.add_typer(oficina, name="oficina")


class Papel(StrEnum):
    """The roles of the desk, as they are typed."""

    LECTURA = "lectura"
    EDICION = "edicion"
    ADMINISTRACION = "administracion"


@oficina.command()
def alta(
    correo: _Mail,
    papel: Annotated[
        Papel | None,
        typer.Option(
            "--papel",
            metavar="PAPEL",
            help="lectura, edicion o administracion; si no se dice, el que tenía; la primera "
            "persona administra.",
        ),
    ] = None,
    direccion: Annotated[
        str | None,
        typer.Option(
            "--direccion",
            metavar="DIRECCIÓN",
            help="La dirección del servidor, como https://manual.mx.",
        ),
    ] = None,
) -> None:
    """Da de alta a una persona, o le da otra contraseña: imprime un enlace de un solo uso."""
    from assistant.desk.people import Role
    from assistant.faces.cli import office

    roles = dict(zip(Papel, Role, strict=True))
    office.invite(correo, roles[papel] if papel else None, direccion, load_settings())


@oficina.command()
def baja(correo: _Mail) -> None:
    """Da de baja a una persona; sus sesiones terminan."""
    from assistant.faces.cli import office

    office.remove(correo, load_settings())


@oficina.command()
def personas() -> None:
    """Muestra quién puede entrar."""
    from assistant.faces.cli import office

    office.show_people(load_settings())


@app.command()
def verificar(rutas: _Files = None) -> None:
    """Compara el índice con sus fuentes: registros, texto y una muestra de vectores."""
    from assistant.faces.cli import keeping

    keeping.verify(load_settings(), rutas or [])


@app.command()
def respaldar(
    archivo: Annotated[Path, typer.Argument(help="Archivo .zip en que se guarda.")],
    con_modelo: Annotated[
        bool, typer.Option("--con-modelo", help="Guarda también el modelo de embeddings.")
    ] = False,
) -> None:
    """Guarda el índice, las conversaciones y los ajustes, sin secretos, en un archivo."""
    from assistant.faces.cli import keeping

    keeping.back_up(archivo, load_settings(), with_model=con_modelo)


@app.command()
def restaurar(
    archivo: Annotated[Path, typer.Argument(help="Archivo que dio «asistente respaldar».")],
    forzar: Annotated[
        bool, typer.Option("--forzar", help="Reemplaza lo que ya hay por lo del respaldo.")
    ] = False,
) -> None:
    """Pone en su lugar lo que guarda un respaldo."""
    from assistant.faces.cli import keeping

    keeping.restore(archivo, load_settings(), force=forzar)


@app.command()
def estado() -> None:
    """Dice si el índice, el almacén y los modelos responden."""
    from assistant.faces.cli import indexing

    indexing.show_state(load_settings())


add_commands(app)


def main() -> None:
    """Run the command line; what goes wrong is told in one Spanish sentence."""
    try:
        sys.exit(run(app))
    except AsistenteError as error:
        Console(stderr=True).print(Text(str(error), style="red"), soft_wrap=True)
        sys.exit(2 if isinstance(error, UsageError) else 1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
