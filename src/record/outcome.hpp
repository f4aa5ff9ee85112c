// An election's result in words.
#pragma once

#include <string>
#include <vector>

#include "election/question.hpp"
#include "election/tally.hpp"

namespace folkmoot::record {

// A line for each question, and under it one for each total. Rankings are only counted: what they come to is for a
// counting rule to say. The result has the shape of the questions (election::check_shape).
std::vector<std::string> describe(const std::vector<election::Question>& questions,
                                  const election::ElectionResult& result);

}  // namespace folkmoot::record
