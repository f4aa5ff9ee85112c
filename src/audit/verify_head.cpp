#include "audit/verify_head.hpp"

#include <algorithm>

#include "ledger/cosignature.hpp"
#include "ledger/reader.hpp"
#include "ledger/text.hpp"

namespace folkmoot::audit {
namespace {

constexpr std::size_t longest_checkpoint = std::size_t{1} << 20;

// Whether a key that the policy lists for the checkpoint's origin has signed it. Fails if one has with a wrong
// signature.
Result<bool> signed_by_log(const ledger::Policy& policy, const ledger::SignedCheckpoint& checkpoint) {
  bool any = false;
  for (const ledger::Policy::Log& log : policy.logs()) {
    if (log.key.name() == checkpoint.checkpoint.origin) any |= TRY(ledger::signed_by(checkpoint.note, log.key));
  }
  return any;
}

// Which of the policy's witnesses have cosigned the note, and when, each in its place. Fails as cosigned_at does.
Result<std::vector<std::optional<std::uint64_t>>> cosigned(const ledger::Policy& policy, const ledger::Note& note) {
  std::vector<std::optional<std::uint64_t>> times;
  for (const ledger::Policy::Witness& witness : policy.witnesses()) {
    times.push_back(TRY(in(witness.name, ledger::cosigned_at(note, witness.key))));
  }
  return times;
}

std::string names_of_signers(const ledger::Note& note) {
  std::vector<std::string_view> names;
  for (const ledger::SignatureLine& line : note.signatures) names.push_back(line.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

void verify_signature(const ledger::SignedCheckpoint& checkpoint, const VerifyOptions& options, Check& check) {
  const std::string& origin = checkpoint.checkpoint.origin;
  if (!options.policy) {
    check.fail(
        fmt::format("no key is given, so that the signatures ({}) could not be tied to anybody you know: whoever "
                    "made this ledger may have made it all up",
                    names_of_signers(checkpoint.note)));
    return;
  }
  const auto logged = signed_by_log(*options.policy, checkpoint);
  if (!logged) {
    check.fail(logged.error().message);
  } else if (!*logged) {
    check.fail(fmt::format("no key that you know for \"{}\" has signed it (signatures by {})", origin,
                           names_of_signers(checkpoint.note)));
  } else {
    check.add_items();
  }
  check.finish();
}

void verify_witnesses(const ledger::SignedCheckpoint& checkpoint, const ledger::Policy& policy, Report& report) {
  Check& check = report[CheckId::witnesses];
  check.finish();
  const auto times = cosigned(policy, checkpoint.note);
  if (!times) {
    check.fail(times.error().message);
    return;
  }
  std::vector<bool> there;
  std::vector<std::string_view> missing;
  for (std::size_t i = 0; i < times->size(); ++i) {
    const std::string& name = policy.witnesses()[i].name;
    there.push_back((*times)[i].has_value());
    if ((*times)[i]) {
      report.cosignatures.push_back({name, *(*times)[i]});
    } else {
      missing.push_back(name);
    }
  }
  check.add_items(report.cosignatures.size());
  if (!policy.quorum(there)) {
    check.fail(fmt::format("no quorum: not cosigned by {}: they may have been shown another history",
                           fmt::join(missing, ", ")));
  }
}

std::string describe(const ledger::TreeHead& head) {
  return fmt::format("{} entries with root {}", head.size, ledger::hash_text(head.root));
}

// The first entry in which two logs differ, as far as both have entries; nothing if there is none, or none can be read.
std::optional<std::uint64_t> first_difference(const ledger::Source& a, std::uint64_t size_a, const ledger::Source& b,
                                              std::uint64_t size_b) {
  const std::uint64_t both = std::min(size_a, size_b);
  for (std::uint64_t first = 0; first < both; first += ledger::tile_width) {
    const std::uint64_t index = first / ledger::tile_width;
    const auto bundle_a = ledger::read_bundle(a, index, ledger::tile_at(0, index, size_a).width);
    const auto bundle_b = ledger::read_bundle(b, index, ledger::tile_at(0, index, size_b).width);
    if (!bundle_a || !bundle_b) return std::nullopt;
    const std::size_t count = std::min(bundle_a->entries.size(), bundle_b->entries.size());
    for (std::size_t i = 0; i < count; ++i) {
      if (!std::ranges::equal(bundle_a->entries[i], bundle_b->entries[i])) return first + i;
    }
  }
  return std::nullopt;
}

// Whether the log of `head` begins with what the earlier head is of.
Status check_consistent(const ledger::Source& source, const ledger::TreeHead& head, const ledger::TreeHead& earlier,
                        const std::string& who, const VerifyOptions& options) {
  const auto contradiction = [&](std::string_view what) {
    std::string text = fmt::format("two heads of the same log: {} (the earlier{}), and {}, which {}", describe(earlier),
                                   who, describe(head), what);
    if (options.earlier_log) {
      const auto different = first_difference(*options.earlier_log, earlier.size, source, head.size);
      if (different) text += fmt::format("; they differ from entry {} on", *different);
    }
    return fail("{}", text);
  };
  if (earlier.size > head.size) return contradiction("has fewer");
  const auto before = TRY(ledger::TileReader(source, head).consistency(earlier.size)).earlier;
  if (before != earlier) return contradiction("does not continue it");
  return {};
}

}  // namespace

std::optional<ledger::TreeHead> verify_head(const ledger::Source& source, const VerifyOptions& options,
                                            Report& report) {
  const auto read = [&]() -> Result<ledger::SignedCheckpoint> {
    const auto bytes = TRY(source.read("checkpoint", longest_checkpoint));
    if (!bytes) return fail("there is no checkpoint");
    return ledger::parse_signed_checkpoint(text_of(*bytes));
  };
  Check& check = report[CheckId::checkpoint];
  const auto checkpoint = read();
  if (!checkpoint) {
    check.fail(checkpoint.error().message);
    return std::nullopt;
  }
  check.add_items();
  check.finish();
  report.checkpoint = checkpoint->checkpoint;
  verify_signature(*checkpoint, options, report[CheckId::signature]);
  if (options.policy) verify_witnesses(*checkpoint, *options.policy, report);
  return checkpoint->checkpoint.head;
}

std::optional<Earlier> verify_growth(const ledger::Source& source, const ledger::TreeHead& head,
                                     const VerifyOptions& options, Report& report) {
  if (!options.earlier) return std::nullopt;
  report.compare_growth();
  Check& check = report[CheckId::growth];
  check.finish();
  std::optional<Earlier> earlier;
  const auto compare = [&]() -> Status {
    const ledger::SignedCheckpoint signed_one = TRY(ledger::parse_signed_checkpoint(*options.earlier));
    const ledger::Checkpoint& checkpoint = signed_one.checkpoint;
    if (checkpoint.origin != report.checkpoint->origin) return fail("it is of another log, \"{}\"", checkpoint.origin);
    std::string who;
    if (options.policy) {
      if (!TRY(signed_by_log(*options.policy, signed_one))) return fail("no key that you know has signed it");
      const auto times = TRY(cosigned(*options.policy, signed_one.note));
      for (std::size_t i = 0; i < times.size(); ++i) {
        if (!times[i]) continue;
        const ledger::Cosigned by{options.policy->witnesses()[i].name, *times[i]};
        who += fmt::format(", cosigned by {} at {}", by.witness, charter::text(moment(by)));
        if (!earlier || moment(by) < earlier->time) earlier = Earlier{checkpoint.head.size, moment(by)};
      }
    }
    check.add_items(checkpoint.head.size);
    return check_consistent(source, head, checkpoint.head, who, options);
  };
  if (const Status compared = compare(); !compared) {
    check.fail(compared.error().in("the earlier checkpoint").message);
    return std::nullopt;
  }
  return earlier;
}

}  // namespace folkmoot::audit
