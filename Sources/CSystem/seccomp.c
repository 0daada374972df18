#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define MACHINE AUDIT_ARCH_AARCH64
#else
#define MACHINE 0
#endif

enum { most_steps = 512, other_calls = 0x40000000 };

/// A filter under construction; steps beyond its room are counted and not kept.
struct filter {
  struct sock_filter steps[most_steps];
  unsigned int count;
};

static void add(struct filter *filter, uint16_t code, uint32_t value, uint8_t yes, uint8_t no) {
  if (filter->count < most_steps) filter->steps[filter->count] = (struct sock_filter){code, yes, no, value};
  filter->count++;
}

static void load(struct filter *filter, size_t offset) {
  add(filter, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void load_call(struct filter *filter) { load(filter, offsetof(struct seccomp_data, nr)); }

/// The low half of an argument: what is looked at here are numbers of type int.
static void load_argument(struct filter *filter, int number) {
  load(filter, offsetof(struct seccomp_data, args) + 8 * (size_t)number);
}

static void end(struct filter *filter, uint32_t action) { add(filter, BPF_RET | BPF_K, action, 0, 0); }

static void end_if(struct filter *filter, uint32_t value, uint32_t action) {
  add(filter, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
  end(filter, action);
}

static const uint32_t allow = SECCOMP_RET_ALLOW;
static const uint32_t refuse = SECCOMP_RET_ERRNO | EACCES;
/// As on a kernel that lacks the call, so that programs do without.
static const uint32_t unknown = SECCOMP_RET_ERRNO | ENOSYS;

// Calls that reach files, sockets or other processes past what Landlock and this filter look at.
static const int detours[] = {
  SYS_open_by_handle_at, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_bpf, SYS_perf_event_open,
  SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load, SYS_keyctl, SYS_add_key, SYS_request_key,
  438 /* pidfd_getfd */,
};

// A program made in memory would be run past the rules for files; a ring makes sockets past this filter.
static const int missing[] = {SYS_memfd_create, 425 /* io_uring_setup */, 426, 427, 447 /* memfd_secret */};

static const int of_attributes[] = {
  SYS_fchmod, SYS_fchmodat, SYS_fchown, SYS_fchownat, SYS_utimensat, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr,
  SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr, SYS_truncate, 452 /* fchmodat2 */, 463 /* setxattrat */,
  466 /* removexattrat */,
#ifdef SYS_chmod
  SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
};

static void end_at(struct filter *filter, const int *calls, size_t size, uint32_t action) {
  for (size_t i = 0; i < size / sizeof *calls; i++) end_if(filter, (uint32_t)calls[i], action);
}

/// Allows sockets of a type with one of two protocols; the type is loaded.
static void allow_type(struct filter *filter, int type, int protocol) {
  add(filter, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)type, 0, 6);
  load_argument(filter, 2);
  end_if(filter, 0, allow);
  end_if(filter, (uint32_t)protocol, allow);
  end(filter, refuse);
}

/// Ends the filter for the call `socket`.
static void rule_sockets(struct filter *filter, const struct csys_refused *refused) {
  load_argument(filter, 0);
  if (!refused->unix_sockets) end_if(filter, AF_UNIX, allow);
  if (refused->tcp && refused->udp) {
    end(filter, refuse);
    return;
  }
  // The C library asks for the machine's addresses there before it looks up a name.
  end_if(filter, AF_NETLINK, allow);
  add(filter, BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 2, 0);
  add(filter, BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 1, 0);
  end(filter, refuse);
  load_argument(filter, 1);
  add(filter, BPF_ALU | BPF_AND | BPF_K, 0xF, 0, 0);
  // Multipath TCP and SCTP are streams as well, whose ports Landlock does not rule.
  if (!refused->tcp) allow_type(filter, SOCK_STREAM, IPPROTO_TCP);
  if (!refused->udp) allow_type(filter, SOCK_DGRAM, IPPROTO_UDP);
  end(filter, refuse);
}

/// Refuses to connect by sending (TCP Fast Open), which Landlock does not see; the call is loaded, and is so again.
static void refuse_fast_open(struct filter *filter, int call, int flags) {
  add(filter, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 4);
  load_argument(filter, flags);
  add(filter, BPF_JMP | BPF_JSET | BPF_K, MSG_FASTOPEN, 0, 1);
  end(filter, refuse);
  end(filter, allow);
}

/// Refuses to put words into a terminal's mouth, as if a person had typed them, which go to whoever has it next.
static void refuse_typing(struct filter *filter) {
  add(filter, BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 0, 5);
  load_argument(filter, 1);
  end_if(filter, TIOCSTI, refuse);
  // TIOCLINUX, which pastes what is selected on a console.
  end_if(filter, 0x541C, refuse);
}

int csys_refuse_calls(const struct csys_refused *refused) {
  if (MACHINE == 0) {
    errno = ENOSYS;
    return -1;
  }
  struct filter filter = {.count = 0};
  load(&filter, offsetof(struct seccomp_data, arch));
  add(&filter, BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0);
  end(&filter, unknown);
  load_call(&filter);
  // On x86-64, the calls of the ABI x32 have other numbers.
  add(&filter, BPF_JMP | BPF_JGE | BPF_K, other_calls, 0, 1);
  end(&filter, unknown);
  end_at(&filter, detours, sizeof detours, refuse);
  end_at(&filter, missing, sizeof missing, unknown);
  if (refused->programs) {
    end_if(&filter, SYS_execve, refuse);
    end_if(&filter, SYS_execveat, refuse);
  }
  if (refused->listening) end_if(&filter, SYS_listen, refuse);
  if (refused->attributes) end_at(&filter, of_attributes, sizeof of_attributes, refuse);
  refuse_typing(&filter);
  load_call(&filter);
  refuse_fast_open(&filter, SYS_sendto, 3);
  refuse_fast_open(&filter, SYS_sendmsg, 2);
  refuse_fast_open(&filter, SYS_sendmmsg, 3);
  add(&filter, BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 1, 0);
  end(&filter, allow);
  rule_sockets(&filter, refused);
  if (filter.count > most_steps) {
    errno = E2BIG;
    return -1;
  }
  struct sock_fprog program = {.len = (unsigned short)filter.count, .filter = filter.steps};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return -1;
  return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
}
