// The checks of the Pedersen protocol: what each message must be for those who took part (specification, section 4.7).
// Trustees count from 0 here; messages name them from 1.
#pragma once

#include "secret/pedersen.hpp"

namespace folkmoot::secret {

// "trustee 1" for 0.
std::string trustee_name(std::size_t i);

// Those who take part in a run, as their certificates say.
template <PrimeGroup G>
class Participants {
 public:
  using Exponents = election::CoefficientExponents<G>;

  // Checks the certificates, which must outlive this.
  static Result<Participants> read(const Certificates<G>& certificates);

  [[nodiscard]] std::size_t size() const { return keys_.size(); }
  [[nodiscard]] std::size_t threshold() const { return threshold_; }
  [[nodiscard]] const election::CertificateKeys<G>& operator[](std::size_t i) const { return keys_[i]; }
  // Which of them has these keys.
  [[nodiscard]] Result<std::size_t> find(const ChannelKeys<G>& own) const;

  // The A_i0, …, A_it of trustee i, which must be signed alone and together with all certificates.
  [[nodiscard]] Result<Exponents> check_coefexps(std::size_t i, const election::SignedMessage<G>& coefexps,
                                                 const proof::Proof<G>& signature) const;
  // The same of a whole polynomial, and of those of all trustees.
  [[nodiscard]] Result<Exponents> check_polynomial(std::size_t i, const Polynomial<G>& polynomial) const;
  [[nodiscard]] Result<std::vector<Exponents>> check_polynomials(const std::vector<Polynomial<G>>& polynomials) const;
  [[nodiscard]] Status check_voutput(std::size_t i, const std::vector<Exponents>& coefexps,
                                     const Voutput<G>& voutput) const;

 private:
  explicit Participants(const Certificates<G>& certificates) : certificates_(&certificates) {}
  static Result<election::CertificateKeys<G>> check_certificate(const election::SignedMessage<G>& certificate,
                                                                const election::Context& expected);

  const Certificates<G>* certificates_;
  std::vector<election::CertificateKeys<G>> keys_;
  std::size_t threshold_ = 0;
};

}  // namespace folkmoot::secret
