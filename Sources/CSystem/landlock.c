#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// The header of the system may be older than its kernel.
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

enum { create_version = 1, rule_path_beneath = 1, rule_net_port = 2, net_bind = 1, net_connect = 2, scope_all = 3 };

// Execute, write, read, truncate, and ioctl of devices: rights that files have.
enum { of_files = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15 };

struct ruleset {
  uint64_t files, net, scopes;
};

struct __attribute__((packed)) path_beneath {
  uint64_t allowed;
  int32_t place;
};

struct net_port {
  uint64_t allowed, port;
};

static uint64_t known_rights(int version) {
  int count = version < 2 ? 13 : version < 3 ? 14 : version < 5 ? 15 : 16;
  return ((uint64_t)1 << count) - 1;
}

int csys_landlock_version(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, create_version);
  return version < 0 ? 0 : (int)version;
}

int csys_landlock_begin(int version, bool bind, bool connect) {
  struct ruleset ruleset = {.files = known_rights(version)};
  if (version >= 4) ruleset.net = (bind ? net_bind : 0) | (connect ? net_connect : 0);
  if (version >= 6) ruleset.scopes = scope_all;
  size_t size = version < 4 ? 8 : version < 6 ? 16 : 24;
  return (int)syscall(SYS_landlock_create_ruleset, &ruleset, size, 0);
}

int csys_landlock_allow_files(int rules, int version, int place, uint64_t rights) {
  struct stat facts;
  if (fstat(place, &facts) < 0) return -1;
  struct path_beneath rule = {.allowed = rights & known_rights(version), .place = place};
  if (!S_ISDIR(facts.st_mode)) rule.allowed &= of_files;
  if (rule.allowed == 0) return 0;
  long result = syscall(SYS_landlock_add_rule, rules, rule_path_beneath, &rule, 0);
  // What is in no file system, such as a pipe without a name, is not ruled.
  return result < 0 && errno == EBADFD ? 0 : (int)result;
}

int csys_landlock_allow_port(int rules, bool bind, uint16_t port) {
  struct net_port rule = {.allowed = bind ? net_bind : net_connect, .port = port};
  return (int)syscall(SYS_landlock_add_rule, rules, rule_net_port, &rule, 0);
}

int csys_hide(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

int csys_landlock_enter(int rules) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return -1;
  return (int)syscall(SYS_landlock_restrict_self, rules, 0);
}
