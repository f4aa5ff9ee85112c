// What verifying a ledger has found: numbered checks, each with where it is specified, and besides them what anybody
// should know who reads the ledger, though it breaks nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/check.hpp"
#include "charter/flags.hpp"
#include "charter/time.hpp"
#include "ledger/policy.hpp"

namespace folkmoot::audit {

// In the order in which a report lists them. report.cpp has their names, titles and sources.
enum class CheckId {
  checkpoint,
  signature,
  witnesses,
  growth,
  tiles,
  entries,
  times,
  signers,
  acts,
  published,
  records,
  counts,
};
inline constexpr std::size_t check_count = static_cast<std::size_t>(CheckId::counts) + 1;

// Something that an act names and that was not there to be looked at.
struct NotGiven {
  std::string hash;
  std::string where;  // "act 17 (statement.publish): hash"
};

class Report {
 public:
  Report();

  std::optional<ledger::Checkpoint> checkpoint;  // nothing if it could not be read
  std::vector<ledger::Cosigned> cosignatures;    // by the policy's witnesses
  std::string organisation;                      // its name by the charter in force
  std::int64_t charters = 0;                     // versions of it so far
  std::uint64_t judged = 0;                      // acts that were judged by the charter: all, if none was against it
  charter::Time as_of;                           // when the flags were raised: at the last act or cosignature
  std::vector<charter::Flag> flags;              // what is overdue, in breach or without a mandate
  std::vector<NotGiven> not_given;
  std::vector<std::string> unnamed;  // published files that no act names: not the organisation's

  [[nodiscard]] Check& operator[](CheckId id) { return checks_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const Check& operator[](CheckId id) const { return checks_[static_cast<std::size_t>(id)]; }
  // Those that this report makes: without `growth` where no earlier checkpoint was given.
  [[nodiscard]] std::vector<const Check*> checks() const;
  void compare_growth() { compares_growth_ = true; }

  // Only if every check has been finished and none failed.
  [[nodiscard]] bool valid() const;

 private:
  std::vector<Check> checks_;
  bool compares_growth_ = false;
};

// When a witness cosigned.
charter::Time moment(const ledger::Cosigned& cosigned);
// [{"witness":"…","time":"2026-03-01T12:00:00Z"}]
void write_cosignatures(json::Writer& writer, const std::vector<ledger::Cosigned>& cosignatures);

// {"verdict":"valid"|"invalid","ledger":{"origin","size","root","cosignatures":[{"witness","time"}]}|null,
//  "organisation":{"name","charters"},"judged":…,"as_of":…,"checks":[…],
//  "flags":[{"rule","thing","message"}],"not_given":[{"hash","where"}],"unnamed":[…]}
std::string to_json(const Report& report);

// The same for people.
std::string to_text(const Report& report);

}  // namespace folkmoot::audit
