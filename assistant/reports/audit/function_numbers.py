"""The numbers of a sheet's functions."""

from collections import Counter
from collections.abc import Iterator

from assistant.reports.audit.finding import Finding, Kind, Severity
from assistant.reports.audit.subject import Subject, said
from corpus.spanish import joined


def functions_misnumbered(subject: Subject) -> Iterator[Finding]:
    """A sheet whose functions are not 1, 2, 3 … each once."""
    for position in subject.manual.positions:
        numbers = [f.number for f in position.functions]
        if not numbers:
            continue
        missing = sorted(set(range(1, max(numbers) + 1)) - set(numbers))
        repeated = sorted(n for n, count in Counter(numbers).items() if count > 1)
        if not missing and not repeated:
            continue
        told = []
        if missing:
            one = len(missing) == 1
            told.append(f"falta{'' if one else 'n'} {_the(one)} {joined(map(str, missing))}")
        if repeated:
            one = len(repeated) == 1
            verb = "se repite" if one else "se repiten"
            told.append(f"{verb} {_the(one)} {joined(map(str, repeated))}")
        around = [
            f
            for f in position.functions
            if f.number in repeated or {f.number - 1, f.number + 1} & set(missing)
        ]
        yield Finding(
            kind=Kind.FUNCTION_NUMBERING,
            severity=Severity.MEDIUM,
            sections=(position.number,),
            message=f"En la numeración de las funciones de {said(position)} (p. "
            f"{around[0].page if around else position.page}) {joined(told)}.",
            evidence=tuple(subject.function(position, f) for f in around),
        )


def _the(one: bool) -> str:
    return "la" if one else "las"
