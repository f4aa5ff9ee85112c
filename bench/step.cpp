// bench_step NAME COMMAND...: runs the command, and prints on standard error what it took: the time on the wall, the
// CPU time of all its threads, and its peak memory. Exits as the command does.
#include <sys/wait.h>
#include <unistd.h>

#include "measure.hpp"

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "bench_step NAME COMMAND...\n");
    return 3;
  }
  const double begin = folkmoot::clock_seconds();
  const pid_t child = ::fork();
  if (child == 0) {
    ::execvp(argv[2], argv + 2);
    fmt::print(stderr, "cannot run {}\n", argv[2]);
    ::_exit(127);
  }
  int status = 0;
  struct rusage usage {};
  if (child < 0 || ::wait4(child, &status, 0, &usage) != child) return 3;
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  fmt::print(stderr, "{:<28} {:9.2f} s  {:9.2f} s CPU  {:6} MiB\n", argv[1], folkmoot::clock_seconds() - begin,
             seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss / 1024);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
