// Threshold keys: Pedersen's distributed key generation among μ trustees, of whom `threshold` will be needed to decrypt
// (specification, sections 3.1 "Pedersen protocol" and 4.7 "Messages specific to threshold decryption support").
//
// The steps, and who runs them (trustees count from 1; all messages pass through the server):
//   1  trustee  Seed::generate, make_certificate                      → seed (kept), certificate
//   2  server   check_certificates
//   3  trustee  make_polynomial                                       → polynomial;    server: check_polynomial
//   4  server   make_vinputs                                          → a vinput for each trustee
//   5  trustee  make_voutput                                          → voutput;       server: check_voutput
//   6  server   make_threshold_parameters                             → the public structure; each voutput's
//   private_key
//                                                                       is returned to its trustee (.dkey)
//   …  trustee  decryption_key                                        → what decrypt() takes
// Every check names the trustee whose message is wrong.
#pragma once

#include "election/trustees.hpp"
#include "secret/channel.hpp"
#include "secret/scalar.hpp"

namespace folkmoot::secret {

template <PrimeGroup G>
using Certificates = std::vector<election::SignedMessage<G>>;

// What trustee i sends in step 3.
template <PrimeGroup G>
struct Polynomial {
  std::string polynomial;            // the coefficients, encrypted to the sender
  std::vector<std::string> secrets;  // f_i(j), encrypted to trustee j
  election::SignedMessage<G> coefexps;
  proof::Proof<G> signature;  // of all certificates and the coefficients' exponents
};

// What trustee j is sent in step 5.
template <PrimeGroup G>
struct Vinput {
  std::string polynomial;
  std::vector<std::string> secrets;
  std::vector<election::SignedMessage<G>> coefexps;
  std::vector<proof::Proof<G>> signatures;
};

// What trustee j answers.
template <PrimeGroup G>
struct Voutput {
  std::string private_key;  // the share of the decryption key, encrypted to its owner: the text of a .dkey file
  election::TrusteePublicKey<G> public_key;
};

// Certificates have election's SignedMessage JSON.
template <PrimeGroup G>
Result<Polynomial<G>> read_polynomial(json::Value value);
template <PrimeGroup G>
Result<Vinput<G>> read_vinput(json::Value value);
template <PrimeGroup G>
Result<Voutput<G>> read_voutput(json::Value value);
template <PrimeGroup G>
void write(json::Writer& writer, const Polynomial<G>& polynomial);
template <PrimeGroup G>
void write(json::Writer& writer, const Vinput<G>& vinput);
template <PrimeGroup G>
void write(json::Writer& writer, const Voutput<G>& voutput);

// Step 1. `context.group` must be G::name.
template <PrimeGroup G>
election::SignedMessage<G> make_certificate(const Seed& seed, const election::Context& context, Random& random);

// Steps 2 to 6: that the certificates are those of one run, in order of index, each signed by its owner; that no two
// are the same trustee's.
template <PrimeGroup G>
Status check_certificates(const Certificates<G>& certificates);

// Step 3. Checks the certificates, and finds the seed's own among them.
template <PrimeGroup G>
Result<Polynomial<G>> make_polynomial(const Seed& seed, const Certificates<G>& certificates, Random& random);
// `index` is the sender's, from 1.
template <PrimeGroup G>
Status check_polynomial(const Certificates<G>& certificates, std::size_t index, const Polynomial<G>& polynomial);

// Step 4. Checks every polynomial.
template <PrimeGroup G>
Result<std::vector<Vinput<G>>> make_vinputs(const Certificates<G>& certificates,
                                            const std::vector<Polynomial<G>>& polynomials);

// Step 5. Checks everything that concerns this trustee: certificates, signatures, that each share is for them, from
// whom it should be, and lies on the sender's polynomial.
template <PrimeGroup G>
Result<Voutput<G>> make_voutput(const Seed& seed, const Certificates<G>& certificates, const Vinput<G>& vinput,
                                Random& random);
template <PrimeGroup G>
Status check_voutput(const Certificates<G>& certificates, const std::vector<Polynomial<G>>& polynomials,
                     std::size_t index, const Voutput<G>& voutput);

// Step 6. Checks every voutput.
template <PrimeGroup G>
Result<election::ThresholdParameters<G>> make_threshold_parameters(const Certificates<G>& certificates,
                                                                   const std::vector<Polynomial<G>>& polynomials,
                                                                   const std::vector<Voutput<G>>& voutputs);

// The seed's owner's share of the decryption key, from the text of a .dkey file. Reads also those made by tools
// before 3.1, which name no algorithm (AES-CCM). Fails unless the message is signed by the seed's owner and encrypted
// to them. Whether it is the share of the election at hand shows in its public key: compare g^share with the
// verification keys.
template <PrimeGroup G>
Result<SecretScalar<G>> decryption_key(const Seed& seed, std::string_view encrypted);

}  // namespace folkmoot::secret
