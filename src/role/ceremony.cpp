#include "role/ceremony.hpp"

#include <algorithm>

#include "group/all.hpp"
#include "secret/key_ceremony.hpp"

namespace folkmoot::role {
namespace {

using election::Context;
using election::SignedMessage;
using group::PrimeGroup;
using group::with_group;
using secret::Random;
using Waiting = CeremonyStage::Waiting;

constexpr std::int64_t most_trustees = 100;
constexpr std::string_view certificates_name = "certs.jsons", commitments_name = "commitments.jsons",
                           threshold_name = "threshold.json", supplement_name = "threshold.strict.json";

std::string name_of(std::string_view message, std::size_t index, std::string_view extension = ".json") {
  return fmt::format("{}-{}{}", message, index, extension);
}

std::string_view without_line_end(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// The lines of a list that only the officer makes; `whose` is for the message where it is not there.
Result<std::vector<std::string_view>> lines_of(const Messages& messages, std::string_view name,
                                               std::string_view whose) {
  const auto found = messages.find(name);
  if (found == messages.end()) {
    return fail("{}: not there: the returning officer has not collected the {} yet", name, whose);
  }
  std::vector<std::string_view> lines;
  for (std::string_view rest = found->second; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
    if (const auto line = without_line_end(rest.substr(0, end + 1)); !line.empty()) lines.push_back(line);
    rest.remove_prefix(end + 1);
  }
  return lines;
}

template <class Structure>
Message message(std::string name, const Structure& structure) {
  return {std::move(name), json::to_text(structure) + "\n"};
}

template <class Structure>
Message one_a_line(std::string_view name, const std::vector<Structure>& structures) {
  std::string lines;
  for (const auto& structure : structures) lines += json::to_text(structure) + "\n";
  return {std::string(name), std::move(lines)};
}

// What a certificate says of the ceremony; its signature is not checked here.
Result<Context> read_context(std::string_view certificate) {
  const json::Document document = TRY(json::Document::parse(certificate));
  const std::string text = TRY(json::read_field(document.root(), "message", json::read_string));
  const json::Document keys = TRY(json::Document::parse(text));
  const json::Value context = TRY(keys.root().field("context"));
  const auto read_count = [](json::Value value) { return value.integer(1, most_trustees); };
  auto group = TRY(json::read_field(context, "group", json::read_string));
  auto size = TRY(json::read_field(context, "size", read_count));
  auto threshold = TRY(json::read_field(context, "threshold", read_count));
  auto index = TRY(json::read_field(context, "index", read_count));
  return Context{std::move(group), size, threshold, index};
}

struct CertificateTexts {
  std::vector<std::string_view> texts;
  Context context;  // the first's
};

Result<CertificateTexts> read_certificates(const Messages& messages) {
  CertificateTexts certificates{TRY(lines_of(messages, certificates_name, "certificates")), {}};
  if (certificates.texts.empty()) return fail("{}: holds no certificate", certificates_name);
  certificates.context = TRY(in(certificates_name, read_context(certificates.texts.front())));
  return certificates;
}

template <PrimeGroup G>
Result<secret::Certificates<G>> parse_certificates(const std::vector<std::string_view>& texts) {
  const auto parse = [&]() -> Result<secret::Certificates<G>> {
    secret::Certificates<G> certificates;
    for (const std::string_view text : texts) {
      certificates.push_back(TRY(in(fmt::format("certificate {}", certificates.size() + 1),
                                    json::read_canonical(text, election::read_signed_message<G>))));
    }
    TRY(secret::check_certificates(certificates));
    return certificates;
  };
  return in(certificates_name, parse());
}

// Whose certificate is the seed's: the one that says what the seed's owner would say.
template <PrimeGroup G>
Result<std::size_t> own_index(const secret::Seed& seed, const secret::Certificates<G>& certificates, Context context) {
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    context.index = static_cast<std::int64_t>(i + 1);
    if (secret::make_certificate<G>(seed, context, Random::system()).message == certificates[i].message) return i + 1;
  }
  return fail("none of the {} certificates was made with this key", certificates.size());
}

// What a trustee who has joined works with.
template <PrimeGroup G>
struct Member {
  secret::Certificates<G> certificates;
  std::size_t index;
};

// Calls `step.template operator()<G>(Member<G>)` with the ceremony's group.
template <class Act>
auto as_member(const secret::Seed& seed, const Messages& messages, Act act)
    -> decltype(act.template operator()<group::Ed25519>(std::declval<Member<group::Ed25519>>())) {
  const CertificateTexts texts = TRY(read_certificates(messages));
  return with_group(texts.context.group,
                    [&]<PrimeGroup G>() -> decltype(act.template operator()<G>(std::declval<Member<G>>())) {
                      auto certificates = TRY(parse_certificates<G>(texts.texts));
                      const std::size_t index = TRY(own_index(seed, certificates, texts.context));
                      return act.template operator()<G>(Member<G>{std::move(certificates), index});
                    });
}

// All trustees' commitments, as the officer has collected them. Each is checked by what they are used for.
template <PrimeGroup G>
Result<secret::KeyCommitments<G>> read_commitments(const Messages& messages) {
  secret::KeyCommitments<G> commitments;
  for (const std::string_view line : TRY(lines_of(messages, commitments_name, "commitments"))) {
    auto commitment = TRY(in(commitments_name, json::read_canonical(line, election::read_key_commitment<G>)));
    commitments.push_back(std::move(commitment));
  }
  return commitments;
}

template <class Read>
auto read_message(std::string_view name, std::string_view text, Read read) {
  return in(name, json::read_canonical(without_line_end(text), read));
}

// Reads the messages of that name that are there, checks each, and names who has sent none.
template <class Structure, class Read, class Check>
Result<std::vector<Structure>> read_messages(const Messages& messages, std::string_view what, std::size_t count,
                                             Read read, Check check, std::vector<std::int64_t>& missing) {
  std::vector<Structure> structures;
  for (std::size_t index = 1; index <= count; ++index) {
    const std::string name = name_of(what, index);
    const auto found = messages.find(name);
    if (found == messages.end()) {
      missing.push_back(static_cast<std::int64_t>(index));
      continue;
    }
    Structure structure = TRY(read_message(name, found->second, read));
    TRY(in(name, check(index, structure)));
    structures.push_back(std::move(structure));
  }
  return structures;
}

// Step 2: collects the certificates, if all are there.
Result<Advanced> collect_certificates(const Messages& messages) {
  const auto first = messages.lower_bound("certificate-");
  if (first == messages.end() || !first->first.starts_with("certificate-")) return fail("no trustee has joined yet");
  const Context context = TRY(in(first->first, read_context(first->second)));
  return with_group(context.group, [&]<PrimeGroup G>() -> Result<Advanced> {
    Advanced advanced;
    const auto any = [](std::size_t, const SignedMessage<G>&) { return Status(); };
    const auto certificates =
        TRY(read_messages<SignedMessage<G>>(messages, "certificate", static_cast<std::size_t>(context.size),
                                            election::read_signed_message<G>, any, advanced.stage.missing));
    if (!advanced.stage.missing.empty()) return advanced;
    TRY(secret::check_certificates(certificates));
    advanced.messages.push_back(one_a_line(certificates_name, certificates));
    return advanced;
  });
}

// Steps 3 to 6, as far as the trustees' messages allow.
template <PrimeGroup G>
Result<Advanced> advance_from(const Messages& messages, const secret::Certificates<G>& certificates) {
  const std::size_t count = certificates.size();
  Advanced advanced;
  const auto add = [&](Message made) {
    if (!messages.contains(made.name)) advanced.messages.push_back(std::move(made));
  };
  auto& [waiting, missing] = advanced.stage;

  waiting = Waiting::commitments;
  election::KeyCeremony<G> ceremony;
  if (messages.contains(commitments_name)) {
    ceremony.commitments = TRY(read_commitments<G>(messages));
  } else {
    ceremony.commitments = TRY(read_messages<election::KeyCommitment<G>>(
        messages, "commitment", count, election::read_key_commitment<G>,
        [&](std::size_t index, const auto& commitment) {
          return secret::check_commitment(certificates, index, commitment);
        },
        missing));
    if (!missing.empty()) return advanced;
    add(one_a_line(commitments_name, ceremony.commitments));
  }

  waiting = Waiting::polynomials;
  const auto polynomials = TRY(read_messages<secret::Polynomial<G>>(
      messages, "polynomial", count, secret::read_polynomial<G>,
      [&](std::size_t index, const auto& polynomial) {
        return secret::check_polynomial(certificates, index, polynomial);
      },
      missing));
  if (!missing.empty()) return advanced;
  ceremony.reveals = TRY(read_messages<proof::Proof<G>>(
      messages, "reveal", count, proof::read_proof<G>,
      [&](std::size_t index, const auto& reveal) {
        return secret::check_reveal(certificates, index, ceremony.commitments, polynomials[index - 1].coefexps, reveal);
      },
      missing));
  if (!missing.empty()) return advanced;
  const auto vinputs = TRY(secret::make_vinputs(certificates, polynomials));
  for (std::size_t index = 1; index <= count; ++index) add(message(name_of("vinput", index), vinputs[index - 1]));

  waiting = Waiting::shares;
  const auto voutputs = TRY(read_messages<secret::Voutput<G>>(
      messages, "voutput", count, secret::read_voutput<G>,
      [&](std::size_t index, const auto& voutput) {
        return secret::check_voutput(certificates, polynomials, index, voutput);
      },
      missing));
  if (!missing.empty()) return advanced;
  const auto parameters = TRY(secret::make_threshold_parameters(certificates, polynomials, voutputs));
  for (std::size_t index = 1; index <= count; ++index) {
    add({name_of("decryption-key", index, ".dkey"), voutputs[index - 1].private_key + "\n"});
  }
  add(message(std::string(supplement_name), ceremony));
  add(message(std::string(threshold_name), parameters));
  waiting = Waiting::nobody;
  return advanced;
}

}  // namespace

Status check_seat(const CeremonySeat& seat) {
  if (seat.trustees < 1 || seat.trustees > most_trustees) {
    return fail("{} trustees: expected 1 to {}", seat.trustees, most_trustees);
  }
  if (seat.threshold < 1 || seat.threshold > seat.trustees) {
    return fail("a threshold of {}: expected 1 to {}, the number of trustees", seat.threshold, seat.trustees);
  }
  if (seat.index < 1 || seat.index > seat.trustees) {
    return fail("trustee {}: expected 1 to {}, the number of trustees", seat.index, seat.trustees);
  }
  return {};
}

Result<Joined> join(const CeremonySeat& seat, Random& random) {
  TRY(check_seat(seat));
  return with_group(seat.group, [&]<PrimeGroup G>() -> Result<Joined> {
    secret::Seed seed = secret::Seed::generate(random);
    const Context context{seat.group, seat.trustees, seat.threshold, seat.index};
    Message certificate = message(name_of("certificate", static_cast<std::size_t>(seat.index)),
                                  secret::make_certificate<G>(seed, context, random));
    return Joined{std::move(seed), std::move(certificate)};
  });
}

Result<Committed> commit(const secret::Seed& seed, const Messages& messages, Random& random) {
  return as_member(seed, messages, [&]<PrimeGroup G>(const Member<G>& self) -> Result<Committed> {
    const auto polynomial = TRY(secret::make_polynomial(seed, self.certificates, random));
    Committed committed{{static_cast<std::int64_t>(self.index), {}}, json::to_text(polynomial)};
    committed.step.messages.push_back(message(name_of("commitment", self.index),
                                              secret::commit(seed, self.certificates, self.index, polynomial, random)));
    return committed;
  });
}

Result<Step> reveal(const secret::Seed& seed, const Messages& messages, std::optional<std::string_view> polynomial,
                    Random& random) {
  return as_member(seed, messages, [&]<PrimeGroup G>(const Member<G>& self) -> Result<Step> {
    const auto commitments = TRY(read_commitments<G>(messages));
    if (!polynomial) return fail("the polynomial that was committed to is not there");
    const auto kept = TRY(read_message("the polynomial that was kept", *polynomial, secret::read_polynomial<G>));
    const auto signature =
        TRY(in(commitments_name, secret::sign_reveal(seed, self.certificates, self.index, commitments, kept, random)));
    Step step{static_cast<std::int64_t>(self.index), {}};
    step.messages.push_back(message(name_of("reveal", self.index), signature));
    step.messages.push_back(message(name_of("polynomial", self.index), kept));
    return step;
  });
}

Result<Step> share(const secret::Seed& seed, const Messages& messages, Random& random) {
  return as_member(seed, messages, [&]<PrimeGroup G>(const Member<G>& self) -> Result<Step> {
    const std::string name = name_of("vinput", self.index);
    const auto found = messages.find(name);
    if (found == messages.end()) return fail("{}: not there: not all trustees' polynomials are collected yet", name);
    const auto vinput = TRY(read_message(name, found->second, secret::read_vinput<G>));
    const auto commitments = TRY(read_commitments<G>(messages));
    std::vector<std::int64_t> missing;
    TRY(read_messages<proof::Proof<G>>(
        messages, "reveal", std::min(self.certificates.size(), vinput.coefexps.size()), proof::read_proof<G>,
        [&](std::size_t index, const auto& reveal) {
          return secret::check_reveal(self.certificates, index, commitments, vinput.coefexps[index - 1], reveal);
        },
        missing));
    if (!missing.empty()) return fail("{}: not there", name_of("reveal", static_cast<std::size_t>(missing.front())));
    const auto voutput = TRY(in(name, secret::make_voutput(seed, self.certificates, vinput, random)));
    Step step{static_cast<std::int64_t>(self.index), {}};
    step.messages.push_back(message(name_of("voutput", self.index), voutput));
    return step;
  });
}

Result<Advanced> advance(const Messages& messages) {
  if (messages.contains(threshold_name)) return Advanced{{Waiting::nobody, {}}, {}};
  if (messages.contains(certificates_name)) {
    const CertificateTexts texts = TRY(read_certificates(messages));
    return with_group(texts.context.group, [&]<PrimeGroup G>() -> Result<Advanced> {
      const auto certificates = TRY(parse_certificates<G>(texts.texts));
      return advance_from<G>(messages, certificates);
    });
  }
  Advanced collected = TRY(collect_certificates(messages));
  if (!collected.stage.missing.empty()) return collected;
  // Commitments that came before all had joined count as well.
  Messages more = messages;
  more.emplace(collected.messages.front().name, collected.messages.front().text);
  Advanced advanced = TRY(advance(more));
  advanced.messages.insert(advanced.messages.begin(), std::move(collected.messages.front()));
  return advanced;
}

}  // namespace folkmoot::role
