// The making of a threshold key (specification, section 3.1 "Pedersen protocol"), as trustees and returning officer who
// exchange files in one public folder. Trustees count from 1; each keeps one secret file, its seed.
//
//   trustee  join_ceremony      certificate-I.json               + the seed, kept
//   officer  advance_ceremony   certs.jsons                        all certificates, one a line
//   trustee  send_commitment    commitment-I.json                + KEY.polynomial, kept until it is sent
//   officer  advance_ceremony   commitments.jsons                  the same
//   trustee  send_polynomial    polynomial-I.json, reveal-I.json
//   officer  advance_ceremony   vinput-I.json                      for each trustee
//   trustee  send_share         voutput-I.json
//   officer  advance_ceremony   threshold.json, threshold.strict.json, decryption-key-I.dkey
//
// Whatever is read from the folder is checked by who reads it; errors name the file. Certificates, polynomials,
// vinputs, voutputs and threshold.json are in the formats of the original tools (specification, section 4.7);
// commitments and reveals are the strict profile's (docs/strict-profile.md, section 5).
#pragma once

#include <cstdint>
#include <vector>

#include "service/files.hpp"

namespace folkmoot::service {

// Who joins: trustee `index` of `trustees`, of whom `threshold` will be needed to decrypt.
struct CeremonySeat {
  std::string group;
  std::int64_t trustees = 0;   // 1..100
  std::int64_t threshold = 0;  // 1..trustees
  std::int64_t index = 0;      // 1..trustees
};

// Makes a seed, writes it to `key`, and the certificate to the folder.
Status join_ceremony(const fs::path& folder, const CeremonySeat& seat, const fs::path& key);

// The steps of a trustee who has joined. Give the trustee's index; fail if there is nothing to do yet or anything that
// the officer or another trustee sent is wrong.
Result<std::int64_t> send_commitment(const fs::path& folder, const fs::path& key);
Result<std::int64_t> send_polynomial(const fs::path& folder, const fs::path& key);
Result<std::int64_t> send_share(const fs::path& folder, const fs::path& key);

// Where a ceremony stands.
struct CeremonyStage {
  enum class Waiting { certificates, commitments, polynomials, shares, nobody };
  Waiting waiting = Waiting::certificates;  // for what; nobody: the key is made
  std::vector<std::int64_t> missing;        // from whom
};
// Does the officer's part: checks all that trustees have sent, and makes what is due. May be called at any time.
Result<CeremonyStage> advance_ceremony(const fs::path& folder);

}  // namespace folkmoot::service
