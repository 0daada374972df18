#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

// What both sides say to each other: an order with its words and descriptors, and one answer.

enum { order_start = 1, order_status = 2, order_reap = 3 };

struct order {
  int32_t kind;
  pid_t pid;
  /// Of the words behind it, each with a NUL at its end: path, folder if there is one, arguments, variables.
  uint64_t size;
  uint32_t arguments, variables;
  int32_t has_folder, group, death_signal, apart;
  uint64_t descriptors;
};

struct answer {
  /// As the call of the same name gives it.
  int32_t result;
  int32_t stage, error;
  pid_t pid;
  struct csys_end end;
};

static int read_all(int stream, void *buffer, size_t size) {
  char *place = buffer;
  while (size > 0) {
    ssize_t count = read(stream, place, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return -1;
    place += count;
    size -= (size_t)count;
  }
  return 0;
}

static int write_all(int stream, const void *buffer, size_t size) {
  const char *place = buffer;
  while (size > 0) {
    ssize_t count = send(stream, place, size, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return -1;
    place += count;
    size -= (size_t)count;
  }
  return 0;
}

// --- Our side -----------------------------------------------------------------------------------------------------

static int give_order(int stream, const struct order *order, const int streams[3], const char *words,
                      struct answer *answer) {
  union {
    char bytes[CMSG_SPACE(3 * sizeof(int))];
    struct cmsghdr header;
  } control;
  struct iovec part = {.iov_base = (void *)order, .iov_len = sizeof *order};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  if (streams) {
    memset(&control, 0, sizeof control);
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(3 * sizeof(int));
    memcpy(CMSG_DATA(header), streams, 3 * sizeof(int));
  }
  ssize_t count;
  do count = sendmsg(stream, &message, MSG_NOSIGNAL);
  while (count < 0 && errno == EINTR);
  if (count != (ssize_t)sizeof *order) return -1;
  if (order->size && write_all(stream, words, order->size) < 0) return -1;
  return read_all(stream, answer, sizeof *answer);
}

static size_t measure(char *const *words, uint32_t *count) {
  size_t size = 0;
  for (*count = 0; words[*count]; ++*count) size += strlen(words[*count]) + 1;
  return size;
}

static char *put(char *place, const char *word) {
  size_t size = strlen(word) + 1;
  memcpy(place, word, size);
  return place + size;
}

int csys_guardian_start(int stream, const struct csys_program *program, struct csys_started *started) {
  *started = (struct csys_started){.pid = -1, .pidfd = -1, .stage = CSYS_STAGE_CLONE, .error = EPIPE};
  struct order order = {
      .kind = order_start,
      .has_folder = program->folder != NULL,
      .group = program->group,
      .death_signal = program->death_signal,
      .apart = program->apart,
      .descriptors = program->descriptors,
  };
  order.size = strlen(program->path) + 1 + (program->folder ? strlen(program->folder) + 1 : 0);
  order.size += measure(program->arguments, &order.arguments);
  order.size += measure(program->environment, &order.variables);
  char *words = malloc(order.size);
  if (!words) {
    started->error = ENOMEM;
    return -1;
  }
  char *place = put(words, program->path);
  if (program->folder) place = put(place, program->folder);
  for (uint32_t i = 0; i < order.arguments; i++) place = put(place, program->arguments[i]);
  for (uint32_t i = 0; i < order.variables; i++) place = put(place, program->environment[i]);
  struct answer answer;
  int result = give_order(stream, &order, program->streams, words, &answer);
  free(words);
  if (result < 0) return -1;
  started->stage = answer.stage;
  started->error = answer.error;
  if (answer.result < 0) return -1;
  started->pid = answer.pid;
  // It keeps its number until the guardian is told to reap it.
  started->pidfd = csys_pidfd(answer.pid);
  return 0;
}

int csys_guardian_status(int stream, pid_t pid, struct csys_end *end) {
  struct order order = {.kind = order_status, .pid = pid};
  struct answer answer;
  if (give_order(stream, &order, NULL, NULL, &answer) < 0) return -1;
  *end = answer.end;
  return answer.result;
}

int csys_guardian_reap(int stream, pid_t pid) {
  struct order order = {.kind = order_reap, .pid = pid};
  struct answer answer;
  return give_order(stream, &order, NULL, NULL, &answer) < 0 ? -1 : answer.result;
}

// --- The guardian's side: no Swift, no other threads, and nothing of the C library that takes locks ----------------

enum { most_programs = 65536 };

static pid_t programs[most_programs];
static int program_count;

static int place_of(pid_t pid) {
  int place = 0;
  while (place < program_count && programs[place] != pid) place++;
  return place;
}

/// Fills `pids` with the children of this process, ended or not; -1 where the system does not list them.
static int list_children(pid_t *pids, int most) {
  static char text[1 << 16];
  int file = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  size_t size = 0;
  ssize_t count;
  while (size < sizeof text && (count = read(file, text + size, sizeof text - size)) > 0) size += (size_t)count;
  close(file);
  int found = 0;
  pid_t pid = 0;
  for (size_t i = 0; i < size && found < most; i++) {
    if (text[i] >= '0' && text[i] <= '9') {
      pid = pid * 10 + (text[i] - '0');
    } else if (pid) {
      pids[found++] = pid;
      pid = 0;
    }
  }
  return found;
}

static pid_t children[4096];

/// Reaps those who were adopted and have ended; a program is reaped when that is asked for.
static void reap_adopted(void) {
  int count = list_children(children, 4096);
  for (int i = 0; i < count; i++)
    if (place_of(children[i]) == program_count) waitpid(children[i], NULL, WNOHANG);
}

/// Kills all that is left of what programs have started, whoever it has become a child of: when a parent ends, its children are
/// this process's.
static void end_all(void) {
  for (int i = 0; i < program_count; i++) kill(-programs[i], SIGKILL);
  for (int round = 0; round < 500; round++) {
    int count = list_children(children, 4096);
    for (int i = 0; i < count; i++) kill(children[i], SIGKILL);
    pid_t ended;
    while ((ended = waitpid(-1, NULL, WNOHANG)) > 0) {}
    if (ended < 0 && errno == ECHILD) return;
    poll(NULL, 0, round < 10 ? 1 : 10);
  }
}

static void start(const struct order *order, char *words, int streams[3], struct answer *answer) {
  char **pointers = (char **)(words + ((order->size + 15) & ~(uint64_t)15));
  char *place = words;
  struct csys_program program = {
      .path = place,
      .streams = {streams[0], streams[1], streams[2]},
      .group = order->group,
      .death_signal = order->death_signal,
      .descriptors = order->descriptors,
      .apart = order->apart,
  };
  place += strlen(place) + 1;
  if (order->has_folder) {
    program.folder = place;
    place += strlen(place) + 1;
  }
  program.arguments = pointers;
  for (uint32_t i = 0; i < order->arguments; i++, place += strlen(place) + 1) *pointers++ = place;
  *pointers++ = NULL;
  program.environment = pointers;
  for (uint32_t i = 0; i < order->variables; i++, place += strlen(place) + 1) *pointers++ = place;
  *pointers = NULL;
  struct csys_started started;
  answer->result = csys_start(&program, &started);
  answer->stage = started.stage;
  answer->error = started.error;
  answer->pid = started.pid;
  if (answer->result < 0) return;
  if (started.pidfd >= 0) close(started.pidfd);
  programs[program_count++] = started.pid;
}

/// Reads an order and carries it out; false when no more come.
static bool obey(int stream) {
  struct order order;
  union {
    char bytes[CMSG_SPACE(3 * sizeof(int))];
    struct cmsghdr header;
  } control;
  struct iovec part = {.iov_base = &order, .iov_len = sizeof order};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  ssize_t count;
  do count = recvmsg(stream, &message, MSG_WAITALL | MSG_CMSG_CLOEXEC);
  while (count < 0 && errno == EINTR);
  if (count != (ssize_t)sizeof order) return false;
  int streams[3] = {-1, -1, -1};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  bool has_streams = header && header->cmsg_type == SCM_RIGHTS && header->cmsg_len == CMSG_LEN(3 * sizeof(int));
  if (has_streams) memcpy(streams, CMSG_DATA(header), sizeof streams);

  struct answer answer = {.result = -1, .stage = CSYS_STAGE_CLONE, .error = EAGAIN, .pid = -1};
  if (order.kind == order_start) {
    size_t size = ((order.size + 15) & ~(uint64_t)15) + (order.arguments + order.variables + 2) * sizeof(char *);
    char *words = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    // Without room for the words, the two sides would not understand each other any more.
    if (words == MAP_FAILED || read_all(stream, words, order.size) < 0) return false;
    if (has_streams && program_count < most_programs) start(&order, words, streams, &answer);
    else if (!has_streams) answer.error = EMFILE;
    munmap(words, size);
    for (int i = 0; i < 3; i++) if (streams[i] >= 0) close(streams[i]);
  } else if (order.kind == order_status) {
    answer.result = csys_ended(order.pid, &answer.end);
  } else if (order.kind == order_reap) {
    int place = place_of(order.pid);
    if (place < program_count) programs[place] = programs[--program_count];
    answer.result = csys_reap(order.pid);
  }
  return write_all(stream, &answer, sizeof answer) == 0;
}

static _Noreturn void guard(int stream) {
  // Whoever is left behind by a parent that ends becomes a child of this process.
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  signal(SIGCHLD, SIG_DFL);
  sigset_t of_children;
  sigemptyset(&of_children);
  sigaddset(&of_children, SIGCHLD);
  int ends = signalfd(-1, &of_children, SFD_NONBLOCK | SFD_CLOEXEC);
  for (;;) {
    struct pollfd waits[2] = {{.fd = stream, .events = POLLIN}, {.fd = ends, .events = POLLIN}};
    if (poll(waits, ends < 0 ? 1 : 2, -1) < 0) continue;
    if (waits[1].revents) {
      struct signalfd_siginfo told;
      while (read(ends, &told, sizeof told) > 0) {}
      reap_adopted();
    }
    if (waits[0].revents && !obey(stream)) break;
  }
  end_all();
  for (;;) syscall(SYS_exit_group, 0);
}

pid_t csys_guard(int stream) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  pid_t pid = (pid_t)syscall(SYS_clone, (unsigned long)SIGCHLD, 0, 0, 0, 0);
  if (pid != 0) {
    int error = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return pid;
  }
  // Signals stay blocked: it ends when its stream does, and no sooner. It stays in our session, for programs that keep the
  // terminal, and in our folder, which paths are relative to.
  setpgid(0, 0);
  prctl(PR_SET_NAME, "kamaelia-guard", 0, 0, 0);
  if (stream != 0) dup2(stream, 0);
  if (syscall(SYS_close_range, 1, ~0U, 0) < 0)
    for (int descriptor = 1; descriptor < 65536; descriptor++) close(descriptor);
  guard(0);
}

int csys_pair(int ends[2]) { return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends); }

int csys_signal_pidfd(int pidfd, int number) { return (int)syscall(424 /* pidfd_send_signal */, pidfd, number, NULL, 0); }
