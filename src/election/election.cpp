#include "election/election.hpp"

#include <algorithm>

#include "base/base58.hpp"
#include "group/all.hpp"

namespace folkmoot::election {
namespace {

using json::read_field;
using json::read_string;

constexpr std::size_t shortest_uuid = 14;

Result<std::optional<std::string>> read_optional(json::Value value, std::string_view name) {
  if (!value.has(name)) return std::nullopt;
  return TRY(read_field(value, name, read_string));
}

Status check_version(json::Value value) {
  const auto version = TRY(read_field(value, "version", [](json::Value v) { return v.integer(); }));
  if (version != protocol_version) {
    return fail("the election follows version {} of the protocol; only version {} is known", version, protocol_version);
  }
  return {};
}

}  // namespace

std::string v1::text_hash(std::string_view text) { return to_base64(sha256(text)); }

std::string fingerprint(std::string_view election_text) { return v1::text_hash(election_text); }

Status check_uuid(std::string_view uuid) {
  if (uuid.size() < shortest_uuid) return fail("{} characters, and at least {} are needed", uuid.size(), shortest_uuid);
  const auto stray = uuid.find_first_not_of(base58_digits);
  if (stray != std::string_view::npos) return fail("character {} is not a base58 digit", stray + 1);
  return {};
}

Result<std::string> group_name(std::string_view election_text) {
  const json::Document document = TRY(json::Document::parse(election_text));
  TRY(check_version(document.root()));
  return read_field(document.root(), "group", read_string);
}

template <PrimeGroup G>
bool Election<G>::needs_shuffles() const {
  return std::any_of(questions.begin(), questions.end(), [](const Question& q) { return q.needs_shuffles(); });
}

template <PrimeGroup G>
Result<Election<G>> read_election(json::Value value) {
  TRY(check_version(value));
  Election<G> election;
  election.description = TRY(read_field(value, "description", read_string));
  election.name = TRY(read_field(value, "name", read_string));
  const std::string group = TRY(read_field(value, "group", read_string));
  if (group != G::name) return fail("group: \"{}\" instead of \"{}\"", group, G::name);
  election.public_key = TRY(read_field(value, "public_key", proof::read_element<G>));
  election.questions =
      TRY(read_field(value, "questions", [](json::Value v) { return json::read_array(v, read_question); }));
  election.uuid = TRY(read_field(value, "uuid", read_string));
  TRY(in("uuid", check_uuid(election.uuid)));
  election.administrator = TRY(read_optional(value, "administrator"));
  election.credential_authority = TRY(read_optional(value, "credential_authority"));
  return election;
}

template <PrimeGroup G>
void write(json::Writer& writer, const Election<G>& election) {
  writer.begin_object();
  writer.key("version").integer(protocol_version);
  writer.key("description").string(election.description);
  writer.key("name").string(election.name);
  writer.key("group").plain_string(G::name);
  writer.key("public_key").plain_string(election.public_key.text());
  json::write_array(writer.key("questions"), election.questions);
  writer.key("uuid").string(election.uuid);
  if (election.administrator) writer.key("administrator").string(*election.administrator);
  if (election.credential_authority) writer.key("credential_authority").string(*election.credential_authority);
  writer.end_object();
}

template <PrimeGroup G>
std::vector<std::string> check_election(const Election<G>& election) {
  std::vector<std::string> messages;
  if (election.public_key.is_identity()) messages.push_back("public_key: it is 1, which encrypts nothing");
  if (election.questions.empty()) messages.push_back("questions: there are none");
  for (std::size_t i = 0; i < election.questions.size(); ++i) {
    const Status status = check_question(election.questions[i], G::max_ints);
    if (!status) messages.push_back(status.error().in(fmt::format("questions[{}]", i)).message);
  }
  return messages;
}

Result<std::string> read_hash(json::Value value) {
  const std::string_view text = TRY(value.string());
  Digest digest;
  TRY(from_hex(text, digest));
  return std::string(text);
}

Result<SetupData> read_setup_data(json::Value value) {
  auto election = TRY(read_field(value, "election", read_hash));
  auto trustees = TRY(read_field(value, "trustees", read_hash));
  auto credentials = TRY(read_field(value, "credentials", read_hash));
  return SetupData{std::move(election), std::move(trustees), std::move(credentials)};
}

void write(json::Writer& writer, const SetupData& setup) {
  writer.begin_object();
  writer.key("election").plain_string(setup.election);
  writer.key("trustees").plain_string(setup.trustees);
  writer.key("credentials").plain_string(setup.credentials);
  writer.end_object();
}

#define FOLKMOOT_INSTANTIATE(G)                               \
  template struct Election<G>;                                \
  template Result<Election<G>> read_election<G>(json::Value); \
  template void write(json::Writer&, const Election<G>&);     \
  template std::vector<std::string> check_election(const Election<G>&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::election
