// What the tests of secret/ share.
#pragma once

#include <gtest/gtest.h>
#include <sodium.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "election/election.hpp"
#include "group/all.hpp"
#include "secret/scalar.hpp"

namespace folkmoot::secret::test {

using group::Belenios2048;
using group::Ed25519;
using group::PrimeGroup;
using group::Rfc3526;

using Groups = testing::Types<Ed25519, Belenios2048, Rfc3526>;
struct GroupNames {
  template <class G>
  static std::string GetName(int) {
    return std::is_same_v<G, Ed25519> ? "Ed25519" : std::is_same_v<G, Belenios2048> ? "Belenios2048" : "Rfc3526";
  }
};

// The same bytes for the same number: what fails, fails again. For one thread.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint8_t number) : seed_{number} {}
  void fill(std::span<std::uint8_t> out) override {
    if (!out.empty()) randombytes_buf_deterministic(out.data(), out.size(), seed_.data());
    sodium_increment(seed_.data() + 1, seed_.size() - 1);
  }

 private:
  std::array<unsigned char, randombytes_SEEDBYTES> seed_;
};

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// An election of the original tools, with what its participants held; empty if it is not at hand.
inline std::filesystem::path shared_election(std::string_view name) {
  const auto folder = std::filesystem::path(FOLKMOOT_SOURCE_DIR "/../shared/elections") / name;
  return std::filesystem::exists(folder) ? folder : std::filesystem::path();
}

inline const std::vector<std::string>& shared_elections() {
  static const std::vector<std::string> names{"v1-by-2.0-rank8-rfc3526",
                                              "v1-by-2.0-threshold3of5-belenios2048",
                                              "v1-choose0to9of20-ed25519",
                                              "v1-choose1of5-blank-belenios2048",
                                              "v1-choose1of5-blank-ed25519",
                                              "v1-lists-ed25519",
                                              "v1-mixed-single-and-threshold-ed25519",
                                              "v1-rank20-ed25519",
                                              "v1-rank8-ed25519",
                                              "v1-rank8-rfc3526",
                                              "v1-threshold3of5-belenios2048",
                                              "v1-threshold3of5-ed25519",
                                              "v1-weighted-ed25519"};
  return names;
}

// Tests that run once for each of them: TEST_P(X, Y) { const auto folder = GetParam folder…; }
class SharedElection : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    folder = shared_election(GetParam());
    if (folder.empty()) GTEST_SKIP() << "shared/elections/" << GetParam() << " is not there";
    election_text = read_file(folder / "election.json");
    while (election_text.ends_with('\n')) election_text.pop_back();
  }
  // The paths of the folder that end so.
  [[nodiscard]] std::vector<std::filesystem::path> files(std::string_view extension) const {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() == extension) paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    return paths;
  }
  // Calls the action for the election's group.
  template <class Action>
  void with_group(Action action) const {
    const auto name = election::group_name(election_text);
    ASSERT_TRUE(name) << name.error().message;
    const auto status = group::with_group(*name, [&]<PrimeGroup G>() -> Status {
      action.template operator()<G>();
      return {};
    });
    ASSERT_TRUE(status) << status.error().message;
  }

  std::filesystem::path folder;
  std::string election_text;
};

inline std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name) {
    if (c == '-' || c == '.') c = '_';
  }
  return name;
}

template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

template <class T>
std::string error_of(const Result<T>& result) {
  return result ? std::string() : result.error().message;
}

}  // namespace folkmoot::secret::test
