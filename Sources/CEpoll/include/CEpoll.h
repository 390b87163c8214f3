// Linux's epoll, which Swift's module of the C library leaves out, for sockets that are each looked at by one thread at a time. Each call returns
// -1 with `errno` where it fails.
#ifndef CEPOLL_H
#define CEPOLL_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A new descriptor to wait with.
int cepoll_create(void);

/// Waits for something to read, or for room to write, or for the peer to be gone. What is ready is told once, to one who waits, and then not
/// before this is called again.
int cepoll_arm(int epoll, int descriptor, bool for_room, uint64_t key);

/// Waits for something to read, which everybody who waits is told of for as long as it is there.
int cepoll_add_for_all(int epoll, int descriptor, uint64_t key);

int cepoll_remove(int epoll, int descriptor);

/// Waits until something is ready; 1 with its key, 0 where a signal came between.
int cepoll_wait(int epoll, uint64_t *key);

#ifdef __cplusplus
}
#endif

#endif
