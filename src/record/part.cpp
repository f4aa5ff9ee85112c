#include "record/part.hpp"

#include <algorithm>

namespace folkmoot::record {
namespace {

constexpr std::int64_t form = 1;  // of what is written here; another meaning has another number
constexpr std::int64_t greatest = std::int64_t{1} << 53;

void write_number(json::Writer& writer, std::string_view key, std::uint64_t number) {
  writer.key(key).integer(static_cast<std::int64_t>(number));
}

Result<std::uint64_t> read_number(json::Value value) {
  return static_cast<std::uint64_t>(TRY(value.integer(0, greatest)));
}
Result<std::uint64_t> number_field(json::Value object, std::string_view name) {
  return json::read_field(object, name, read_number);
}
Result<std::int64_t> read_trustee(json::Value value) { return value.integer(1, greatest); }
Result<bool> read_boolean(json::Value value) { return value.boolean(); }

template <class Number>
void write_numbers(json::Writer& writer, std::string_view key, const std::vector<Number>& numbers) {
  writer.key(key).begin_array();
  for (const Number number : numbers) writer.integer(static_cast<std::int64_t>(number));
  writer.end_array();
}

// A text that is JSON itself, or null for none.
void write_json(json::Writer& writer, std::string_view key, std::string_view text) {
  writer.key(key);
  text.empty() ? writer.null() : writer.raw(text);
}
Result<std::string> json_field(json::Value object, std::string_view name) {
  std::string text = TRY(json::read_field(object, name, [](json::Value value) { return value.text(); }));
  return text == "null" ? std::string() : text;
}

void write(json::Writer& writer, std::string_view key, const Extent& extent) {
  writer.key(key).begin_object();
  write_number(writer, "bytes", extent.bytes);
  write_number(writer, "entries", extent.entries);
  writer.key("events").integer(extent.events);
  writer.key("last").plain_string(to_hex(extent.last));
  writer.end_object();
}

Result<Extent> read_extent(json::Value value) {
  Extent extent;
  extent.bytes = TRY(number_field(value, "bytes"));
  extent.entries = TRY(number_field(value, "entries"));
  extent.events = static_cast<std::int64_t>(TRY(number_field(value, "events")));
  const std::string last = TRY(json::read_field(value, "last", json::read_string));
  TRY(in("last", from_hex(last, extent.last)));
  return extent;
}

// [items, failures, finished, [[place, detail], …]]
void write_found(json::Writer& writer, const Check& check) {
  writer.begin_array();
  writer.integer(static_cast<std::int64_t>(check.items()));
  writer.integer(static_cast<std::int64_t>(check.failures()));
  writer.boolean(check.finished());
  writer.begin_array();
  for (std::size_t i = 0; i < check.details().size(); ++i) {
    writer.begin_array().integer(static_cast<std::int64_t>(check.places()[i])).string(check.details()[i]).end_array();
  }
  writer.end_array().end_array();
}

Result<std::pair<std::uint64_t, std::string>> read_detail(json::Value value) {
  const json::Array pair = TRY(value.array(2));
  auto item = pair.begin();
  const std::uint64_t place = TRY(read_number(*item));
  ++item;
  std::string text = TRY(json::read_string(*item));
  if (text.size() > Check::longest_detail + 3) return fail("a detail of {} bytes", text.size());  // 3: of the "…"
  return std::pair(place, std::move(text));
}

Result<Check::Found> read_found(json::Value value) {
  const json::Array fields = TRY(value.array(4));
  auto field = fields.begin();
  Check::Found found;
  found.items = TRY(read_number(*field));
  ++field;
  found.failures = TRY(read_number(*field));
  ++field;
  found.finished = TRY(read_boolean(*field));
  ++field;
  for (auto& [place, text] : TRY(json::read_array(*field, read_detail))) {
    if (!found.places.empty() && found.places.back() > place) return fail("details that are not in order");
    found.places.push_back(place);
    found.details.push_back(std::move(text));
  }
  if (found.details.size() != std::min<std::uint64_t>(found.failures, Check::most_details)) {
    return fail("{} details of {} failures", found.details.size(), found.failures);
  }
  return found;
}

void write_checks(json::Writer& writer, const Report& report, bool divided) {
  writer.key(divided ? "found" : "checks").begin_object();
  for (std::size_t i = 0; i < check_count; ++i) {
    const auto id = static_cast<CheckId>(i);
    if (is_divided(id) != divided) continue;
    writer.key(report[id].id());
    write_found(writer, report[id]);
  }
  writer.end_object();
}

Status read_checks(json::Value part, Report& report, bool divided) {
  const json::Value checks = TRY(part.field(divided ? "found" : "checks"));
  for (std::size_t i = 0; i < check_count; ++i) {
    const auto id = static_cast<CheckId>(i);
    if (is_divided(id) != divided) continue;
    Check::Found found = TRY(json::read_field(checks, report[id].id(), read_found));
    if (!divided && !found.places.empty() && found.places.back() != 0) return fail("{}: has places", report[id].id());
    report[id].restore(std::move(found));
  }
  return {};
}

// Which of the divided checks have come to their end: all processes agree on that.
void write_finished(json::Writer& writer, const Report& report) {
  for (std::size_t i = 0; i < check_count; ++i) {
    const auto id = static_cast<CheckId>(i);
    if (is_divided(id)) writer.boolean(report[id].finished());
  }
}

void write_common(json::Writer& writer, const Part& part) {
  write_number(writer, "timestamp", part.timestamp);
  write_number(writer, "size", part.size);
  write(writer, "read", part.read);
  write(writer, "voted", part.voted);
  writer.key("tracker").string(part.tracker);
  write_json(writer, "election", part.election);
  writer.key("credentials").boolean(part.credentials);
  write_number(writer, "ballots", part.report.ballots);
  write_json(writer, "result", part.report.result.value_or(""));
  writer.key("outcome").begin_array();
  for (const std::string& line : part.report.outcome) writer.string(line);
  writer.end_array();
  writer.key("grown").boolean(part.report.compares_growth());
  write_checks(writer, part.report, false);
  write_numbers(writer, "decrypted_by", part.decrypted_by);
}

Status read_common(json::Value value, Part& part) {
  part.timestamp = TRY(number_field(value, "timestamp"));
  part.size = TRY(number_field(value, "size"));
  part.read = TRY(json::read_field(value, "read", read_extent));
  part.voted = TRY(json::read_field(value, "voted", read_extent));
  part.tracker = TRY(json::read_field(value, "tracker", json::read_string));
  part.election = TRY(json_field(value, "election"));
  part.credentials = TRY(json::read_field(value, "credentials", read_boolean));
  part.report.ballots = TRY(number_field(value, "ballots"));
  if (std::string result = TRY(json_field(value, "result")); !result.empty()) part.report.result = std::move(result);
  part.report.outcome = TRY(
      json::read_field(value, "outcome", [](json::Value lines) { return json::read_array(lines, json::read_string); }));
  if (TRY(json::read_field(value, "grown", read_boolean))) part.report.compare_growth();
  TRY(read_checks(value, part.report, false));
  part.decrypted_by = TRY(json::read_field(
      value, "decrypted_by", [](json::Value numbers) { return json::read_array(numbers, read_trustee); }));
  if (part.read.bytes > part.size) return fail("read: {} bytes of {}", part.read.bytes, part.size);
  if (part.voted.bytes > part.read.bytes || part.voted.events > part.read.events) {
    return fail("voted: beyond what was read");
  }
  return {};
}

// The field, or nothing where it is null.
template <class Read>
auto read_optional(json::Value object, std::string_view name, Read read)
    -> Result<std::optional<typename std::invoke_result_t<Read, json::Value>::value_type>> {
  const json::Value value = TRY(object.field(name));
  if (!value.is_object()) return std::nullopt;  // null: nothing else is canonical
  return TRY(in(name, read(value)));
}

void write_tracked(json::Writer& writer, const std::optional<TrackedBallot>& tracked) {
  writer.key("tracked");
  if (!tracked) {
    writer.null();
    return;
  }
  writer.begin_object();
  write_number(writer, "number", tracked->number);
  write_number(writer, "weight", tracked->weight);
  writer.key("replaced_by").string(tracked->replaced_by.value_or(""));
  writer.end_object();
}

Result<TrackedBallot> read_tracked(json::Value value) {
  TrackedBallot tracked;
  tracked.number = TRY(number_field(value, "number"));
  tracked.weight = static_cast<std::uint64_t>(
      TRY(json::read_field(value, "weight", [](json::Value weight) { return weight.integer(); })));
  std::string other = TRY(json::read_field(value, "replaced_by", json::read_string));
  if (!other.empty()) tracked.replaced_by = std::move(other);
  return tracked;
}

// Weights go up to 63 bits.
Result<std::uint64_t> weight_field(json::Value value, std::string_view name) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  return static_cast<std::uint64_t>(
      TRY(json::read_field(value, name, [](json::Value weight) { return weight.integer(0, most); })));
}

void write_tally(json::Writer& writer, const std::optional<PublishedTally>& tally) {
  writer.key("tally");
  if (!tally) {
    writer.null();
    return;
  }
  writer.begin_object();
  writer.key("size");
  if (tally->size) {
    writer.begin_object();
    write_number(writer, "num_tallied", tally->size->num_tallied);
    write_number(writer, "total_weight", tally->size->total_weight);
    writer.end_object();
  } else {
    writer.null();
  }
  write_json(writer, "encrypted_tally", tally->text);
  writer.end_object();
}

Result<PublishedTally::Size> read_size(json::Value value) {
  PublishedTally::Size size;
  size.num_tallied = TRY(weight_field(value, "num_tallied"));
  size.total_weight = TRY(weight_field(value, "total_weight"));
  return size;
}

Result<PublishedTally> read_tally(json::Value value) {
  PublishedTally tally;
  tally.size = TRY(read_optional(value, "size", read_size));
  tally.text = TRY(json_field(value, "encrypted_tally"));
  return tally;
}

void write_sum(json::Writer& writer, const std::optional<BallotSum>& sum) {
  writer.key("sum");
  if (!sum) {
    writer.null();
    return;
  }
  writer.begin_object();
  write_number(writer, "ballots", sum->ballots);
  write_number(writer, "total_weight", sum->total_weight);
  write_json(writer, "tally", sum->tally);
  writer.end_object();
}

Result<BallotSum> read_sum(json::Value value) {
  BallotSum sum;
  sum.ballots = TRY(number_field(value, "ballots"));
  sum.total_weight = TRY(weight_field(value, "total_weight"));
  sum.tally = TRY(json_field(value, "tally"));
  return sum;
}

Result<Share> read_share(json::Value value) {
  const json::Array pair = TRY(value.array(2));
  auto item = pair.begin();
  const std::int64_t number = TRY((*item).integer(1, static_cast<std::int64_t>(Share::most)));
  ++item;
  const std::int64_t of = TRY((*item).integer(number, static_cast<std::int64_t>(Share::most)));
  return Share{static_cast<std::uint64_t>(number - 1), static_cast<std::uint64_t>(of)};
}

}  // namespace

