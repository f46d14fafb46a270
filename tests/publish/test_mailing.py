"""Handing back by mail, with a real server on this machine: everybody gets their own pages, and nobody gets them twice."""

import email
import email.policy
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from grader.collect.opened import Folder
from grader.manifest.course import load_course
from grader.publish.class_list import Contact, write_contacts
from grader.publish.feedback import Around, page
from grader.publish.mailing import MailError, address, server
from tests.command import grader
from tests.gradebook_writer import graded

COURSE = load_course()
# Between two programs on one machine a password needs no encryption; the server warns of it all the same.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
LEARNERS = ("learner-001", "learner-002", "learner-003")


class Inbox:
    """What a mail server has taken; it may refuse somebody, or kill whoever sends when it has taken some mails."""

    def __init__(self):
        self.mails, self.refuses, self.kill, self.after = [], "", None, 0

    async def handle_RCPT(self, *asked):  # noqa: N802
        *_, envelope, to, _ = asked
        if to == self.refuses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, *asked):  # noqa: N802
        *_, envelope = asked
        self.mails.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=email.policy.SMTP)))
        if self.kill is not None and len(self.mails) == self.after:
            os.kill(self.kill(), signal.SIGKILL)
        return "250 taken"

    @property
    def to(self):
        return [whom for whom, _ in self.mails]


