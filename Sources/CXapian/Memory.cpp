// What the allocator keeps of the memory that was freed.

#include "CXapian.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

void cx_give_back_memory(void) noexcept {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}
