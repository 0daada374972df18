#define _GNU_SOURCE
#include "CSystem.h"

#include <pthread.h>
#include <string.h>

const char *csys_error_text(int number) {
  const char *text = strerrordesc_np(number);
  return text ? text : "Unknown error";
}

const char *csys_signal_name(int number) { return sigabbrev_np(number); }

void csys_name_thread(const char *name) {
  char cut[16];
  strncpy(cut, name, sizeof cut - 1);
  cut[sizeof cut - 1] = 0;
  pthread_setname_np(pthread_self(), cut);
}
