#include "ledger/policy.hpp"

#include <algorithm>
#include <map>

#include "ledger/cosignature.hpp"
#include "ledger/text.hpp"

namespace folkmoot::ledger {
namespace {

constexpr std::size_t max_policy = std::size_t{1} << 20;

// The items of a line, separated by spaces and tabs.
std::vector<std::string_view> items_of(std::string_view line) {
  std::vector<std::string_view> items;
  for (;;) {
    const auto begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return items;
    line.remove_prefix(begin);
    items.push_back(line.substr(0, line.find_first_of(" \t")));
    line.remove_prefix(items.back().size());
  }
}

Result<VerifierKey> parse_key(std::string_view vkey, SignatureType type) {
  auto key = TRY(VerifierKey::parse(vkey));
  if (key.type() != type)
    return fail("key: signature type {:#04x} is not the one needed here", static_cast<unsigned>(key.type()));
  return key;
}

}  // namespace

struct Policy::Parser {
  Policy policy;
  std::map<std::string, std::size_t, std::less<>> names;  // to nodes
  std::vector<bool> grouped;                              // whether that node is a member already
  bool has_quorum = false;

  using Items = std::vector<std::string_view>;

  // log VKEY [URL]
  Status log(const Items& items) {
    if (items.size() < 2 || items.size() > 3) return fail("expected: log KEY [URL]");
    auto key = TRY(parse_key(items[1], SignatureType::note));
    for (const Log& other : policy.logs_) {
      if (other.key.key() == key.key()) return fail("the key stands in another log line");
    }
    policy.logs_.push_back({std::move(key), std::string(items.size() == 3 ? items[2] : "")});
    return {};
  }

  // witness NAME VKEY [URL]
  Status witness(const Items& items) {
    if (items.size() < 3 || items.size() > 4) return fail("expected: witness NAME KEY [URL]");
    auto key = TRY(parse_key(items[2], SignatureType::cosignature_v1));
    for (const Witness& other : policy.witnesses_) {
      if (other.key.key() == key.key()) return fail("the key stands in another witness line");
    }
    TRY(define(items[1], {policy.witnesses_.size(), 0, {}}));
    policy.witnesses_.push_back(
        {std::string(items[1]), std::move(key), std::string(items.size() == 4 ? items[3] : "")});
    return {};
  }

  // group NAME all|any|K NAME...
  Status group(const Items& items) {
    if (items.size() < 4) return fail("expected: group NAME all|any|NUMBER MEMBER...");
    Node node;
    for (std::size_t i = 3; i < items.size(); ++i) {
      const std::size_t member = TRY(find(items[i]));
      if (grouped[member]) return fail("'{}' is a member of a group already", items[i]);
      grouped[member] = true;
      node.members.push_back(member);
    }
    const std::size_t count = node.members.size();
    node.threshold = items[2] == "all" ? count : items[2] == "any" ? 1 : TRY(parse_decimal(items[2]));
    if (node.threshold < 1 || node.threshold > count) return fail("the threshold is not in 1..{}", count);
    return define(items[1], std::move(node));
  }

  // quorum NAME|none
  Status quorum(const Items& items) {
    if (items.size() != 2) return fail("expected: quorum NAME");
    if (has_quorum) return fail("a second quorum line");
    has_quorum = true;
    if (items[1] != "none") policy.quorum_ = TRY(find(items[1]));
    return {};
  }

  Status line(const Items& items) {
    if (items[0] == "log") return log(items);
    if (items[0] == "witness") return witness(items);
    if (items[0] == "group") return group(items);
    if (items[0] == "quorum") return quorum(items);
    return fail("expected log, witness, group or quorum");
  }

  Result<std::size_t> find(std::string_view name) const {
    const auto found = names.find(name);
    if (found == names.end()) return fail("'{}' has not been defined before", name);
    return found->second;
  }

  Status define(std::string_view name, Node node) {
    if (name == "none") return fail("'none' cannot be defined");
    if (!names.emplace(name, policy.nodes_.size()).second) return fail("'{}' is defined already", name);
    policy.nodes_.push_back(std::move(node));
    grouped.push_back(false);
    return {};
  }
};

Result<Policy> Policy::parse(std::string_view text) {
  if (text.size() > max_policy) return fail("a policy of {} bytes; at most {} are read", text.size(), max_policy);
  Parser parser;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string where = fmt::format("policy line {}", number);
    const std::string_view line = TRY(in(where, take_line(text)));
    const auto allowed = [](char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); };
    if (!std::ranges::all_of(line, allowed)) return in(where, Result<Policy>(fail("a control character")));
    const auto items = items_of(line);
    if (!items.empty() && !items[0].starts_with('#')) TRY(in(where, parser.line(items)));
  }
  if (!parser.has_quorum) return fail("policy: no quorum line");
  return std::move(parser.policy);
}

bool Policy::quorum(const std::vector<bool>& cosigned) const {
  if (!quorum_) return true;
  std::vector<bool> met;
  for (const Node& node : nodes_) {
    const auto count = std::ranges::count_if(node.members, [&](std::size_t member) { return met[member]; });
    met.push_back(node.members.empty() ? cosigned[node.witness] : static_cast<std::size_t>(count) >= node.threshold);
  }
  return met[*quorum_];
}

Result<VerifiedCheckpoint> verify_checkpoint(const Policy& policy, std::string_view note) {
  auto [parsed, checkpoint] = TRY(parse_signed_checkpoint(note));
  bool known = false, logged = false;
  for (const Policy::Log& log : policy.logs()) {
    if (log.key.name() != checkpoint.origin) continue;
    known = true;
    logged |= TRY(in("checkpoint", signed_by(parsed, log.key)));
  }
  if (!known) return fail("checkpoint: the policy lists no log '{}'", checkpoint.origin);
  if (!logged) return fail("checkpoint: not signed by a key that the policy lists for '{}'", checkpoint.origin);

  VerifiedCheckpoint verified{std::move(checkpoint), {}};
  std::vector<bool> cosigned;
  for (const Policy::Witness& witness : policy.witnesses()) {
    const auto time = TRY(in("checkpoint", cosigned_at(parsed, witness.key)));
    cosigned.push_back(time.has_value());
    if (time) verified.cosignatures.push_back({witness.name, *time});
  }
  if (!policy.quorum(cosigned)) {
    std::string names;
    for (const Cosigned& by : verified.cosignatures) names += (names.empty() ? "" : ", ") + by.witness;
    return fail("checkpoint: no quorum of witnesses: cosigned by {}", names.empty() ? "none" : names);
  }
  return verified;
}

}  // namespace folkmoot::ledger
