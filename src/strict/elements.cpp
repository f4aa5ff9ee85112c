#include "strict/elements.hpp"

#include "group/all.hpp"

namespace folkmoot::strict {
namespace {

using namespace election;

// Collects the places of elements that are 1. Places are put together only when there is something to tell.
template <PrimeGroup G>
class Finder {
 public:
  template <class... Where>
  void look(const typename G::Element& element, fmt::format_string<Where...> where, Where&&... at) {
    if (element.is_identity()) found_.push_back(fmt::format(where, std::forward<Where>(at)...) + ": it is 1");
  }
  template <class... Where>
  void look(const Ciphertext<G>& ciphertext, fmt::format_string<Where...> where, Where&&... at) {
    if (!ciphertext.alpha.is_identity() && !ciphertext.beta.is_identity()) return;
    const std::string place = fmt::format(where, std::forward<Where>(at)...);
    look(ciphertext.alpha, "{}.alpha", place);
    look(ciphertext.beta, "{}.beta", place);
  }
  void look(const std::vector<typename G::Element>& elements, std::string_view where) {
    for (std::size_t i = 0; i < elements.size(); ++i) look(elements[i], "{}[{}]", where, i);
  }
  void tell(std::string what) { found_.push_back(std::move(what)); }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  std::vector<std::string> found_;
};

template <PrimeGroup G>
void look(Finder<G>& finder, std::size_t i, const HomomorphicAnswer<G>& answer) {
  for (std::size_t k = 0; k < answer.choices.size(); ++k) {
    finder.look(answer.choices[k], "answers[{}].choices[{}]", i, k);
  }
}
template <PrimeGroup G>
void look(Finder<G>& finder, std::size_t i, const NonHomomorphicAnswer<G>& answer) {
  finder.look(answer.choices, "answers[{}].choices", i);
}
template <PrimeGroup G>
void look(Finder<G>& finder, std::size_t i, const ListsAnswer<G>& answer) {
  for (std::size_t list = 0; list < answer.choices.size(); ++list) {
    for (std::size_t k = 0; k < answer.choices[list].size(); ++k) {
      finder.look(answer.choices[list][k], "answers[{}].choices[{}][{}]", i, list, k);
    }
  }
  finder.look(answer.nonzero_proof.commitment, "answers[{}].nonzero_proof.commitment", i);
}

template <PrimeGroup G>
void look(Finder<G>& finder, const TrusteePublicKey<G>& key, const std::string& where) {
  finder.look(key.public_key, "{}public_key", where);
}
template <PrimeGroup G>
void look(Finder<G>& finder, const ThresholdParameters<G>& group, const std::string& where) {
  const auto each = [&](std::string_view name, const auto& messages, auto read, auto look_at) {
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const std::string place = fmt::format("{}{}[{}]", where, name, i);
      if (const auto value = read(messages[i])) {
        look_at(*value, place);
      } else {
        finder.tell(value.error().in(place).message);
      }
    }
  };
  each("certs", group.certificates, certificate_keys<G>, [&](const auto& keys, const std::string& place) {
    finder.look(keys.verification, "{}.verification", place);
    finder.look(keys.encryption, "{}.encryption", place);
  });
  each("coefexps", group.coefficient_exponents, coefficient_exponents<G>,
       [&](const auto& exponents, const std::string& place) { finder.look(exponents.coefexps, place); });
  for (std::size_t i = 0; i < group.verification_keys.size(); ++i) {
    look(finder, group.verification_keys[i], fmt::format("{}verification_keys[{}].", where, i));
  }
}

}  // namespace

template <PrimeGroup G>
std::vector<std::string> identities(const Ballot<G>& ballot) {
  Finder<G> finder;
  finder.look(ballot.credential, "credential");
  for (std::size_t i = 0; i < ballot.answers.size(); ++i) {
    std::visit([&](const auto& answer) { look(finder, i, answer); }, ballot.answers[i]);
  }
  return finder.take();
}

template <PrimeGroup G>
std::vector<std::string> identities(const EncryptedTally<G>& tally) {
  Finder<G> finder;
  for (std::size_t i = 0; i < tally.questions.size(); ++i) {
    for (std::size_t k = 0; k < tally.questions[i].size(); ++k) {
      finder.look(tally.questions[i][k], "question {}: ciphertext {}", i + 1, k + 1);
    }
  }
  return finder.take();
}

template <PrimeGroup G>
std::vector<std::string> identities(const Shuffle<G>& shuffle) {
  Finder<G> finder;
  for (std::size_t i = 0; i < shuffle.ciphertexts.size(); ++i) {
    for (std::size_t k = 0; k < shuffle.ciphertexts[i].size(); ++k) {
      finder.look(shuffle.ciphertexts[i][k], "ciphertexts[{}][{}]", i, k);
    }
  }
  for (std::size_t i = 0; i < shuffle.proofs.size(); ++i) {
    const auto& [t, s, c, c_hat] = shuffle.proofs[i];
    const std::string where = fmt::format("proofs[{}]: ", i);
    finder.look({t.t1, t.t2, t.t3, t.t41, t.t42}, where + "t");
    finder.look(t.t_hat, where + "t̂");
    finder.look(c, where + "c");
    finder.look(c_hat, where + "ĉ");
  }
  return finder.take();
}

template <PrimeGroup G>
std::vector<std::string> identities(const PartialDecryption<G>& decryption) {
  Finder<G> finder;
  for (std::size_t i = 0; i < decryption.factors.size(); ++i) {
    finder.look(decryption.factors[i].values, fmt::format("decryption_factors[{}]", i));
  }
  return finder.take();
}

template <PrimeGroup G>
std::vector<std::string> identities(const PublicCredentials<G>& credentials) {
  Finder<G> finder;
  for (std::size_t i = 0; i < credentials.credentials.size(); ++i) {
    finder.look(credentials.credentials[i].key, "credential {}", i + 1);
  }
  return finder.take();
}

template <PrimeGroup G>
std::vector<std::string> identities(const Trustees<G>& trustees) {
  Finder<G> finder;
  for (std::size_t i = 0; i < trustees.kinds.size(); ++i) {
    std::visit([&](const auto& item) { look(finder, item, fmt::format("item {}: ", i + 1)); }, trustees.kinds[i]);
  }
  return finder.take();
}

#define FOLKMOOT_INSTANTIATE(G)                                              \
  template std::vector<std::string> identities(const Ballot<G>&);            \
  template std::vector<std::string> identities(const EncryptedTally<G>&);    \
  template std::vector<std::string> identities(const Shuffle<G>&);           \
  template std::vector<std::string> identities(const PartialDecryption<G>&); \
  template std::vector<std::string> identities(const PublicCredentials<G>&); \
  template std::vector<std::string> identities(const Trustees<G>&);
FOLKMOOT_FOR_EACH_GROUP(FOLKMOOT_INSTANTIATE)

}  // namespace folkmoot::strict
