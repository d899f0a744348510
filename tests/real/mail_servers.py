"""Private instances of Dovecot and Postfix in a folder of their own, on free ports of loopback.

The office `sac@augstskola.example` has a mailbox; what is sent to `sac+sent…@` lands in its folder
`sent`, any other plus-address in its INBOX. Every address of `lasitaji.example` is accepted into
one Maildir; `neviens@augstskola.example` is unknown (5xx) and `aiznemts@augstskola.example` busy
(4xx).
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template

from tests.programs import HOST, absent, free_port, program, running

# The mail's owner: any user who is neither root nor one of the servers' own.
_OWNER = 65534


@dataclass(frozen=True, slots=True)
class Dovecot:
    """The office's mailbox by IMAP, and the Maildir that it is read from."""

    host: str
    port: int
    user: str
    password: str
    maildir: Path
    sent_folder: str
    auth_port: int


@dataclass(frozen=True, slots=True)
class Postfix:
    """Submission with the office's password, and the Maildir of all other recipients."""

    host: str
    port: int
    user: str
    password: str
    office: str
    sent: str
    readers_domain: str
    readers_maildir: Path
    unknown: str
    busy: str


_DOVECOT = Template("""
base_dir = $folder/run
state_dir = $folder/state
log_path = $folder/dovecot.log
protocols = imap
listen = $host
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:$maildir
mail_uid = $owner
mail_gid = $owner
first_valid_uid = $owner
last_valid_uid = $owner
first_valid_gid = $owner
passdb {
  driver = passwd-file
  args = scheme=PLAIN $folder/users
}
userdb {
  driver = static
  args = uid=$owner gid=$owner home=$folder/mail
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox sent {
    auto = subscribe
  }
}
service imap-login {
  inet_listener imap {
    port = $port
  }
  inet_listener imaps {
    port = 0
  }
}
# No waiting after a wrong password either.
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  inet_listener sasl {
    address = $host
    port = $auth_port
  }
}
""")

_MAIN_CF = Template(r"""
compatibility_level = 3.6
queue_directory = $folder/queue
data_directory = $folder/data
maillog_file = $folder/postfix.log
maillog_file_prefixes = $folder
myhostname = mx.augstskola.example
mydestination =
mynetworks =
inet_interfaces = $host
inet_protocols = ipv4
alias_maps =
local_transport = error:no local delivery
virtual_mailbox_domains = augstskola.example, lasitaji.example
virtual_mailbox_base = $folder/mail
virtual_mailbox_maps = regexp:$folder/mailboxes
virtual_uid_maps = static:$owner
virtual_gid_maps = static:$owner
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:$host:$auth_port
smtpd_sasl_security_options = noanonymous
smtpd_tls_security_level = none
smtpd_recipient_restrictions =
  check_recipient_access inline:{{ aiznemts@augstskola.example = 450 4.2.1 Mailbox busy }},
  reject_unlisted_recipient, permit_sasl_authenticated, reject
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
default_transport = error:nothing leaves this machine
""")

_MASTER_CF = Template("""
$port     inet n - n - - smtpd
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
error     unix - - n - - error
retry     unix - - n - - error
proxymap  unix - - n - - proxymap
anvil     unix - - n - 1 anvil
postlog   unix-dgram n - n - 1 postlogd
virtual   unix - n n - - virtual
""")

_MAILBOXES = r"""
/^aiznemts@augstskola\.example$/            office/
/^sac\+sent[^@]*@augstskola\.example$/      office/.sent/
/^sac(\+[^@]*)?@augstskola\.example$/       office/
/@lasitaji\.example$/                       readers/
"""

_USER, _PASSWORD = "sac@augstskola.example", "parole-tikai-testam"


@contextmanager
def dovecot(folder: Path) -> Iterator[Dovecot]:
    """Dovecot for the one office user; its processes run as the package's own users."""
    binary = program("dovecot")
    if os.geteuid() != 0:
        absent("Dovecot and Postfix start only as root")
    maildir = folder / "mail" / "office"
    for each in (folder / "mail", maildir, folder / "mail" / "readers"):
        each.mkdir()
        os.chown(each, _OWNER, _OWNER)
    server = Dovecot(HOST, free_port(), _USER, _PASSWORD, maildir, "sent", free_port())
    (folder / "users").write_text(f"{_USER}:{{PLAIN}}{_PASSWORD}\n")
    (folder / "dovecot.conf").write_text(
        _DOVECOT.substitute(
            folder=folder,
            host=HOST,
            maildir=maildir,
            owner=_OWNER,
            port=server.port,
            auth_port=server.auth_port,
        )
    )
    command = [binary, "-F", "-c", str(folder / "dovecot.conf")]
    with running(command, server.port, folder / "dovecot.log"):
        yield server


@contextmanager
def postfix(folder: Path, mailbox: Dovecot) -> Iterator[Postfix]:
    """Postfix with a queue of its own; logins are checked by that Dovecot."""
    configuration = folder / "postfix"
    for each in (configuration, folder / "queue", folder / "data"):
        each.mkdir()
    shutil.chown(folder / "data", "postfix")
    server = Postfix(
        host=HOST,
        port=free_port(),
        user=mailbox.user,
        password=mailbox.password,
        office="sac@augstskola.example",
        sent="sac+sent@augstskola.example",
        readers_domain="lasitaji.example",
        readers_maildir=folder / "mail" / "readers",
        unknown="neviens@augstskola.example",
        busy="aiznemts@augstskola.example",
    )
    (folder / "mailboxes").write_text(_MAILBOXES)
    (configuration / "main.cf").write_text(
        _MAIN_CF.substitute(folder=folder, host=HOST, owner=_OWNER, auth_port=mailbox.auth_port)
    )
    (configuration / "master.cf").write_text(_MASTER_CF.substitute(port=server.port))
    # `postfix start-fg` would leave the master in a session of its own; this one is our child.
    subprocess.run([program("postfix"), "-c", str(configuration), "check"], check=True)
    command = [program("master"), "-c", str(configuration), "-d"]
    with running(command, server.port, folder / "postfix.log"):
        yield server
