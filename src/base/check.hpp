// One of the numbered checks that a report is made of: what it says, how much it has looked at, and what was wrong
// where. The reports are record/report.hpp and audit/report.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace folkmoot {

// The short name by which programs know a check, what it says, and where the specification asks for it.
struct CheckRow {
  std::string_view id;
  std::string_view title;
  std::string_view spec;
};

class Check {
 public:
  // How many failures are told in full; further ones are only counted.
  static constexpr std::size_t most_details = 20;
  // In bytes; a longer one, quoting something endless, is cut.
  static constexpr std::size_t longest_detail = 1000;

  // The row's texts must outlive the check.
  explicit Check(const CheckRow& row) : row_(row) {}

  [[nodiscard]] std::string_view id() const { return row_.id; }
  [[nodiscard]] std::string_view title() const { return row_.title; }
  [[nodiscard]] std::string_view spec() const { return row_.spec; }

  // Counts things that were looked at.
  void add_items(std::uint64_t count = 1) { items_ += count; }
  // What is wrong, and where. `place` orders what is found out in several places and merged: it never decreases.
  void fail(std::string detail, std::uint64_t place = 0);
  // All that the check is about has been seen: it has passed unless something failed.
  void finish() { finished_ = true; }
  // Adds what the same check has found out about other things: items and failures together, details by their places.
  void merge(const Check& other);

  [[nodiscard]] std::uint64_t items() const { return items_; }
  [[nodiscard]] bool failed() const { return failures_ > 0; }
  [[nodiscard]] bool finished() const { return finished_; }
  [[nodiscard]] bool passed() const { return finished_ && !failed(); }
  [[nodiscard]] std::uint64_t failures() const { return failures_; }
  [[nodiscard]] const std::vector<std::string>& details() const { return details_; }
  // Of the details, one by one.
  [[nodiscard]] const std::vector<std::uint64_t>& places() const { return places_; }

  // A check as it was written down: so many failures, of which these are told, in order; at most most_details.
  struct Found {
    std::uint64_t items = 0;
    std::uint64_t failures = 0;
    bool finished = false;
    std::vector<std::string> details;
    std::vector<std::uint64_t> places;
  };
  void restore(Found found);

 private:
  CheckRow row_;
  std::uint64_t items_ = 0;
  std::uint64_t failures_ = 0;
  bool finished_ = false;
  std::vector<std::string> details_;
  std::vector<std::uint64_t> places_;
};

// {"id","title","spec","items","ok","failures","detail"}. `ok` is null for a check that was not finished: what it is
// about is not there yet, or could not be reached.
void write(json::Writer& writer, const Check& check);

// A line for people, and one for each detail: "✓  3  chain   17  the events form one chain [4.4]".
std::string to_text(const Check& check, std::size_t number);
// What the marks at the beginning of these lines mean.
inline constexpr std::string_view legend_of_checks =
    "✓ passed   ✗ failed   – not made: what it is about is not there yet, or could not be reached";

// A line for a terminal. Names come from whoever made what is reported on: what would not print, but move the cursor,
// change colours or the direction of writing, becomes U+FFFD.
std::string printable(std::string_view line);

}  // namespace folkmoot
