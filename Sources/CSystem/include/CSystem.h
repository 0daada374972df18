// What Swift cannot say to the system itself: macros, packed and variadic interfaces, and the few lines between clone
// and exec, where nothing may allocate and no Swift code may run.
//
// Every function here is a thin layer; policy is in KamaeliaIO. Functions that fail give -1 and set errno, unless
// their comment says otherwise.
#ifndef CSYSTEM_H
#define CSYSTEM_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/inotify.h>
#include <sys/types.h>

#include "CSandbox.h"
#include "CSockets.h"

#ifdef __cplusplus
extern "C" {
#endif

// --- Words for errors ---------------------------------------------------------------------------------------------

/// The system's words for an error number; never NULL, never to be freed, the same in every locale.
const char *csys_error_text(int number);

/// The name of a signal without `SIG`, such as "TERM"; NULL for a number that is none.
const char *csys_signal_name(int number);

// --- Memory -------------------------------------------------------------------------------------------------------

/// Keeps so many freed bytes at the end of the heap, and blocks up to `largest` bytes in it. False where that cannot be.
bool csys_keep_freed_memory(int kept, int largest);

/* Gives all memory that is free back to the system. */
void csys_return_freed_memory(void);

// --- Readiness ----------------------------------------------------------------------------------------------------

/// One descriptor that epoll found ready.
struct csys_ready {
  uint64_t token;
  bool readable;
  bool writable;
  /// The other end is gone, or the descriptor is in error; both directions should be tried once more.
  bool hung_up;
};

/// A new epoll descriptor, closed on exec.
int csys_epoll_create(void);

/// Asks for one report of `descriptor` (EPOLLONESHOT), adding it to the set if `add` is true.
int csys_epoll_arm(int epoll, int descriptor, bool add, bool reading, bool writing, uint64_t token);

/// Takes `descriptor` out of the set.
int csys_epoll_remove(int epoll, int descriptor);

/// Takes at most `limit` (1...64) reports, for which it waits so many milliseconds at most, and says how many there were.
int csys_epoll_take(int epoll, struct csys_ready *reports, int limit, int milliseconds);

// --- Threads ------------------------------------------------------------------------------------------------------

/// Names the calling thread as the system shows it; what is longer than 15 bytes is cut off.
void csys_name_thread(const char *name);

/// The system's number for the calling thread.
pid_t csys_thread_number(void);

/// Lets all other threads go before this one of the process's.
void csys_lower_priority(pid_t thread);

// --- Programs -----------------------------------------------------------------------------------------------------

/// Which process group a program gets.
enum csys_group {
  /// Its parent's.
  CSYS_GROUP_SAME = 0,
  /// One of its own, in its parent's session: it keeps the terminal.
  CSYS_GROUP_OWN = 1,
  /// A session of its own, and so a group of its own and no terminal.
  CSYS_GROUP_SESSION = 2,
};

/// What was being done when a program could not be started.
enum csys_stage {
  CSYS_STAGE_CLONE = 0,
  CSYS_STAGE_GROUP = 1,
  CSYS_STAGE_STREAMS = 2,
  CSYS_STAGE_FOLDER = 3,
  CSYS_STAGE_EXEC = 4,
};

/// How to start a program.
struct csys_program {
  /// The file to run; it is not looked for in PATH.
  const char *path;
  /// Its arguments, the name first, NULL at the end.
  char *const *arguments;
  /// Its environment, NULL at the end.
  char *const *environment;
  /// The folder it starts in; NULL for its parent's.
  const char *folder;
  /// What becomes its descriptors 0, 1 and 2.
  int streams[3];
  /// One of `csys_group`.
  int group;
  /// Sent to it when the calling thread ends (PR_SET_PDEATHSIG); 0 for none.
  int death_signal;
  /// Its soft limit of descriptors; 0 for its parent's.
  uint64_t descriptors;
  /// Whether it is kept from looking into its parent and into other programs, and from sending them signals, where the kernel has
  /// Landlock; only for processes that have given up the right to get more of them.
  bool apart;
};

/// What came of it.
struct csys_started {
  /// -1 if it was not started.
  pid_t pid;
  /// A descriptor that becomes readable when it ends; -1 on a kernel before 5.2.
  int pidfd;
  /// If not started: one of `csys_stage`, and why.
  int stage;
  int error;
};

/// Starts a program and returns when it runs, or when it is known that it cannot.
///
/// The child shares the parent's memory until exec, with the calling thread held (vfork's way): starting costs the
/// same however large the parent is, and a failure is reported without a pipe. In the child all signals have their
/// default action and none is blocked, and no descriptor but 0, 1 and 2 is open. The calling thread must live as
/// long as the child should, since `death_signal` is tied to the thread and not to the process: see prctl(2).
///
/// Returns 0, or -1 with `stage` and `error` set; errno is not.
int csys_start(const struct csys_program *program, struct csys_started *started);

/// How a process ended.
struct csys_end {
  /// True if it called exit; false if a signal ended it.
  bool exited;
  /// The exit status or the number of the signal.
  int number;
};

/// Says whether process `pid` has ended: 1 with `end` set, 0 if it runs. The process is kept as a zombie, so its
/// number stays its own, until `csys_reap`.
int csys_ended(pid_t pid, struct csys_end *end);

/// As `csys_ended`, but waits for the end.
int csys_wait(pid_t pid, struct csys_end *end);

/// Gives the number of an ended process back to the system.
int csys_reap(pid_t pid);

/// A descriptor that becomes readable when process `pid` ends, closed on exec; ENOSYS before Linux 5.3.
int csys_pidfd(pid_t pid);

/// Sends a signal to the process that `pidfd` stands for; ESRCH where it has ended.
int csys_signal_pidfd(int pidfd, int number);

// The guardian starts programs for us, so that it is their parent and, as a subreaper, becomes that of all that they leave behind.
// When the other end of its stream is closed, as happens whatever ends this process, it kills them all, and ends when none is left.

/// Forks the guardian, which reads orders from `stream`, one of two connected sockets. It holds no other descriptor. Returns its
/// pid.
///
/// It is forked rather than cloned with shared memory, since a crash that dumps core ends all who share memory.
pid_t csys_guard(int stream);

/// As `csys_start`, by the guardian at the other end of `stream`; the program's `pidfd` is this process's. EPIPE where there is
/// no guardian any more.
int csys_guardian_start(int stream, const struct csys_program *program, struct csys_started *started);

/// As `csys_ended`, of a program that the guardian has started; -1 where there is no guardian any more.
int csys_guardian_status(int stream, pid_t pid, struct csys_end *end);

/// As `csys_reap`, of a program that the guardian has started.
int csys_guardian_reap(int stream, pid_t pid);

/// Two connected sockets, closed on exec.
int csys_pair(int ends[2]);

/// A pipe, both ends blocking and closed on exec; the end to read from first.
int csys_pipe(int ends[2]);

/// How many bytes of a pipe nobody has read yet; either end may ask, also when the other one is closed. -1 with errno.
int csys_unread(int pipe);

// --- Files --------------------------------------------------------------------------------------------------------

/// O_PATH, which Swift does not see: a place in the tree, neither for reading nor for writing.
static const int csys_place_only = 010000000;

/// O_TMPFILE, which is to be joined with O_DIRECTORY: a file without a name in a folder.
static const int csys_unnamed = 020000000;
/// SEEK_DATA: the next place at which a file is no hole.
static const int csys_seek_data = 3;

/// Opens `path` below the folder `root` with openat2 and RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS, closed on exec.
/// EXDEV if it leads out; ENOSYS where the kernel lacks openat2.
int csys_open_beneath(int root, const char *path, uint64_t flags, uint64_t mode);

/// Whether `descriptor` is the master's side of a pseudo-terminal, which must not be opened anew.
bool csys_is_terminal_master(int descriptor);

/// Columns and rows of a terminal; -1 if it is none.
int csys_terminal_size(int descriptor, int *columns, int *rows);

// --- Signals ------------------------------------------------------------------------------------------------------

/// From now on, writes the number of `signal` as one byte to `stream` whenever it comes; `stream` must not block.
/// A byte that finds no room is dropped: the reader has plenty to read then.
int csys_signal_to(int signal, int stream);

/// Whether `signal` is ignored.
bool csys_signal_is_ignored(int signal);

/// Gives `signal` its default action back.
int csys_signal_default(int signal);

/// Ignores `signal`.
int csys_signal_ignore(int signal);

/// A pointer that each thread has for itself; NULL at first.
void *csys_thread_value(void);
void csys_set_thread_value(void *value);

#ifdef __cplusplus
}
#endif
#endif
