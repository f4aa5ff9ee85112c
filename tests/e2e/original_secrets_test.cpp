// The elections that the original tools made (shared/elections), taken up where their participants stood: their
// credentials cast ballots here, and their trustees' keys decrypt here to the result that they published.
#include "e2e/shell.hpp"

namespace folkmoot::e2e {
namespace {

struct Original {
  const char* name;
  const char* trustees;  // a shell expression for the key files of those who decrypt; $E is the election's folder
};

class OriginalSecrets : public testing::TestWithParam<Original> {
 protected:
  void SetUp() override {
    folder = (shared / "elections" / GetParam().name).lexically_normal();
    if (!fs::exists(folder)) GTEST_SKIP() << "no " << folder;
    record = read(folder / "record.bel");
  }
  // The record up to the first event of that type, and the data that the event brings.
  std::string before(const std::string& type, std::size_t data) {
    std::vector<std::size_t> entries;
    for (std::size_t at = 0; at < record.size();) {
      const std::size_t size = std::stoul(record.substr(at + 124, 12), nullptr, 8);
      const bool is_event = std::string(record.c_str() + at).ends_with(".event.json");
      if (is_event && record.substr(at + 512, size).find("\"type\":\"" + type + "\"") != std::string::npos) {
        return record.substr(0, data == 0 ? at : entries.at(entries.size() - data));
      }
      entries.push_back(at);
      at += 512 + (size + 511) / 512 * 512;
    }
    throw std::runtime_error("no event " + type);
  }

  Shell shell;
  fs::path folder;
  std::string record;
};

TEST_P(OriginalSecrets, DecryptToThePublishedResult) {
  shell.write("r.bel", before("PartialDecryption", 2));
  shell.run("E='" + folder.string() + "'\nn=0\nfor key in " + GetParam().trustees + R"sh(; do
  n=$((n + 1))
  case $key in
    *.key) folkmoot trustee decrypt r.bel --key $key --decryption-key ${key%.key}.dkey --out d-$n ;;
    *) folkmoot trustee decrypt r.bel --key $key --out d-$n ;;
  esac
  folkmoot officer collect r.bel d-$n
done
folkmoot officer result r.bel
folkmoot-verify r.bel
grep -aF "$(cat $E/result.json)" r.bel)sh");
}

TEST_P(OriginalSecrets, CastBallotsOfTheOriginalVoters) {
  shell.write("r.bel", before("EndBallots", 0));
  shell.run("E='" + folder.string() + R"sh('
head -2 $E/credentials_and_votes.tsv | while IFS=$'\t' read -r credential vote; do
  echo "$vote" > choices
  echo "$credential" | folkmoot vote r.bel --credential - --choices choices --out ballot
  folkmoot officer accept r.bel ballot
  rm ballot
done
test "$(folkmoot-verify r.bel > report; echo $?)" = 2
folkmoot officer close r.bel)sh");
}

const Original originals[] = {
    {"v1-choose1of5-blank-ed25519", "$E/*.privkey"},
    {"v1-choose0to9of20-ed25519", "$E/*.privkey"},
    {"v1-weighted-ed25519", "$E/*.privkey"},
    {"v1-lists-ed25519", "$E/*.privkey"},
    {"v1-rank8-ed25519", "$E/*.privkey"},
    {"v1-rank20-ed25519", "$E/*.privkey"},
    {"v1-threshold3of5-ed25519", "$(ls $E/*.key | head -3)"},
    {"v1-mixed-single-and-threshold-ed25519", "$E/*.privkey $(ls $E/*.key | tail -3)"},
    {"v1-choose1of5-blank-belenios2048", "$E/*.privkey"},
    {"v1-threshold3of5-belenios2048", "$(ls $E/*.key | tail -3) $E/*.privkey"},
    {"v1-rank8-rfc3526", "$E/*.privkey"},
    {"v1-by-2.0-rank8-rfc3526", "$E/*.privkey"},
};

INSTANTIATE_TEST_SUITE_P(Elections, OriginalSecrets, testing::ValuesIn(originals), [](const auto& original) {
  std::string name = original.param.name;
  for (char& c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name;
});

}  // namespace
}  // namespace folkmoot::e2e
