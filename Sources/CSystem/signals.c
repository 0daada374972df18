#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static atomic_int stream_of[65];

static void deliver(int signal) {
  int error = errno;
  unsigned char byte = (unsigned char)signal;
  int stream = atomic_load(&stream_of[signal]);
  // Nothing can be done about a full pipe here; its reader is awake already.
  ssize_t size = write(stream, &byte, 1);
  (void)size;
  errno = error;
}

static int set(int number, void (*handler)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  return sigaction(number, &action, NULL);
}

int csys_signal_to(int signal, int stream) {
  if (signal < 1 || signal > 64) {
    errno = EINVAL;
    return -1;
  }
  atomic_store(&stream_of[signal], stream);
  return set(signal, deliver);
}

int csys_signal_default(int signal) { return set(signal, SIG_DFL); }

int csys_signal_ignore(int signal) { return set(signal, SIG_IGN); }

bool csys_signal_is_ignored(int signal) {
  struct sigaction action;
  return sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}
