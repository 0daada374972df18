#include "CSystem.h"

#include <malloc.h>

bool csys_keep_freed_memory(int kept, int largest) {
  return mallopt(M_TRIM_THRESHOLD, kept) == 1 && mallopt(M_MMAP_THRESHOLD, largest) == 1;
}

void csys_return_freed_memory(void) { malloc_trim(0); }
