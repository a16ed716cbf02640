"""Providers behind one interface: `ask` sends who is looked for and gives listed parties, each with the provider's score.

A new kind is a file here with a client in `CLIENTS`. Pure: no Django; HTTP is handed in.
"""

from collections.abc import Callable

from screening.providers.base import Answer, Asked, Found, Post, ProviderAnswerInvalid
from screening.providers.rest import ask_rest
from screening.providers.yente import ask_yente

CLIENTS: dict[str, Callable[[Asked, Post], Answer]] = {"yente": ask_yente, "rest": ask_rest}

__all__ = ["CLIENTS", "Answer", "Asked", "Found", "Post", "ProviderAnswerInvalid"]
