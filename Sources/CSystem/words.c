#define _GNU_SOURCE
#include "CSystem.h"

#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

const char *csys_error_text(int number) {
  const char *text = strerrordesc_np(number);
  return text ? text : "Unknown error";
}

const char *csys_signal_name(int number) { return sigabbrev_np(number); }

pid_t csys_thread_number(void) { return gettid(); }

void csys_lower_priority(pid_t thread) { setpriority(PRIO_PROCESS, (id_t)thread, 19); }

void csys_name_thread(const char *name) {
  char cut[16];
  strncpy(cut, name, sizeof cut - 1);
  cut[sizeof cut - 1] = 0;
  pthread_setname_np(pthread_self(), cut);
}
