#include "service/ceremony.hpp"

#include <optional>

#include "group/all.hpp"
#include "secret/key_ceremony.hpp"
#include "service/supplement.hpp"

namespace folkmoot::service {
namespace {

using election::Context;
using election::SignedMessage;
using group::PrimeGroup;
using group::with_group;
using secret::Random;
using Waiting = CeremonyStage::Waiting;

constexpr std::int64_t most_trustees = 100;

fs::path certificates_file(const fs::path& folder) { return folder / "certs.jsons"; }
fs::path commitments_file(const fs::path& folder) { return folder / "commitments.jsons"; }
fs::path threshold_file(const fs::path& folder) { return folder / "threshold.json"; }
fs::path message_file(const fs::path& folder, std::string_view message, std::size_t index,
                      std::string_view extension = ".json") {
  return folder / fmt::format("{}-{}{}", message, index, extension);
}

// What a certificate says of the ceremony; its signature is not checked here.
Result<Context> read_context(std::string_view certificate) {
  const json::Document document = TRY(json::Document::parse(certificate));
  const std::string message = TRY(json::read_field(document.root(), "message", json::read_string));
  const json::Document keys = TRY(json::Document::parse(message));
  const json::Value context = TRY(keys.root().field("context"));
  const auto read_count = [](json::Value value) { return value.integer(1, most_trustees); };
  auto group = TRY(json::read_field(context, "group", json::read_string));
  auto size = TRY(json::read_field(context, "size", read_count));
  auto threshold = TRY(json::read_field(context, "threshold", read_count));
  auto index = TRY(json::read_field(context, "index", read_count));
  return Context{std::move(group), size, threshold, index};
}

struct CertificateTexts {
  std::vector<std::string> texts;
  Context context;  // the first's
};

Result<CertificateTexts> read_certificates(const fs::path& folder) {
  const fs::path path = certificates_file(folder);
  if (!fs::exists(path))
    return fail("{}: not there: the returning officer has not collected the certificates yet", path.string());
  CertificateTexts certificates{TRY(read_lines(path)), {}};
  if (certificates.texts.empty()) return fail("{}: holds no certificate", path.string());
  certificates.context = TRY(in(path.string(), read_context(certificates.texts.front())));
  return certificates;
}

template <PrimeGroup G>
Result<secret::Certificates<G>> parse_certificates(const fs::path& folder, const std::vector<std::string>& texts) {
  const auto parse = [&]() -> Result<secret::Certificates<G>> {
    secret::Certificates<G> certificates;
    for (const std::string& text : texts) {
      certificates.push_back(TRY(in(fmt::format("certificate {}", certificates.size() + 1),
                                    json::read_canonical(text, election::read_signed_message<G>))));
    }
    TRY(secret::check_certificates(certificates));
    return certificates;
  };
  return in(certificates_file(folder).string(), parse());
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
  secret::Seed seed;
  secret::Certificates<G> certificates;
  std::size_t index;
};

template <PrimeGroup G>
Result<Member<G>> read_member(const fs::path& folder, const fs::path& key, const CertificateTexts& texts) {
  const secret::SecretText text = TRY(read_secret(key));
  secret::Seed seed = TRY(in(key.string(), secret::Seed::parse(text.view())));
  auto certificates = TRY(parse_certificates<G>(folder, texts.texts));
  const std::size_t index = TRY(in(key.string(), own_index(seed, certificates, texts.context)));
  return Member<G>{std::move(seed), std::move(certificates), index};
}

// What a trustee keeps between committing and revealing, beside their key.
fs::path kept_polynomial(const fs::path& key) { return key.string() + ".polynomial"; }

// All trustees' commitments, as the officer has collected them. Each is checked by what they are used for.
template <PrimeGroup G>
Result<secret::KeyCommitments<G>> read_commitments(const fs::path& folder) {
  const fs::path path = commitments_file(folder);
  if (!fs::exists(path))
    return fail("{}: not there: the returning officer has not collected the commitments yet", path.string());
  secret::KeyCommitments<G> commitments;
  for (const std::string& line : TRY(read_lines(path))) {
    auto commitment = TRY(in(path.string(), json::read_canonical(line, election::read_key_commitment<G>)));
    commitments.push_back(std::move(commitment));
  }
  return commitments;
}

// Reads the messages of that name that are there, checks each, and names who has sent none.
template <class Message, class Read, class Check>
Result<std::vector<Message>> read_messages(const fs::path& folder, std::string_view name, std::size_t count, Read read,
                                           Check check, std::vector<std::int64_t>& missing) {
  std::vector<Message> messages;
  for (std::size_t index = 1; index <= count; ++index) {
    const fs::path path = message_file(folder, name, index);
    if (!fs::exists(path)) {
      missing.push_back(static_cast<std::int64_t>(index));
      continue;
    }
    Message message = TRY(read_as(path, read));
    TRY(in(path.string(), check(index, message)));
    messages.push_back(std::move(message));
  }
  return messages;
}

template <class Message>
std::string one_a_line(const std::vector<Message>& messages) {
  std::string lines;
  for (const auto& message : messages) lines += json::to_text(message) + "\n";
  return lines;
}

// Step 2: collects the certificates. Gives who has sent none.
Result<std::vector<std::int64_t>> collect_certificates(const fs::path& folder) {
  std::optional<Context> context;
  for (const fs::path& path : files_with_extension(folder, ".json")) {
    if (!path.filename().string().starts_with("certificate-")) continue;
    const std::string text = TRY(read_file(path));
    context = TRY(in(path.string(), read_context(text)));
    break;
  }
  if (!context) return fail("{}: no trustee has joined yet", folder.string());
  return with_group(context->group, [&]<PrimeGroup G>() -> Result<std::vector<std::int64_t>> {
    std::vector<std::int64_t> missing;
    const auto any = [](std::size_t, const SignedMessage<G>&) { return Status(); };
    const auto certificates =
        TRY(read_messages<SignedMessage<G>>(folder, "certificate", static_cast<std::size_t>(context->size),
                                            election::read_signed_message<G>, any, missing));
    if (!missing.empty()) return missing;
    TRY(in(folder.string(), secret::check_certificates(certificates)));
    TRY(write_file(certificates_file(folder), one_a_line(certificates)));
    return missing;
  });
}

// Steps 3 to 6, as far as the trustees' messages allow.
template <PrimeGroup G>
Result<CeremonyStage> advance(const fs::path& folder, const CertificateTexts& texts) {
  const auto certificates = TRY(parse_certificates<G>(folder, texts.texts));
  const std::size_t count = certificates.size();

  CeremonyStage stage{Waiting::commitments, {}};
  if (!fs::exists(commitments_file(folder))) {
    const auto collected = TRY(read_messages<election::KeyCommitment<G>>(
        folder, "commitment", count, election::read_key_commitment<G>,
        [&](std::size_t index, const auto& commitment) {
          return secret::check_commitment(certificates, index, commitment);
        },
        stage.missing));
    if (!stage.missing.empty()) return stage;
    TRY(write_file(commitments_file(folder), one_a_line(collected)));
  }
  election::KeyCeremony<G> ceremony{TRY(read_commitments<G>(folder)), {}};

  stage.waiting = Waiting::polynomials;
  const auto polynomials = TRY(read_messages<secret::Polynomial<G>>(
      folder, "polynomial", count, secret::read_polynomial<G>,
      [&](std::size_t index, const auto& polynomial) {
        return secret::check_polynomial(certificates, index, polynomial);
      },
      stage.missing));
  if (!stage.missing.empty()) return stage;
  ceremony.reveals = TRY(read_messages<proof::Proof<G>>(
      folder, "reveal", count, proof::read_proof<G>,
      [&](std::size_t index, const auto& reveal) {
        return secret::check_reveal(certificates, index, ceremony.commitments, polynomials[index - 1].coefexps, reveal);
      },
      stage.missing));
  if (!stage.missing.empty()) return stage;
  const auto vinputs = TRY(secret::make_vinputs(certificates, polynomials));
  for (std::size_t index = 1; index <= count; ++index) {
    const fs::path path = message_file(folder, "vinput", index);
    if (!fs::exists(path)) TRY(write_file(path, json::to_text(vinputs[index - 1]) + "\n"));
  }

  stage.waiting = Waiting::shares;
  const auto voutputs = TRY(read_messages<secret::Voutput<G>>(
      folder, "voutput", count, secret::read_voutput<G>,
      [&](std::size_t index, const auto& voutput) {
        return secret::check_voutput(certificates, polynomials, index, voutput);
      },
      stage.missing));
  if (!stage.missing.empty()) return stage;
  const auto parameters = TRY(secret::make_threshold_parameters(certificates, polynomials, voutputs));
  for (std::size_t index = 1; index <= count; ++index) {
    const fs::path path = message_file(folder, "decryption-key", index, ".dkey");
    if (!fs::exists(path)) TRY(write_file(path, voutputs[index - 1].private_key + "\n"));
  }
  const fs::path ceremony_file = supplement_file(threshold_file(folder));
  if (!fs::exists(ceremony_file)) TRY(write_file(ceremony_file, json::to_text(ceremony) + "\n"));
  TRY(write_file(threshold_file(folder), json::to_text(parameters) + "\n"));
  return CeremonyStage{Waiting::nobody, {}};
}

}  // namespace

Status join_ceremony(const fs::path& folder, const CeremonySeat& seat, const fs::path& key) {
  if (seat.trustees < 1 || seat.trustees > most_trustees) {
    return fail("{} trustees: expected 1 to {}", seat.trustees, most_trustees);
  }
  if (seat.threshold < 1 || seat.threshold > seat.trustees) {
    return fail("a threshold of {}: expected 1 to {}, the number of trustees", seat.threshold, seat.trustees);
  }
  if (seat.index < 1 || seat.index > seat.trustees) {
    return fail("trustee {}: expected 1 to {}, the number of trustees", seat.index, seat.trustees);
  }
  return with_group(seat.group, [&]<PrimeGroup G>() -> Status {
    const secret::Seed seed = secret::Seed::generate(Random::system());
    const SignedMessage<G> certificate =
        secret::make_certificate<G>(seed, {seat.group, seat.trustees, seat.threshold, seat.index}, Random::system());
    const fs::path path = message_file(folder, "certificate", static_cast<std::size_t>(seat.index));
    if (fs::exists(path))
      return fail("{}: is there already: somebody else has joined as trustee {}", path.string(), seat.index);
    TRY(write_secret(key, secret::SecretText({seed.view(), "\n"}).view()));
    return write_file(path, json::to_text(certificate) + "\n");
  });
}

Result<std::int64_t> send_commitment(const fs::path& folder, const fs::path& key) {
  const CertificateTexts texts = TRY(read_certificates(folder));
  return with_group(texts.context.group, [&]<PrimeGroup G>() -> Result<std::int64_t> {
    const Member<G> self = TRY(read_member<G>(folder, key, texts));
    const auto polynomial = TRY(secret::make_polynomial(self.seed, self.certificates, Random::system()));
    const auto commitment = secret::commit(self.seed, self.certificates, self.index, polynomial, Random::system());
    TRY(write_secret(kept_polynomial(key), json::to_text(polynomial) + "\n"));
    TRY(write_file(message_file(folder, "commitment", self.index), json::to_text(commitment) + "\n"));
    return static_cast<std::int64_t>(self.index);
  });
}

Result<std::int64_t> send_polynomial(const fs::path& folder, const fs::path& key) {
  const CertificateTexts texts = TRY(read_certificates(folder));
  return with_group(texts.context.group, [&]<PrimeGroup G>() -> Result<std::int64_t> {
    const Member<G> self = TRY(read_member<G>(folder, key, texts));
    const auto commitments = TRY(read_commitments<G>(folder));
    const auto polynomial = TRY(read_as(kept_polynomial(key), secret::read_polynomial<G>));
    const auto reveal =
        TRY(in(commitments_file(folder).string(), secret::sign_reveal(self.seed, self.certificates, self.index,
                                                                      commitments, polynomial, Random::system())));
    TRY(write_file(message_file(folder, "reveal", self.index), json::to_text(reveal) + "\n"));
    TRY(write_file(message_file(folder, "polynomial", self.index), json::to_text(polynomial) + "\n"));
    return static_cast<std::int64_t>(self.index);
  });
}

Result<std::int64_t> send_share(const fs::path& folder, const fs::path& key) {
  const CertificateTexts texts = TRY(read_certificates(folder));
  return with_group(texts.context.group, [&]<PrimeGroup G>() -> Result<std::int64_t> {
    const Member<G> self = TRY(read_member<G>(folder, key, texts));
    const fs::path path = message_file(folder, "vinput", self.index);
    if (!fs::exists(path)) return fail("{}: not there: not all trustees' polynomials are collected yet", path.string());
    const auto vinput = TRY(read_as(path, secret::read_vinput<G>));
    const auto commitments = TRY(read_commitments<G>(folder));
    for (std::size_t index = 1; index <= std::min(self.certificates.size(), vinput.coefexps.size()); ++index) {
      const fs::path reveal_path = message_file(folder, "reveal", index);
      const auto reveal = TRY(read_as(reveal_path, proof::read_proof<G>));
      TRY(in(reveal_path.string(),
             secret::check_reveal(self.certificates, index, commitments, vinput.coefexps[index - 1], reveal)));
    }
    const auto voutput =
        TRY(in(path.string(), secret::make_voutput(self.seed, self.certificates, vinput, Random::system())));
    TRY(write_file(message_file(folder, "voutput", self.index), json::to_text(voutput) + "\n"));
    return static_cast<std::int64_t>(self.index);
  });
}

Result<CeremonyStage> advance_ceremony(const fs::path& folder) {
  if (fs::exists(threshold_file(folder))) return CeremonyStage{Waiting::nobody, {}};
  if (!fs::exists(certificates_file(folder))) {
    auto missing = TRY(collect_certificates(folder));
    if (!missing.empty()) return CeremonyStage{Waiting::certificates, std::move(missing)};
  }
  const CertificateTexts texts = TRY(read_certificates(folder));
  return with_group(texts.context.group, [&]<PrimeGroup G>() { return advance<G>(folder, texts); });
}

}  // namespace folkmoot::service
