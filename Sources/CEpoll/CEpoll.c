#include "CEpoll.h"

#include <errno.h>
#include <stddef.h>
#include <sys/epoll.h>

int cepoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int cepoll_arm(int epoll, int descriptor, bool for_room, uint64_t key) {
  struct epoll_event event = {.events = EPOLLONESHOT | (for_room ? EPOLLOUT : EPOLLIN | EPOLLRDHUP), .data = {.u64 = key}};
  if (epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event) == 0) return 0;
  return errno == ENOENT ? epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) : -1;
}

int cepoll_add_for_all(int epoll, int descriptor, uint64_t key) {
  struct epoll_event event = {.events = EPOLLIN, .data = {.u64 = key}};
  return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

int cepoll_remove(int epoll, int descriptor) { return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL); }

int cepoll_wait(int epoll, uint64_t *key) {
  struct epoll_event event;
  int count = epoll_wait(epoll, &event, 1, -1);
  if (count == 1) *key = event.data.u64;
  return count < 0 && errno == EINTR ? 0 : count;
}