class Running(Controller):
    """A server at whatever port is free."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def inbox(request):
    """Return the inbox of a server that runs, with its address."""
    taken = Inbox()

    def authenticated(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (b"teacher@example.org", b"right"), handled=False)

    running = Running(
        taken,
        hostname="127.0.0.1",
        port=0,
        authenticator=authenticated,
        auth_required=True,
        auth_require_tls=False,
        **getattr(request, "param", {}),
    )
    running.start()
    taken.url = f"smtp://teacher%40example.org@127.0.0.1:{running.port}"
    yield taken
    running.stop()


@pytest.fixture
def out(tmp_path, monkeypatch):
    """Return an OUT of three learners, the class list of which has their addresses, and one whom it does not have."""
    monkeypatch.setenv("GRADER_SMTP_PASSWORD", "right")
    folder = tmp_path / "out"
    (folder / ".grader").mkdir(parents=True)
    for learner in (*LEARNERS, "stranger"):
        _write(folder, learner, "first")
    contacts = {learner: Contact(f"Name of {learner}, Ä", f"{learner}@example.org") for learner in LEARNERS}
    with Folder(folder) as opened:
        write_contacts(opened, contacts)
    return folder


def _write(out, learner, note):
    _, report = graded(learner, notes=(note,))
    for place, text in (
        (f"reports/{learner}/update_rule.json", report.to_json()),
        (f"feedback/{learner}/update_rule.html", page(report, COURSE.by_slug["update_rule"], "", Around())),
    ):
        (out / place).parent.mkdir(parents=True, exist_ok=True)
        (out / place).write_text(text, encoding="utf-8")


def hand_back(out, inbox=None, *options):
    to = ["--smtp", inbox.url] if inbox is not None else []
    return grader("return", out, "--mail", out.parent / "mails", *to, *options)


def test_each_learner_with_an_address_has_one_mail_ready_and_nothing_is_sent(out, inbox):
    done = hand_back(out)
    assert done.returncode == 0, done.stderr
    assert inbox.mails == []
    assert "no mail address, so no mail: stranger" in done.stderr
    assert sorted(path.name for path in (out.parent / "mails").iterdir()) == [f"{one}.eml" for one in LEARNERS]
    for learner in LEARNERS:
        mail = email.message_from_bytes((out.parent / f"mails/{learner}.eml").read_bytes(), policy=email.policy.default)
        assert [one.addr_spec for one in mail["To"].addresses] == [f"{learner}@example.org"]
        assert mail["To"].addresses[0].display_name == f"Name of {learner}, Ä"
        assert mail["X-Unsent"] == "1"
        assert [part.get_filename() for part in mail.iter_attachments()] == ["02_update_rule.html"]
        (attached,) = mail.iter_attachments()
        assert attached.get_content() == (out / f"feedback/{learner}/update_rule.html").read_text(encoding="utf-8")


def test_again_only_what_is_new_or_changed_is_sent(out, inbox):
    done = hand_back(out, inbox)
    assert (done.returncode, "3 sent by 127.0.0.1" in done.stdout) == (0, True), done.stderr
    assert inbox.to == [[f"{learner}@example.org"] for learner in LEARNERS]
    assert all(mail["From"] == "teacher@example.org" and mail["X-Unsent"] is None for _, mail in inbox.mails)
    assert hand_back(out, inbox).returncode == 0
    assert len(inbox.mails) == 3
    _write(out, "learner-002", "second")
    hand_back(out, inbox)
    assert inbox.to[3:] == [["learner-002@example.org"]]


def test_who_is_refused_is_named_and_tried_again_and_the_others_have_their_mail(out, inbox):
    inbox.refuses = "learner-002@example.org"
    done = hand_back(out, inbox)
    assert done.returncode == 1
    assert "not sent: learner-002: 127.0.0.1 says 550 no such mailbox" in done.stderr
    assert inbox.to == [["learner-001@example.org"], ["learner-003@example.org"]]
    inbox.refuses = ""
    assert hand_back(out, inbox).returncode == 0
    assert inbox.to[2:] == [["learner-002@example.org"]]


@pytest.mark.parametrize("inbox", [{"command_call_limit": {"MAIL": 1, "*": 100}}], indirect=True)
def test_a_server_that_takes_one_mail_over_a_connection_is_called_again_for_the_next(out, inbox):
    done = hand_back(out, inbox)
    assert (done.returncode, inbox.to) == (0, [[f"{learner}@example.org"] for learner in LEARNERS]), done.stderr


def test_after_a_kill_nothing_is_sent_twice_and_who_may_have_their_mail_is_named(out, inbox):
    command = [
        sys.executable,
        "-m",
        "grader",
        "return",
        str(out),
        "--mail",
        str(out.parent / "mails"),
        "--smtp",
        inbox.url,
    ]
    sending = subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.DEVNULL)
    inbox.kill, inbox.after = lambda: sending.pid, 2
    assert sending.wait(60) == -signal.SIGKILL
    assert inbox.to == [["learner-001@example.org"], ["learner-002@example.org"]]
    for _ in range(2):
        done = hand_back(out, inbox)
        assert "perhaps sent when an earlier run was ended, and not sent again: learner-002" in done.stderr
        assert (out.parent / "mails/learner-002.eml").is_file()
        assert inbox.to[2:] == [["learner-003@example.org"]]
    _write(out, "learner-002", "second")
    hand_back(out, inbox)
    assert inbox.to[3:] == [["learner-002@example.org"]]


def test_a_wrong_password_a_server_that_is_not_there_and_an_address_that_is_none_end_in_one_line(
    out, inbox, monkeypatch
):
    for url, password, status, said in (
        (inbox.url, "wrong", 1, "does not let teacher@example.org in"),
        (inbox.url, "", 2, "no password for teacher@example.org: set GRADER_SMTP_PASSWORD"),
        ("smtp://127.0.0.1:9", "right", 2, "not known whom the mails are from"),
        ("smtp://a%40b.example@127.0.0.1:9", "right", 1, "127.0.0.1, port 9"),
        ("smtp://a:secret@localhost", "right", 2, "the address contains a password"),
        ("localhost:25", "right", 2, "no address of a mail server"),
    ):
        monkeypatch.setenv("GRADER_SMTP_PASSWORD", password)
        done = grader("return", out, "--mail", out.parent / "mails", "--smtp", url)
        assert (done.returncode, said in done.stderr, "secret" in done.stderr) == (status, True, False), done.stderr
    done = hand_back(out, inbox, "--sender", "nobody")
    assert (done.returncode, "--sender nobody: no mail address" in done.stderr) == (2, True)
    assert inbox.mails == []


def test_the_password_may_be_in_a_file(out, inbox, monkeypatch, tmp_path):
    monkeypatch.delenv("GRADER_SMTP_PASSWORD")
    (tmp_path / "password").write_text("right\n", encoding="utf-8")
    assert hand_back(out, inbox, "--password-file", tmp_path / "password").returncode == 0
    assert len(inbox.mails) == 3


def test_scores_go_over_no_open_line_but_to_this_machine():
    assert server("smtp://localhost").local
    assert server("smtp://127.0.0.1:25").local
    assert not server("smtp://mail.example.org").local
    assert (server("smtps://mail.example.org").port, server("smtp://mail.example.org").port) == (465, 587)
    with pytest.raises(MailError):
        server("smtp://mail.example.org:x")


def test_what_is_no_address_is_none_and_a_name_adds_no_line_to_a_mail():
    assert address("") is address("nobody") is address("a@b\nBcc: c@d") is address("a@b", "x\r\nBcc: c@d") is None
    assert str(address("a@b.example", "Family, Given")) == '"Family, Given" <a@b.example>'