bool is_divided(CheckId id) {
  switch (id) {
    case CheckId::ballot_form:
    case CheckId::ballot_credential:
    case CheckId::ballot_signature:
    case CheckId::ballot_proofs:
    case CheckId::shuffle_proofs:
    case CheckId::decryption_proofs:
    case CheckId::result:
      return true;
    default:
      return false;
  }
}

void write(json::Writer& writer, const Part& part) {
  writer.begin_object();
  writer.key("folkmoot_part").integer(form);
  writer.key("shard").begin_array();
  writer.integer(static_cast<std::int64_t>(part.share.index + 1)).integer(static_cast<std::int64_t>(part.share.of));
  writer.end_array();
  write_common(writer, part);
  write_checks(writer, part.report, true);
  write_tracked(writer, part.report.tracked);
  write_numbers(writer, "wrong_decryptions", part.wrong_decryptions);
  write_numbers(writer, "unreadable", part.unreadable);
  write_tally(writer, part.tally);
  write_sum(writer, part.sum);
  writer.end_object();
}

std::string common_text(const Part& part) {
  json::Writer writer;
  writer.begin_object();
  write_common(writer, part);
  writer.key("finished").begin_array();
  write_finished(writer, part.report);
  writer.end_array().end_object();
  return writer.take();
}

