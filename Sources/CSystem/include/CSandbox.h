#ifndef CSANDBOX_H
#define CSANDBOX_H

#include <stdbool.h>
#include <stdint.h>

// What a process gives up for good, for itself and for all that it starts. All of it is the calling thread's and is
// inherited by the threads and processes that it starts afterwards, so it is to be done while there is one thread.

#ifdef __cplusplus
extern "C" {
#endif

/// The version of Landlock that the kernel has, 0 for none.
int csys_landlock_version(void);

/// A set of rules under which nothing is allowed yet; -1 with errno.
///
/// Rights to files are the kernel's numbers (landlock(7)); those that `version` does not know are left free.
/// `bind` and `connect` say whether ports of TCP are ruled as well, from version 4 on. From version 6 on, signals to
/// processes outside and abstract sockets of theirs are refused.
int csys_landlock_begin(int version, bool bind, bool connect);

/// Allows `rights` to what `place`, a descriptor, stands for and to all below it. Rights that only folders have are
/// passed over for a file. What is in no file system, such as a pipe without a name, needs no rule and gets none.
int csys_landlock_allow_files(int rules, int version, int place, uint64_t rights);

/// Allows a port of TCP.
int csys_landlock_allow_port(int rules, bool bind, uint16_t port);

/// Puts the rules in force, and takes from exec the power to give more rights (PR_SET_NO_NEW_PRIVS).
int csys_landlock_enter(int rules);

/// Keeps others of the same user from looking into this process and from tracing it, and its memory out of core files.
int csys_hide(void);

/// Calls that are refused.
struct csys_refused {
  /// To start a program.
  bool programs;
  /// To make a socket of that kind; all other kinds but netlink are always refused.
  bool tcp, udp, unix_sockets;
  /// To take connections.
  bool listening;
  /// To change whose files are and who may use them, which Landlock does not rule.
  bool attributes;
};

/// Refuses calls of the system with EACCES (seccomp(2)); what would get around rules for files and sockets is
/// always refused. Sets PR_SET_NO_NEW_PRIVS. ENOSYS where the machine's calls are not known here.
int csys_refuse_calls(const struct csys_refused *refused);

#ifdef __cplusplus
}
#endif
#endif
