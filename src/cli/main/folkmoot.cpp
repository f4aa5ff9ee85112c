// folkmoot: the command line of every role.
#include <unistd.h>

#include <iostream>

#include "cli/app.hpp"

int main(int argc, char** argv) {
  folkmoot::cli::Console console{std::cin, std::cout, std::cerr, ::isatty(STDERR_FILENO) != 0};
  return folkmoot::cli::run(argc, argv, console);
}
