#include "election/credentials.hpp"

#include <limits>
#include <unordered_set>

#include "election/weight.hpp"
#include "group/all.hpp"

namespace folkmoot::election {
namespace {

template <PrimeGroup G>
Result<PublicCredential<G>> parse_credential(std::string_view text) {
  const auto comma = text.find(',');
  PublicCredential<G> credential{TRY(G::Element::decode(text.substr(0, comma)))};
  if (credential.key.is_identity()) return fail("1 is nobody's key");
  if (comma == std::string_view::npos) return credential;
  credential.weight = TRY(in("weight", parse_weight(text.substr(comma + 1))));
  if (credential.weight == 0) return fail("weight: it must be at least 1");
  return credential;
}

}  // namespace

template <PrimeGroup G>
Result<PublicCredentials<G>> read_public_credentials(json::Value value) {
  constexpr auto greatest_sum = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  PublicCredentials<G> read;
  std::unordered_set<std::string_view> keys;
  std::uint64_t sum = 0;
  for (const json::Value item : TRY(value.array())) {
    const std::string where = fmt::format("[{}]", read.credentials.size());
    const std::string_view text = TRY(in(where, item.string()));
    const bool weighted = text.find(',') != std::string_view::npos;
    if (read.credentials.empty()) read.weighted = weighted;
    if (weighted != read.weighted) return fail("{}: some credentials have weights and some have none", where);
    const auto& credential = read.credentials.emplace_back(TRY(in(where, parse_credential<G>(text))));
    if (!keys.insert(text.substr(0, text.find(','))).second) return fail("{}: the credential is there already", where);
    if (credential.weight > greatest_sum - sum) return fail("{}: the sum of the weights leaves 63 bits", where);
    sum += credential.weight;
  }
  return read;
}

template <PrimeGroup G>
void write(json::Writer& writer, const PublicCredentials<G>& credentials) {
  writer.begin_array();
  std::string text;
  for (const auto& credential : credentials.credentials) {
    text.clear();
    credential.key.append_to(text);
    if (credentials.weighted) fmt::format_to(std::back_inserter(text), ",{}", credential.weight);
    writer.plain_string(text);
  }
  writer.end_array();
}

#define FOLKMOOT_INSTANTIATE(G)                                                  \
  template Result<PublicCredentials<G>> read_public_credentials<G>(json::Value); \
  template void write(json::Writer&, const PublicCredentials<G>&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::election
