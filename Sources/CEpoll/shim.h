// What Linux has for waiting on many sockets; Swift's module of the C library leaves these headers out.
#include <sys/epoll.h>
#include <sys/eventfd.h>
