"""What goes wrong for a user's reasons while a screen is at work is told on it; it ends neither screen nor program."""

from textual.message import Message
from textual.message_pump import MessagePump

from greenstar.errors import GreenStarError
from greenstar.messages import Message as Sentence


class Guarded(MessagePump):
    """A screen that tells whatever its handlers did not deal with themselves."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except GreenStarError as error:
            self.tell_wrong(error.message)

    def tell_wrong(self, sentence: Sentence) -> None:
        """Say what went wrong, where one looks for that."""
        raise NotImplementedError
