"""`asistente telegram`."""

from typing import Annotated

import typer

from corpus.errors import AsistenteError


class WithoutWebhookError(AsistenteError):
    """API and bot share a process only where Telegram calls the bot."""

    def __init__(self) -> None:
        super().__init__(
            "«--con-api» necesita ASISTENTE_TELEGRAM_WEBHOOK_URL; sin ella, ponga en marcha "
            "«asistente servir» y «asistente telegram» por separado."
        )


def telegram(
    con_api: Annotated[
        bool,
        typer.Option(
            "--con-api", help="Con webhook: sirve también la página y la interfaz para programas."
        ),
    ] = False,
) -> None:
    """Pone en marcha el bot de Telegram."""
    import asyncio

    from assistant.running.logs import configure_logs
    from assistant.running.settings import load_settings
    from bots.telegram.running import poll, token_of

    settings = load_settings()
    token_of(settings)
    configure_logs(settings.log_format, settings.secrets)
    if settings.telegram_webhook_url is None:
        if con_api:
            raise WithoutWebhookError
        asyncio.run(poll(settings))
        return
    from assistant.faces.cli.serving import serve

    served = "app_with_api_from_environment" if con_api else "webhook_app_from_environment"
    serve(settings, None, None, factory=f"bots.telegram.webhook:{served}")
