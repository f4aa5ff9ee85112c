#include <algorithm>
#include <deque>

#include "election/trustees.hpp"
#include "group/all.hpp"
#include "proof/knowledge.hpp"
#include "proof/signature.hpp"

namespace folkmoot::election {
namespace {

// Collects messages, and claims with the message for each that fails.
template <PrimeGroup G>
class Checks {
 public:
  using Claim = typename Batch<G>::Claim;

  Batch<G>& batch() { return batch_; }
  void wrong(std::string message) { messages_.push_back(std::move(message)); }
  void claim(Claim claim, std::string message) { claims_.push_back({claim, std::move(message)}); }
  // A text that lives until the claims are decided.
  const std::string& keep(std::string text) { return texts_.emplace_back(std::move(text)); }
  // The value, or the message of its error.
  template <class T>
  std::optional<T> value(std::string_view where, Result<T> result) {
    if (result) return *std::move(result);
    wrong(result.error().in(where).message);
    return std::nullopt;
  }

  std::vector<std::string> finish() {
    batch_.run();
    for (auto& [claim, message] : claims_) {
      if (!batch_.holds(claim)) wrong(std::move(message));
    }
    return std::move(messages_);
  }

 private:
  struct Named {
    Claim claim;
    std::string message;
  };
  Batch<G> batch_{G::fixed_generator()};  // nothing here is about the election's key
  std::vector<Named> claims_;
  std::vector<std::string> messages_;
  std::deque<std::string> texts_;
};

// As tools before 2.5.1 made threshold keys: without the signatures, and without what they would sign for.
template <PrimeGroup G>
bool predates_signatures(const ThresholdParameters<G>& parameters) {
  const auto has_context = [](const SignedMessage<G>& certificate) {
    const auto keys = certificate_keys(certificate);
    return keys && keys->context;
  };
  const auto has_signature = [](const TrusteePublicKey<G>& key) { return key.signature.has_value(); };
  return !parameters.has_signatures &&
         std::none_of(parameters.certificates.begin(), parameters.certificates.end(), has_context) &&
         std::none_of(parameters.verification_keys.begin(), parameters.verification_keys.end(), has_signature);
}

Status check_context(const Context& found, const Context& expected) {
  if (found.group != expected.group) return fail("group \"{}\" instead of \"{}\"", found.group, expected.group);
  if (found.size != expected.size) return fail("size {} instead of {}", found.size, expected.size);
  if (found.threshold != expected.threshold) {
    return fail("threshold {} instead of {}", found.threshold, expected.threshold);
  }
  if (found.index != expected.index) return fail("index {} instead of {}", found.index, expected.index);
  return {};
}

template <PrimeGroup G>
class ThresholdCheck {
 public:
  ThresholdCheck(Checks<G>& checks, const ThresholdParameters<G>& parameters, std::string where)
      : checks_(checks), parameters_(parameters), where_(std::move(where)) {}

  void run() {
    if (!check_sizes()) return;
    signatures_required_ = !predates_signatures(parameters_);
    if (!signatures_required_) {
      checks_.wrong(fmt::format(
          "{}: the threshold keys lack the signatures that the specification requires since versions 2.5.1 and 3.0",
          where_));
    }
    for (std::size_t i = 0; i < size_; ++i) check_trustee(i);
    // The keys follow from the coefficients, if those could be read.
    if (coefexps_.size() != size_) return;
    for (std::size_t i = 0; i < size_; ++i) {
      if (parameters_.verification_keys[i].public_key != threshold_public_key(coefexps_, i + 1)) {
        checks_.wrong(trustee(i, "verification_keys: the public key is not what the coefficients say"));
      }
    }
  }

 private:
  [[nodiscard]] std::string trustee(std::size_t i, std::string_view what) const {
    return fmt::format("{}: trustee {}: {}", where_, i + 1, what);
  }

  bool check_sizes() {
    size_ = parameters_.certificates.size();
    const auto check = [&](std::string_view name, std::size_t found) {
      if (found == size_) return true;
      checks_.wrong(fmt::format("{}: {}: {} for {} trustees", where_, name, found, size_));
      return false;
    };
    const auto threshold = parameters_.threshold;
    if (threshold < 1 || static_cast<std::uint64_t>(threshold) > size_) {
      checks_.wrong(fmt::format("{}: threshold {} of {} trustees", where_, threshold, size_));
      return false;
    }
    bool fits = check("coefexps", parameters_.coefficient_exponents.size());
    fits = check("verification_keys", parameters_.verification_keys.size()) && fits;
    return (!parameters_.has_signatures || check("signatures", parameters_.signatures.size())) && fits;
  }

