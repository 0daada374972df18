#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <sys/epoll.h>

int csys_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int csys_epoll_arm(int epoll, int descriptor, bool add, bool reading, bool writing, uint64_t token) {
  struct epoll_event event = {.events = EPOLLONESHOT, .data = {.u64 = token}};
  if (reading) event.events |= EPOLLIN;
  if (writing) event.events |= EPOLLOUT;
  return epoll_ctl(epoll, add ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
}

int csys_epoll_remove(int epoll, int descriptor) {
  struct epoll_event event = {0};  // kernels before 2.6.9 want it not NULL
  return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, &event);
}

int csys_epoll_take(int epoll, struct csys_ready *reports, int limit, int milliseconds) {
  struct epoll_event events[64];
  int count;
  do count = epoll_wait(epoll, events, limit < 64 ? limit : 64, milliseconds);
  while (count < 0 && errno == EINTR);
  for (int i = 0; i < count; i++) {
    reports[i].token = events[i].data.u64;
    reports[i].readable = (events[i].events & EPOLLIN) != 0;
    reports[i].writable = (events[i].events & EPOLLOUT) != 0;
    reports[i].hung_up = (events[i].events & (EPOLLHUP | EPOLLERR)) != 0;
  }
  return count;
}
