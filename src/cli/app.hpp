// The command line: `folkmoot COMMAND …`. Thin: each command reads its arguments, calls one use case of service/, and
// says what came of it. One file a group of commands; commands.hpp lists them.
#pragma once

#include <iosfwd>

namespace folkmoot::cli {

// Where a command reads and writes. Results go to `out`, progress and errors to `err`.
struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool err_is_terminal = false;  // progress is then shown on a line that overwrites itself
};

// What a command exits with.
enum Exit {
  done = 0,        // verify: the record is valid
  failed = 1,      // it could not be done, the message says why. verify: the record is invalid
  incomplete = 2,  // verify, officer accept: all is good as far as it goes, but that is not all
  usage = 3,       // the command was called wrongly, or a file that verify should read cannot be read
};

// Runs the command with those arguments, of which the first is the program's name.
int run(int argc, const char* const* argv, Console& console);

}  // namespace folkmoot::cli
