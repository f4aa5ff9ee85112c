// The organisation as its public ledger has it, followed while it grows. Whoever works on the organisation (an
// officer's command, the server itself) writes the ledger; here it is only read, as any auditor reads it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "audit/history.hpp"
#include "ledger/edge.hpp"
#include "service/acts.hpp"
#include "store/ledger_files.hpp"

namespace folkmoot::server {

// The charter's rule on which an act rests, as things stand before it: "contests.*.notice"; empty where the lifecycle
// names none, and for a refusal.
std::string_view rule_before(const charter::State& state, const charter::Act& act);

class OrganisationHistory {
 public:
  // Of the ledger in that folder, with that origin; nothing has been read yet.
  OrganisationHistory(std::filesystem::path folder, const std::string& origin)
      : ledger_(std::move(folder)), history_(origin) {}

  // Whether another checkpoint has been published than the one up to which update() has read. Reads one small file.
  [[nodiscard]] bool is_behind() const;
  // Reads what has been published since. Fails if there is no checkpoint, if it is another log's, or if an entry is not
  // the checkpoint's or breaks the rules; what was taken before the failure stays.
  Status update();

  [[nodiscard]] const std::string& origin() const { return history_.origin(); }
  [[nodiscard]] const charter::State& state() const { return history_.state(); }
  // How many acts there are.
  [[nodiscard]] std::uint64_t size() const { return history_.size(); }

  // The charter's rule on which an act of that number (below size()) rested: "contests.*.notice", or empty where the
  // lifecycle names none.
  [[nodiscard]] std::string_view rule(std::uint64_t number) const { return rules_[number]; }

  // The acts from that number on, at most so many, in order.
  [[nodiscard]] Result<std::vector<service::Numbered>> acts(std::uint64_t from, std::size_t most) const;

 private:
  [[nodiscard]] Result<std::string> read_checkpoint() const;

  store::LedgerFolder ledger_;
  audit::History history_;
  ledger::RightEdge edge_;
  std::string checkpoint_;  // up to which has been read
  std::vector<std::string_view> rules_;
};

}  // namespace folkmoot::server
