#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x1000
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

// The child runs on memory of its parent: a sanitizer's bookkeeping must not see two processes in one.
#if defined(__clang__)
#define IN_CHILD __attribute__((no_sanitize("address", "thread", "undefined"), noinline))
#else
#define IN_CHILD __attribute__((noinline))
#endif

struct launch {
  const struct csys_program *program;
  volatile int stage;
  volatile int error;
  pid_t parent;
};

// The C library's clone by its other name: a sanitizer replaces `clone` by one that takes the child for a fork.
extern int __clone(int (*start)(void *), void *stack, int flags, void *argument, ...);

enum { stack_size = 128 * 1024 };

/// Ends the child without what a sanitizer does at an exit, on memory that is the parent's.
static IN_CHILD _Noreturn void leave(int status) {
  for (;;) syscall(SYS_exit_group, status);
}

static IN_CHILD void close_from(unsigned int first) {
  if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
  struct rlimit limit;
  unsigned int end = 65536;
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < end) end = (unsigned int)limit.rlim_cur;
  for (unsigned int descriptor = first; descriptor < end; descriptor++) close((int)descriptor);
}

static IN_CHILD int place_streams(const int wanted[3]) {
  int from[3];
  for (int i = 0; i < 3; i++) {
    from[i] = wanted[i];
    // One that stands on another's place would be overwritten before its turn.
    if (from[i] < 3 && from[i] != i && (from[i] = fcntl(from[i], F_DUPFD, 3)) < 0) return -1;
  }
  for (int i = 0; i < 3; i++) {
    if (from[i] != i) {
      if (dup2(from[i], i) < 0) return -1;
    } else {
      int flags = fcntl(i, F_GETFD);
      if (flags < 0 || fcntl(i, F_SETFD, flags & ~FD_CLOEXEC) < 0) return -1;
    }
  }
  return 0;
}

/// Puts the child under rules of its own, which take nothing that a program needs: what counts is that they are its own, since
/// who is under more rules may not look into, trace or signal those who are under fewer (landlock(7)).
static IN_CHILD void go_apart(void) {
  struct {
    uint64_t files, net, scopes;
  } rules = {0, 0, 0};
  // What lets root look into others all the same: CAP_SYS_PTRACE, CAP_SYS_ADMIN, CAP_PERFMON. It fails for all but root, who
  // have none of them.
  static const int powers[] = {19, 21, 38};
  for (int i = 0; i < 3; i++) prctl(PR_CAPBSET_DROP, powers[i], 0, 0, 0);
  long version = syscall(444 /* landlock_create_ruleset */, NULL, (size_t)0, 1);
  if (version < 1) return;
  // Signals to processes outside; before Linux 6.12, to make block devices, since there must be a rule.
  if (version >= 6) rules.scopes = 1 << 1;
  else rules.files = 1 << 11;
  long made = syscall(444, &rules, version >= 6 ? (size_t)24 : (size_t)8, 0);
  if (made < 0) return;
  syscall(446 /* landlock_restrict_self */, (int)made, 0);
  close((int)made);
}

// Only functions that are safe in a signal handler, from here to exec: signal-safety(7).
static IN_CHILD int child_main(void *argument) {
  struct launch *launch = argument;
  const struct csys_program *program = launch->program;
  // errno belongs to the parent's thread, which is held until exec or exit; it is put back by csys_start.

  // exec resets handlers but not what is ignored, and we ignore SIGPIPE.
  // The kernel's own call, since sigaction leaves out the two signals that the C library keeps for itself; a record
  // of zeros means the default action on every architecture.
  unsigned char standard[64] = {0};
  for (int signal = 1; signal <= 64; signal++) syscall(SYS_rt_sigaction, signal, standard, NULL, (size_t)8);

  launch->stage = CSYS_STAGE_GROUP;
  if (program->group == CSYS_GROUP_SESSION && setsid() < 0) goto failed;
  if (program->group == CSYS_GROUP_OWN && setpgid(0, 0) < 0) goto failed;
  if (program->death_signal) {
    if (prctl(PR_SET_PDEATHSIG, program->death_signal) < 0) goto failed;
    if (getppid() != launch->parent) leave(127);  // it died before we asked to be told
  }

  launch->stage = CSYS_STAGE_STREAMS;
  if (place_streams(program->streams) < 0) goto failed;
  close_from(3);
  if (program->descriptors) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
      limit.rlim_cur = program->descriptors < limit.rlim_max ? program->descriptors : limit.rlim_max;
      setrlimit(RLIMIT_NOFILE, &limit);
    }
  }

  launch->stage = CSYS_STAGE_FOLDER;
  if (program->folder && chdir(program->folder) < 0) goto failed;

  if (program->apart) go_apart();

  launch->stage = CSYS_STAGE_EXEC;
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  execve(program->path, program->arguments, program->environment);

failed:
  launch->error = errno ? errno : EINVAL;
  leave(127);
}

static void reap(pid_t pid) {
  while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
  }
}

int csys_start(const struct csys_program *program, struct csys_started *started) {
  started->pid = -1;
  started->pidfd = -1;
  started->stage = CSYS_STAGE_CLONE;
  started->error = 0;

  void *stack = mmap(NULL, stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) {
    started->error = errno;
    return -1;
  }

  // A handler that ran in the child would run on the parent's memory.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);

  struct launch launch = {.program = program, .stage = CSYS_STAGE_CLONE, .error = 0, .parent = getpid()};
  char *top = (char *)stack + stack_size;
  int flags = CLONE_VM | CLONE_VFORK | SIGCHLD;
  int pidfd = -1;
  pid_t pid = __clone(child_main, top, flags | CLONE_PIDFD, &launch, &pidfd);
  if (pid < 0 && errno == EINVAL) pid = __clone(child_main, top, flags, &launch);
  int clone_error = errno;

  pthread_sigmask(SIG_SETMASK, &before, NULL);
  munmap(stack, stack_size);

  if (pid < 0) {
    started->error = clone_error;
    return -1;
  }
  if (launch.error) {
    reap(pid);
    if (pidfd >= 0) close(pidfd);
    started->stage = launch.stage;
    started->error = launch.error;
    return -1;
  }
  started->pid = pid;
  started->pidfd = pidfd;
  return 0;
}

static int look(pid_t pid, struct csys_end *end, int options) {
  siginfo_t info;
  info.si_pid = 0;
  int result;
  do result = waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT | options);
  while (result < 0 && errno == EINTR);
  if (result < 0) return -1;
  if (info.si_pid == 0) return 0;
  end->exited = info.si_code == CLD_EXITED;
  end->number = info.si_status;
  return 1;
}

int csys_ended(pid_t pid, struct csys_end *end) { return look(pid, end, WNOHANG); }

int csys_wait(pid_t pid, struct csys_end *end) { return look(pid, end, 0); }

int csys_reap(pid_t pid) {
  pid_t result;
  do result = waitpid(pid, NULL, 0);
  while (result < 0 && errno == EINTR);
  return result < 0 ? -1 : 0;
}

int csys_unread(int pipe) {
  int count = 0;
  return ioctl(pipe, FIONREAD, &count) < 0 ? -1 : count;
}

int csys_pidfd(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }
