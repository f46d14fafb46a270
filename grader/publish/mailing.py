"""Stage 5: handing back by mail: one message a learner, written as a file, and sent where a server is named."""

import hashlib
import smtplib
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime
from ipaddress import ip_address
from typing import Self
from urllib.parse import unquote, urlsplit

from grader.publish.parcels import Page, Parcel
from grader.publish.returned import REFUSED, SENDING, SENT, Returned

TIMEOUT_S = 60.0
_EXPECTED = "expected smtp://USER@HOST:PORT, or smtps:// where a server is encrypted from the first byte"
_CLOSING = 421  # what a server says that takes no more over this connection


class MailError(Exception):
    """No mail can be sent; the message says why, and what would be right."""


@dataclass(frozen=True)
class Server:
    """A mail server, and who one is to it."""

    host: str
    port: int
    user: str
    encrypted: bool  # from the first byte
    password: str = ""

    @property
    def local(self) -> bool:
        """Whether it is this very machine, so that nobody is between."""
        with suppress(ValueError):
            return ip_address(self.host).is_loopback
        return self.host == "localhost"


def server(url: str) -> Server:
    """Read a server's address.

    Raises
    ------
    MailError
        If it is none, or has a password in it: whoever lists processes would read that.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise MailError(f"--smtp: {error}; {_EXPECTED}") from None
    if parts.password is not None:
        raise MailError(
            "--smtp: the address contains a password, and everybody on this machine can read it; put it into the "
            "environment variable GRADER_SMTP_PASSWORD, or into a file, and name that with --password-file"
        )
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise MailError(f"--smtp {url}: no address of a mail server; {_EXPECTED}")
    encrypted = parts.scheme == "smtps"
    return Server(parts.hostname, port or (465 if encrypted else 587), unquote(parts.username or ""), encrypted)


def address(text: str, name: str = "") -> Address | None:
    """Return a mail address, or None if it is none."""
    try:
        found = Address(name, addr_spec=text)
    except (ValueError, IndexError, MessageError):
        return None
    return found if found.domain else None


def message(parcel: Parcel, to: Address, title: str, sender: Address | None) -> EmailMessage:
    """Return the mail that brings a learner these pages."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = f"{title}: your feedback"
    mail["To"] = to
    if sender is not None:
        mail["From"] = sender
    mail["Date"] = localtime()
    # The same pages make the same id, by which servers and readers know a mail that came twice.
    told = "\0".join([parcel.learner, *(f"{slug} {page}" for slug, (_, page) in parcel.hashes.items())])
    domain = sender.domain if sender is not None else "grader.invalid"
    mail["Message-ID"] = f"<{hashlib.sha256(told.encode()).hexdigest()[:32]}@{domain}>"
    listed = "\n".join(f"  {page.exercise.title}: {page.file}" for page in parcel.pages)
    mail.set_content(
        f"Hello {to.display_name or parcel.learner},\n\n"
        f"your work has been graded. The feedback is in the attached pages; open each in a browser:\n\n{listed}\n"
    )
    for page in parcel.pages:
        mail.add_attachment(
            page.text.encode(), maintype="text", subtype="html", filename=page.file, params={"charset": "utf-8"}
        )
    return mail


def as_draft(mail: EmailMessage) -> bytes:
    """Return a mail as a file that a mail program opens to be looked through and sent."""
    mail["X-Unsent"] = "1"
    return bytes(mail)


@dataclass(frozen=True)
class Mail:
    """A mail, and what is in it."""

    parcel: Parcel
    message: EmailMessage


def unsent(parcel: Parcel, returned: Returned) -> tuple[Parcel, Parcel]:
    """Return a learner's pages that no server has taken yet, and those of which nobody knows whether one has."""
    left = [page for page in parcel.pages if not returned.was_sent(parcel.learner, *_known_by(page))]
    unknown = tuple(page for page in left if returned.may_be_sent(parcel.learner, *_known_by(page)))
    return replace(parcel, pages=tuple(page for page in left if page not in unknown)), replace(parcel, pages=unknown)


def _known_by(page: Page) -> tuple[str, str]:
    return page.exercise.slug, page.hashes[1]


def send(mails: Iterable[Mail], to: Server, returned: Returned) -> Iterator[tuple[Mail, str]]:
    """Send mails one by one; yield each that the server has taken or refused, with its reason.

    Each is noted before it goes out and after it is taken, so that after a kill none is sent twice.

    Raises
    ------
    MailError
        If the server cannot be reached, or breaks off.
    """
    with _Connection(to) as connection:
        for mail in mails:
            learner, hashes = mail.parcel.learner, mail.parcel.hashes
            refusal = None
            for _ in range(2):  # a server may take so many mails over one connection, and no more
                connection.ready()
                returned.note(SENDING, learner, hashes)
                refusal = connection.send(mail.message)
                returned.note(REFUSED if refusal else SENT, learner, hashes)
                if refusal is None or refusal[0] != _CLOSING:
                    break
            yield mail, refusal[1] if refusal else ""


class _Connection:
    """A connection that is opened again where the server has ended it between two mails; a context manager."""

    def __init__(self, to: Server) -> None:
        self._to = to
        with _reaching(to):
            self._server = _open(to)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self._server.quit()

    def ready(self) -> None:
        """Open it again, if need be, before anything is noted of the next mail."""
        with _reaching(self._to):
            with suppress(smtplib.SMTPServerDisconnected):
                if self._server.noop()[0] != _CLOSING:
                    return
            self._server.close()
            self._server = _open(self._to)

    def send(self, mail: EmailMessage) -> tuple[int, str] | None:
        """Send a mail; return the code and the words with which the server refuses it, if it does."""
        reply: bytes | str
        with _reaching(self._to):
            try:
                self._server.send_message(mail)
            except smtplib.SMTPRecipientsRefused as error:
                ((code, reply),) = error.recipients.values()
            except smtplib.SMTPResponseException as error:
                code, reply = error.smtp_code, error.smtp_error
            except smtplib.SMTPNotSupportedError as error:
                code, reply = 0, str(error)
            else:
                return None
        return code, _said(code, reply)


@contextmanager
def _reaching(to: Server) -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise MailError(f"{to.host} does not let {to.user} in: {_said(error.smtp_code, error.smtp_error)}") from None
    except (smtplib.SMTPException, OSError) as error:  # TLS and names that are not found among them
        raise MailError(f"{to.host}, port {to.port}: {_said(0, str(error))}") from None


def _open(to: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if to.encrypted:
        opened: smtplib.SMTP = smtplib.SMTP_SSL(to.host, to.port, timeout=TIMEOUT_S, context=context)
    else:
        opened = smtplib.SMTP(to.host, to.port, timeout=TIMEOUT_S)
    try:
        opened.ehlo_or_helo_if_needed()
        if not to.encrypted and opened.has_extn("starttls"):
            opened.starttls(context=context)
            opened.ehlo_or_helo_if_needed()
        elif not to.encrypted and not to.local:
            raise MailError(f"{to.host} offers no encryption, so that scores could be read on the way: nothing is sent")
        if to.user and to.password:
            opened.login(to.user, to.password)
    except BaseException:
        opened.close()
        raise
    return opened


def _said(code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return f"{code or ''} {words}".strip()
