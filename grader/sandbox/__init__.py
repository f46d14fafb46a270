"""Stage 2, the sandbox: where learners' code runs, and the one way to it.

In: a submission's code. Out: a `Session`, which loads it and answers calls with plain data within its limits.

Theory of operation
===================

Processes. `grade` starts one *grading process* for each job. It holds the checks, and it starts one *template*: a fresh
interpreter, exec'd with a bare command line and an empty environment, which has imported NumPy and nothing of the
checks; and a second, which has SymPy too, where an exercise or a submission names it, because that one takes longer to
start and to fork. For each submission a template forks a *worker*, which locks itself, then runs the learner's module.

    grading process ──control socket──▶ template ──fork──▶ worker
          │                                                  ▲
          └────────────────────── wire ──────────────────────┘

Who trusts whom. The grading process trusts the template, because no learner's byte is ever read in it. Nobody trusts
a worker. It can answer whatever it likes; an answer is a claim about a value, and the grading process compares values.
The few modules that the template needs are sent to it as text, so that it never learns where the kit lives.

Loading. A module is loaded in one request. Where that takes too long or ends the worker, it is loaded again, one request for
each statement, without those at which time ran out (`loading`, on the trusted side). The worker leaves out by itself what
raises (`statements`), and has stand-ins for what draws (`stand_ins`).

Pipes. The control socket carries requests to fork, each with the worker's end of a new wire, and to reap. The worker's
first words on the wire are its number, before anything of the learner's runs. The grading process opens a pidfd of it,
and only then may have it reaped: so a kill never hits a stranger. The wire carries frames: four bytes of length, then
msgpack, at most 1 MiB, decoded with bounds (`grader.wire.plain`). One request, one reply. A frame that is malformed, early
or too long ends the worker and costs the learner that check.

The lock, put on in the fork before the learner's first line, in this order (`seal`; the policy is made in `policy`):
 1. it dies with the template (PDEATHSIG), keeps no descriptor but the wire, and standard input, output, error on null;
 2. as root it becomes a user that nobody is, without capabilities, who may still read what root may read;
 3. rlimits: address space, CPU seconds, file size 0, few open files, few threads, no core, no locked memory, no queues;
 4. Landlock: the interpreter's library, the system libraries that it loads, numpy, sympy and mpmath may be read;
    nothing else of the disk can be opened;
    no TCP, no signals or abstract sockets to the outside where the kernel knows these (ABI 4 and 6);
 5. seccomp, an allow-list made by libseccomp: memory, threads, reading, clocks. Everything else is EPERM; foreign
    architectures' entry points kill. Files open for reading only, whatever Landlock says.

Which line holds what (`tests/attacks/` has at least one attack on each):
 - checks, seeds, classmates' files on disk and in /proc: Landlock; in memory: they were never in the template;
 - signals, priorities, limits, affinity of other processes: seccomp (prlimit on oneself, for reading, is all it lets by);
 - what outlives a learner (SysV and POSIX memory, files, xattrs, processes): seccomp, rlimits;
 - bombs: rlimits and the deadline;
 - time: the grading process waits with a deadline for each call and one for each submission, on reads and writes
   alike, and then sends SIGKILL through the pidfd; nothing that the worker does can delay it by more than the fifth of a
   second in which, interrupted by SIGUSR1, it may say where it is (a claim, shown in public checks alone); one whose
   threads take the grading process's core between two requests is stopped (SIGSTOP) until it is asked again;
 - the next learner: has another process, forked from a template in which nothing of the first ever ran.

What it does not stop. A learner may use a core until the deadline, and may learn the inputs of hidden checks, which
have to be in its hands; it cannot get them out, because what it prints or raises in a hidden check is not shown, except
bit by bit through passing and failing. `stat` of any path tells whether it exists. Flaws of the kernel, the hardware's
side channels, and load on the machine are outside its reach.

Without the lock. `Unlocked` runs a learner's own code on their own machine, and is what --unsafe-no-sandbox means: the
same worker in a plain process, with nothing but the time limit. It is all there is on systems other than Linux.
"""

from grader.sandbox.loading import Unanswered
from grader.sandbox.policy import LockUnavailable, lock_name
from grader.sandbox.process import Sandbox, enter_grading_process
from grader.sandbox.session import Session
from grader.sandbox.unlocked import Unlocked

__all__ = [
    "LockUnavailable",
    "Sandbox",
    "Session",
    "Unanswered",
    "Unlocked",
    "enter_grading_process",
    "lock_name",
]
