// Any bytes to a witness, and as its answer: it ends without a crash, and nothing that a fuzzer makes up is cosigned.
#include <cstdlib>

#include "ledger/witness.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  using namespace folkmoot::ledger;
  static const VerifierKey log =
      *VerifierKey::parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  static const VerifierKey key = *VerifierKey::make("witness.example/w", SignatureType::cosignature_v1, log.key());
  static const Witness witness({key, [](std::string_view) -> Result<Signature> { std::abort(); }}, {log});
  const std::string_view text = text_of({data, size});
  const auto decision = witness.decide(text, 1);
  if (decision.record || decision.response.status < 400) std::abort();
  const auto request = parse_add_checkpoint(text);
  if (request && to_text(*request) != text) std::abort();

  static const SignedCheckpoint checkpoint = *parse_signed_checkpoint(
      "example.com/foo\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
      "— example.com/foo "
      "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n");
  for (const int status : {200, 409}) {
    const Answer answer = read_answer(key, checkpoint, {status, "", std::string(text)});
    if (answer.kind == Answer::cosigned) std::abort();
  }
  return 0;
}
