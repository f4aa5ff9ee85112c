// Reading, appending and comparing records, beside SHA-256 of the same bytes, which no reader can do without.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "record/append.hpp"
#include "record/archive.hpp"
#include "record/growth.hpp"
#include "store/record_file.hpp"

namespace folkmoot {
namespace {

constexpr record::ArchiveHeader header{1795302576};

// An invented ballot of `size` bytes, different for each number.
record::Addition ballot(std::size_t number, std::size_t size) {
  return {record::EventType::ballot, {fmt::format(R"({{"ballot":{:010},"filler":"{:0{}}"}})", number, 0, size - 33)}};
}

record::Addition setup() {
  const auto text = [](std::string_view what) { return fmt::format(R"({{"file":"{}"}})", what); };
  return {record::EventType::setup,
          {text("election"), text("trustees"), text("credentials"),
           fmt::format(R"({{"election":"{}","trustees":"{}","credentials":"{}"}})", sha256_hex(text("election")),
                       sha256_hex(text("trustees")), sha256_hex(text("credentials")))}};
}

// A record of that many ballots of `size` bytes.
std::string make_record(std::size_t ballots, std::size_t size) {
  std::string bytes = record::header_entry(header);
  record::Chain chain;
  for (std::size_t i = 0; i <= ballots; ++i) {
    const auto step = record::append(bytes, chain, header, bytes.size(), i == 0 ? setup() : ballot(i, size));
    if (!step) std::abort();
  }
  return bytes;
}

// Ballots of 6 kB are those of a question with five candidates on Ed25519; 16 kB, on a group of 2048 bits.
void sizes(benchmark::internal::Benchmark* benchmark) { benchmark->Arg(6000)->Arg(16000); }
std::string record_of_size(const benchmark::State& state) {
  return make_record(64'000'000 / static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(0)));
}

void count_bytes(benchmark::State& state, std::size_t size) {
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * size));
}

void sha256_of_the_same_bytes(benchmark::State& state) {
  const std::string bytes = record_of_size(state);
  for (auto _ : state) benchmark::DoNotOptimize(sha256(bytes));
  count_bytes(state, bytes.size());
}
BENCHMARK(sha256_of_the_same_bytes)->Apply(sizes)->Unit(benchmark::kMillisecond);

void read_record(benchmark::State& state) {
  const std::string bytes = record_of_size(state);
  const record::MemorySource source(bytes);
  for (auto _ : state) {
    auto reader = record::Reader::open(source);
    while (*reader->next()) {
    }
    if (reader->end() != bytes.size()) state.SkipWithError("the record was not read whole");
  }
  count_bytes(state, bytes.size());
}
BENCHMARK(read_record)->Apply(sizes)->Unit(benchmark::kMillisecond);

void check_growth(benchmark::State& state) {
  const std::string bytes = record_of_size(state);
  const record::MemorySource source(bytes);
  for (auto _ : state) {
    if (!record::check_growth(source, source)) state.SkipWithError("the copies part");
  }
  count_bytes(state, bytes.size());
}
BENCHMARK(check_growth)->Apply(sizes)->Unit(benchmark::kMillisecond);

// Groups of that many ballots, each group written and synced to a file in the folder for temporary files.
void append_and_sync(benchmark::State& state) {
  std::string name = (std::filesystem::temp_directory_path() / "record.XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) return state.SkipWithError("no folder");
  const auto path = std::filesystem::path(name) / "election.bel";
  {
    auto file = store::RecordFile::create(path, header.timestamp);
    if (!file || !file->append(setup())) return state.SkipWithError("cannot write");
    std::size_t number = 0;
    for (auto _ : state) {
      std::vector<record::Addition> group;
      for (std::int64_t i = 0; i < state.range(0); ++i) group.push_back(ballot(++number, 6000));
      if (!file->append(std::move(group))) state.SkipWithError("cannot write");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(number));
  }
  std::filesystem::remove_all(name);
}
BENCHMARK(append_and_sync)->Arg(1)->Arg(10)->Arg(100)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace folkmoot

BENCHMARK_MAIN();
