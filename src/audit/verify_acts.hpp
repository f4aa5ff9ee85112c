// The entries of a ledger one after the other: is each an act, in order, signed by those who answer for it, and what
// the charter then in force allowed?
#pragma once

#include <variant>

#include "audit/history.hpp"
#include "audit/poll.hpp"
#include "audit/verify_head.hpp"

namespace folkmoot::audit {

// An act that says what the record of an election comes to, and what the acts before it said about that election.
struct Declared {
  std::uint64_t act = 0;
  std::string type;  // election.declare or seat.count_back
  std::variant<Poll, Vacancy> about;
  std::string record, supplement;  // their hashes; the latter may be empty
  charter::Body body;
  [[nodiscard]] const Poll& poll() const {
    const auto* vacancy = std::get_if<Vacancy>(&about);
    return vacancy ? vacancy->poll : std::get<Poll>(about);
  }
};

class ActVerifier {
 public:
  // Witnesses, logs and officers need not have the same clock to this much, and a log may publish that much later.
  static constexpr charter::Length leeway{3600};

  // `latest`: when a witness cosigned the checkpoint, so that no act can be later. `earlier`: as verify_growth gave it.
  ActVerifier(std::string origin, std::optional<charter::Time> latest, std::optional<Earlier> earlier, Report& report)
      : history_(std::move(origin)), latest_(latest), earlier_(earlier), report_(report) {}

  // The next entry of the log. What is wrong goes into the checks `entries`, `times`, `signers` and `acts`.
  void take(std::uint64_t index, ByteView entry);
  // There are no more. `complete`: because the log ends.
  void finish(bool complete);

  [[nodiscard]] const charter::State& state() const { return history_.state(); }
  [[nodiscard]] const Mentions& mentions() const { return mentions_; }
  [[nodiscard]] const std::vector<Declared>& declared() const { return declared_; }

 private:
  void check_time(const charter::Act& act, const std::string& where, std::uint64_t index);
  void judge(const Entry& entry, const std::string& where, std::uint64_t index);
  void stop_judging();
  void check_known_keys(const Entry& entry, const std::string& where);

  History history_;
  std::optional<charter::Time> latest_;
  std::optional<Earlier> earlier_;
  Report& report_;
  charter::Time last_;
  bool judging_ = true;
  std::map<std::string, std::string> keys_;  // of members, once acts are not judged any more
  Mentions mentions_;
  std::vector<Declared> declared_;
};

}  // namespace folkmoot::audit
