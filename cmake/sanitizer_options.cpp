// The sanitizers call these before main. ThreadSanitizer cannot see the synchronisation inside libraries that are not
// instrumented (RocksDB's write groups) and must not report on them.

#ifndef GATEHOUSE_SYMBOLIZER
#define GATEHOUSE_SYMBOLIZER ""
#endif

extern "C" const char* __asan_default_options() { return "detect_stack_use_after_return=1" GATEHOUSE_SYMBOLIZER; }

extern "C" const char* __ubsan_default_options() { return "print_stacktrace=1" GATEHOUSE_SYMBOLIZER; }

extern "C" const char* __tsan_default_options() {
  return "ignore_noninstrumented_modules=1:halt_on_error=1:second_deadlock_stack=1" GATEHOUSE_SYMBOLIZER;
}
