// One of several processes that verify a record together, each a part of it.
//
// All of them read the whole record and check what is cheap: archive, chain, setup, and that what it holds can be read.
// What takes long is divided. Ballots are by their voters: so one process has all the ballots of a voter, and knows
// which of them counts. Proofs of shuffles, of decryptions and the values of the result are tasks, numbered alike by
// all, and done in turn. What came of it is a Part (part.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/check.hpp"

namespace folkmoot::record {

struct Share {
  static constexpr std::uint64_t most = 65'536;  // processes

  std::uint64_t index = 0;  // from 0
  std::uint64_t of = 1;

  [[nodiscard]] bool whole() const { return of == 1; }
  // What all find out alike, in a check whose work is divided, is told by one of them.
  [[nodiscard]] bool leads() const { return index == 0; }
  [[nodiscard]] bool has(std::uint64_t number) const { return number % of == index; }
  friend bool operator==(const Share&, const Share&) = default;
};

// The tasks of a check.
class Tasks {
 public:
  Tasks(Check& check, Share share) : check_(check), share_(share) {}

  // The number of the next task, if it is this process's.
  std::optional<std::uint64_t> next(std::uint64_t items) {
    const std::uint64_t number = next_++;
    if (!share_.has(number)) return std::nullopt;
    check_.add_items(items);
    return number;
  }
  // What a task has found wrong.
  void fail(std::uint64_t task, std::string detail) { check_.fail(std::move(detail), task); }
  // What each process finds wrong, before the next task.
  void fail(std::string detail) {
    if (share_.leads()) check_.fail(std::move(detail), next_);
  }
  // Everything has been looked at, by one process or another.
  void finish() { check_.finish(); }

 private:
  Check& check_;
  Share share_;
  std::uint64_t next_ = 0;
};

}  // namespace folkmoot::record