  void check_trustee(std::size_t i) {
    const auto& key = parameters_.verification_keys[i];
    checks_.claim(proof::verify_knowledge(checks_.batch(), key.public_key, key.pok),
                  trustee(i, "verification_keys: the proof of knowledge is wrong"));

    const auto& certificate = parameters_.certificates[i];
    const auto keys = checks_.value(trustee(i, "certs"), certificate_keys(certificate));
    const auto& coefexps = parameters_.coefficient_exponents[i];
    auto exponents = checks_.value(trustee(i, "coefexps"), coefficient_exponents(coefexps));
    if (exponents && exponents->coefexps.size() != static_cast<std::uint64_t>(parameters_.threshold)) {
      checks_.wrong(trustee(i, fmt::format("coefexps: {} coefficients for threshold {}", exponents->coefexps.size(),
                                           parameters_.threshold)));
      exponents.reset();
    }
    if (keys) check_signatures(i, *keys, exponents);
    if (exponents) coefexps_.push_back(*std::move(exponents));
  }

  void check_signatures(std::size_t i, const CertificateKeys<G>& keys,
                        const std::optional<CoefficientExponents<G>>& exponents) {
    const auto check_signed = [&](std::string_view message, const Proof<G>& signature, std::string_view wrong) {
      checks_.claim(proof::verify_message_signature<G>(checks_.batch(), keys.verification, message, signature),
                    trustee(i, wrong));
    };
    const auto& certificate = parameters_.certificates[i];
    check_signed(certificate.message, certificate.signature, "certs: the signature is wrong");
    const auto& coefexps = parameters_.coefficient_exponents[i];
    check_signed(coefexps.message, coefexps.signature, "coefexps: the signature is wrong");
    if (!signatures_required_) return;

    const Context expected{std::string(G::name), static_cast<std::int64_t>(size_), parameters_.threshold,
                           static_cast<std::int64_t>(i + 1)};
    if (keys.context) {
      const Status fits = check_context(*keys.context, expected);
      if (!fits) checks_.wrong(fits.error().in(trustee(i, "certs: context")).message);
    } else {
      checks_.wrong(trustee(i, "certs: there is no context"));
    }
    if (!parameters_.has_signatures) {
      checks_.wrong(trustee(i, "signatures: there is none"));
    } else if (exponents) {
      const auto& message = checks_.keep(v1::certificates_message(parameters_.certificates, *exponents));
      check_signed(message, parameters_.signatures[i], "signatures: the signature is wrong");
    }
    const auto& key = parameters_.verification_keys[i];
    if (!key.signature) {
      checks_.wrong(trustee(i, "verification_keys: there is no signature"));
    } else {
      check_signed(checks_.keep(key.public_key.text()), *key.signature, "verification_keys: the signature is wrong");
    }
  }

  Checks<G>& checks_;
  const ThresholdParameters<G>& parameters_;
  std::string where_;
  std::size_t size_ = 0;
  bool signatures_required_ = true;
  std::vector<CoefficientExponents<G>> coefexps_;  // of the trustees whose message could be read
};

}  // namespace

template <PrimeGroup G>
std::vector<std::string> check_trustees(const Trustees<G>& trustees) {
  Checks<G> checks;
  if (trustees.kinds.empty()) checks.wrong("there are no trustees");
  for (std::size_t i = 0; i < trustees.kinds.size(); ++i) {
    const std::string where = fmt::format("item {}", i + 1);
    if (const auto* single = std::get_if<TrusteePublicKey<G>>(&trustees.kinds[i])) {
      checks.claim(proof::verify_knowledge(checks.batch(), single->public_key, single->pok),
                   fmt::format("{}: the proof of knowledge is wrong", where));
    } else {
      ThresholdCheck<G>(checks, std::get<ThresholdParameters<G>>(trustees.kinds[i]), where).run();
    }
  }
  return checks.finish();
}

#define FOLKMOOT_INSTANTIATE(G) template std::vector<std::string> check_trustees(const Trustees<G>&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::election
