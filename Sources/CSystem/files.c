#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

_Static_assert(010000000 == O_PATH, "O_PATH");

int csys_open_beneath(int root, const char *path, uint64_t flags, uint64_t mode) {
#ifdef SYS_openat2
  struct open_how how = {
      .flags = flags | O_CLOEXEC, .mode = mode, .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
  long result;
  // EAGAIN: something was renamed on the way, and the kernel could not be sure.
  int attempts = 0;
  do result = syscall(SYS_openat2, root, path, &how, sizeof how);
  while (result < 0 && (errno == EINTR || (errno == EAGAIN && ++attempts < 100)));
  return (int)result;
#else
  errno = ENOSYS;
  return -1;
#endif
}

int csys_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

bool csys_is_terminal_master(int descriptor) {
  int error = errno;
  unsigned int number;
  bool is = ioctl(descriptor, TIOCGPTN, &number) == 0;
  errno = error;
  return is;
}

int csys_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) < 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}
