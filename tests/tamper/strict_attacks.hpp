// Attacks on a record with its supplement, which the strict profile must name (docs/strict-profile.md).
#pragma once

#include "tamper/forgery.hpp"

namespace folkmoot::tamper {

class StrictForgery {
 public:
  explicit StrictForgery(const Sample& sample) : record(sample), supplement(sample.supplement) {}

  Forgery record;
  std::string supplement;
  // The whole record, where it is not put together from `record`.
  std::optional<std::string> other_record;

  [[nodiscard]] Insider& insider() const { return record.insider(); }
  std::string& bytes() { return other_record ? *other_record : record.bytes(); }
  void edit(const std::function<void(Tree&)>& change) { Forgery::edit(supplement, change); }
  // All trustees make the supplement anew, or sign it again, for the record as it is now.
  void remake() { supplement = insider().supplement(bytes(), supplement); }
  void sign_again() { supplement = insider().sign_acts(bytes(), supplement); }
};

struct StrictAttack {
  std::string_view name;
  Kind kind;
  // The ids of the checks that must fail: of version 1 (none: the record is valid under it), and of the profile.
  std::string_view checks;
  std::string_view strict_checks;
  std::function<void(StrictForgery&)> forge;
};

// Decryptions, acts and their signatures; key ceremonies, spoiled ballots, the supplement as a text.
std::vector<StrictAttack> act_attacks();
std::vector<StrictAttack> head_attacks();

}  // namespace folkmoot::tamper
