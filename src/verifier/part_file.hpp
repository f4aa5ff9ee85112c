// Parts and states of verifications, in files; and which part this process is to do.
#pragma once

#include <string>

#include "record/part.hpp"

namespace folkmoot::verifier {

// "2/5"; or "mpi": as Open MPI has started this process, which says so in its environment.
Result<record::Share> read_share(const std::string& text);

// Whether the file begins as a part does, rather than as a record.
Result<bool> is_part(const std::string& path);
// Errors name the file.
Result<record::Part> read_part(const std::string& path);
// Writes the part with a line end, to the console if the path is empty. A file appears whole or not at all.
Status write_part(const record::Part& part, const std::string& path, std::ostream& out);

}  // namespace folkmoot::verifier
