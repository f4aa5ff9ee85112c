// What people hand in over HTTP before an election: any text as a ballot paper, and changed messages of a key ceremony.
// Reading ends without a crash, a paper that is taken is the same when written again, and no ceremony makes its key if
// a certificate, a commitment or a reveal was changed.
#include <cstdlib>

#include "edited.hpp"
#include "role/ceremony.hpp"
#include "service/ballot_paper.hpp"

namespace {

using namespace folkmoot;
using role::Messages;

template <class T>
T must(Result<T> result) {
  if (!result) std::abort();
  return detail::value_of(std::move(result));
}

// A whole ceremony of two, in the order in which the messages came.
const std::vector<role::Message>& ceremony() {
  static const std::vector<role::Message> sent = [] {
    secret::Random& random = secret::Random::system();
    std::vector<role::Message> all;
    Messages messages;
    const auto send = [&](const std::vector<role::Message>& some) {
      for (const role::Message& one : some) {
        messages.emplace(one.name, one.text);
        all.push_back(one);
      }
    };
    const auto advance = [&] { send(must(role::advance(messages)).messages); };
    std::vector<secret::Seed> seeds;
    std::vector<std::string> polynomials;
    for (std::int64_t index = 1; index <= 2; ++index) {
      role::Joined joined = must(role::join({"Ed25519", 2, 2, index}, random));
      seeds.push_back(std::move(joined.seed));
      send({joined.certificate});
    }
    advance();
    for (const secret::Seed& seed : seeds) {
      role::Committed committed = must(role::commit(seed, messages, random));
      polynomials.push_back(std::move(committed.polynomial));
      send(committed.step.messages);
    }
    advance();
    for (std::size_t i = 0; i < seeds.size(); ++i) {
      send(must(role::reveal(seeds[i], messages, polynomials[i], random)).messages);
    }
    advance();
    for (const secret::Seed& seed : seeds) send(must(role::share(seed, messages, random)).messages);
    if (must(role::advance(messages)).stage.waiting != role::CeremonyStage::Waiting::nobody) std::abort();
    return all;
  }();
  return sent;
}

std::string without_line_ends(std::string text) {
  std::erase_if(text, [](char c) { return c == '\n' || c == '\r'; });
  return text;
}

// The first `count` of its messages, with one of them changed.
void check_ceremony(std::size_t count, std::size_t which, std::span<const std::uint8_t> edits) {
  const auto& all = ceremony();
  Messages messages;
  for (std::size_t i = 0; i < count % (all.size() + 1); ++i) messages.emplace(all[i].name, all[i].text);
  if (messages.empty()) return;
  const role::Message& changed = all[which % messages.size()];
  messages[changed.name] = edited(changed.text, edits);
  const auto advanced = role::advance(messages);
  const bool made = advanced && advanced->stage.waiting == role::CeremonyStage::Waiting::nobody;
  // Certificates and commitments count as the officer has collected them; of the rest some is encrypted to a trustee,
  // who alone can tell.
  const bool told = changed.name.ends_with(".jsons") || changed.name.starts_with("reveal");
  if (made && told && without_line_ends(messages[changed.name]) != without_line_ends(changed.text)) std::abort();
}

void check_paper(std::string_view text) {
  const auto paper = service::read_ballot_paper(text);
  if (!paper) return;
  const std::string written = json::to_text(*paper);
  const auto again = service::read_ballot_paper(written);
  if (!again || json::to_text(*again) != written) std::abort();
  for (const std::string_view group : {"Ed25519", "BELENIOS-2048"}) {
    const auto drafted = service::draft(*paper, group, secret::Random::system());
    if (drafted && !service::questions(*drafted)) std::abort();
  }
}

}  // namespace

// The first byte says which; of a ceremony the next two how far it has come, and what is changed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  if (data[0] % 2 == 0) {
    check_paper(std::string_view(reinterpret_cast<const char*>(data + 1), size - 1));
  } else {
    check_ceremony(data[1], data[2], std::span(data + 3, size - 3));
  }
  return 0;
}
