// A transcript as a table for a terminal.
#pragma once

#include <string>

#include "count/transcript.hpp"

namespace folkmoot::count {

// UTF-8 text: the contest, the quota and the winners; then one row a candidate and one column a stage, in blocks of at
// most `width` columns of characters; below each block what was decided at its stages, with the paragraphs.
std::string to_table(const Transcript& transcript, std::size_t width = 100);

}  // namespace folkmoot::count
