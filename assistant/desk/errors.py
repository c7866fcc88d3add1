"""What can go wrong at the desk, each one Spanish sentence for the person who sits at it."""

from corpus.errors import AsistenteError


class DeskError(AsistenteError):
    """What was asked of the desk can't be done."""


class GoneError(DeskError):
    """What is named is not there (any more)."""


class EntryRefusedError(DeskError):
    """E-mail, password or code don't fit; which one is not told."""

    def __init__(self) -> None:
        super().__init__("El correo, la contraseña o el código no coinciden; revíselos.")


class CodeNeededError(DeskError):
    """The password fits, and the account also wants a code."""

    def __init__(self) -> None:
        super().__init__("Escriba además el código de seis cifras de su aplicación.")


class LockedOutError(DeskError):
    """Too many logins failed; `seconds` is how long to wait."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, round(seconds))
        minutes = max(1, round(seconds / 60))
        wait = "un minuto" if minutes == 1 else f"{minutes} minutos"
        super().__init__(
            f"Hubo demasiados intentos fallidos y la entrada quedó cerrada; espere {wait}, o pida "
            "un enlace nuevo a quien administra."
        )
