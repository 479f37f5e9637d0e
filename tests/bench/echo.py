"""The other side of the bench: the shortest bot that python-telegram-bot's own way of working gives."""

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def repeat(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.effective_message is not None:
        await update.effective_message.reply_text(update.effective_message.text or "-")


def main() -> None:
    base = os.environ["ECHO_API"]
    builder = Application.builder().token(os.environ["ECHO_TOKEN"]).base_url(f"{base}/bot")
    app = builder.build()
    app.add_handler(MessageHandler(filters.ALL, repeat))
    app.run_polling(drop_pending_updates=False)


if __name__ == "__main__":
    main()
