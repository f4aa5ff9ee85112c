// Any bytes as a receipt: reading ends without a crash, what is accepted has one spelling, and nothing is verified.
#include <cstdlib>

#include "ledger/receipt.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace folkmoot;
  using namespace folkmoot::ledger;
  // The key of c2sp.org/signed-note's example.
  static const Policy policy =
      *Policy::parse("log example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\nquorum none\n");
  const auto receipt = parse_receipt(text_of({data, size}));
  if (!receipt) return 0;
  if (to_text(*receipt) != text_of({data, size})) std::abort();
  if (verify_receipt(policy, *receipt, Hash{})) std::abort();
  const auto checkpoint = parse_signed_checkpoint(receipt->checkpoint);
  if (!checkpoint) std::abort();
  (void)verify_inclusion(Hash{}, receipt->index, checkpoint->checkpoint.head, receipt->inclusion);
  return 0;
}