Result<Part> read_part(json::Value value) {
  if (!value.is_object() || !value.has("folkmoot_part")) return fail("it is no part of a verification");
  const std::int64_t version = TRY(json::read_field(value, "folkmoot_part", [](json::Value v) { return v.integer(); }));
  if (version != form) return fail("it is of version {}, and this program reads version {}", version, form);
  Part part;
  part.share = TRY(json::read_field(value, "shard", read_share));
  TRY(read_common(value, part));
  TRY(read_checks(value, part.report, true));
  part.report.tracked = TRY(read_optional(value, "tracked", read_tracked));
  part.wrong_decryptions = TRY(json::read_field(
      value, "wrong_decryptions", [](json::Value numbers) { return json::read_array(numbers, read_trustee); }));
  part.unreadable = TRY(json::read_field(value, "unreadable",
                                         [](json::Value numbers) { return json::read_array(numbers, read_number); }));
  part.tally = TRY(read_optional(value, "tally", read_tally));
  part.sum = TRY(read_optional(value, "sum", read_sum));
  if (!std::ranges::is_sorted(part.unreadable)) return fail("unreadable: not in order");
  if (part.sum) part.report.tallied = part.sum->ballots;
  return part;
}

Status check_state(const Part& part) {
  if (!part.share.whole()) {
    return fail("it is part {} of {}: only all of them together can be gone on from", part.share.index + 1,
                part.share.of);
  }
  for (const CheckId id : {CheckId::archive, CheckId::chain, CheckId::growth}) {
    if (part.report[id].failed()) return fail("the record was damaged: {}", part.report[id].details().front());
  }
  if (!part.sum) return fail("the record had no election that could be read");
  if (part.read.bytes != part.size) return fail("the record had not been read to its end");
  if (static_cast<std::uint64_t>(part.voted.events) != part.report.ballots + 1) {
    return fail("{} ballots in {} events", part.report.ballots, part.voted.events);
  }
  for (const CheckId id : checks_of_ballots) {
    const auto& places = part.report[id].places();
    if (!places.empty() && places.back() > part.report.ballots) return fail("{}: beyond the ballots", places.back());
  }
  return {};
}

void conclude(Part& part) {
  const bool wrong = std::ranges::any_of(part.wrong_decryptions, [&](std::int64_t trustee) {
    return std::ranges::find(part.decrypted_by, trustee) != part.decrypted_by.end();
  });
  if (!wrong) return;
  part.report[CheckId::result].restore({});
  part.report.outcome.clear();
}

}  // namespace folkmoot::record
