#include "CSystem.h"

static _Thread_local void *thread_value;

void *csys_thread_value(void) { return thread_value; }
void csys_set_thread_value(void *value) { thread_value = value; }
