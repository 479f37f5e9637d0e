"""`meldpunt check`: everything that is wrong with the settings, not the first thing alone."""

from bot import compose, settings
from bot.channels import telegram_api
from bot.settings import Settings
from flows.errors import BadSettings, MeldpuntError
from storage import engine, keycheck
from storage.migrate import migrate
from storage.secrets import Vault


async def problems() -> list[str]:
    found: list[str] = []
    own = _settings(found)
    for check in (_regio, _token, _database):
        try:
            await check(own)
        except BadSettings as error:
            found.extend(problem for problem in error.problems if problem not in found)
        except MeldpuntError as error:
            found.append(
                f"MELDPUNT_DATABASE_URL: de database antwoordt niet ({error}). Kijk of hij draait en of het adres klopt."
            )
    return found


def _settings(found: list[str]) -> Settings:
    """With what is wrong left out, so that the rest can be looked at too."""
    try:
        return settings.load()
    except BadSettings as error:
        found.extend(error.problems)
        return settings.without_wrong()


async def _regio(own: Settings) -> None:
    settings.load_regio(own.regio)


async def _token(own: Settings) -> None:
    if own.telegram_token:
        telegram_api.bot_id(own.telegram_token)


async def _database(own: Settings) -> None:
    vault = Vault(compose.keys_of(own)[0])
    database = await engine.open_database(own.database_url)
    try:
        await database.ping()
        await migrate(database)
        await keycheck.check_keys(database, vault)
    finally:
        await database.close()
