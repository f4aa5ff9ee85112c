// `folkmoot count` as a whole process, reading included: real papers, and 490,731 generated ones. “min” is the best of
// five; MB is the most memory the process ever held. The collection of real papers lies beside the checkout; without it
// only the generated papers are counted.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>

extern char** environ;

namespace {

namespace fs = std::filesystem;

// 24 candidates, 9 seats, papers of 1 to 24 preferences with favourites; the same on every machine.
void generate(const fs::path& path) {
  std::uint64_t state = 20261122;
  const auto next = [&](std::uint64_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (state >> 11) % below;
  };
  std::ofstream file(path);
  file << "24 9\n";
  for (int paper = 0; paper < 490'731; ++paper) {
    int order[24];
    for (int i = 0; i < 24; ++i) order[i] = i + 1;
    const auto length = 1 + next(24);
    file << '1';
    for (std::uint64_t i = 0; i < length; ++i) {
      const auto pick = i + std::min(next(24 - i), next(24 - i));
      std::swap(order[i], order[pick]);
      file << ' ' << order[i];
    }
    file << " 0\n";
  }
  file << "0\n";
  for (int i = 1; i <= 24; ++i) file << "\"Candidate " << i << "\"\n";
  file << "\"Generated\"\n";
}

struct Run {
  int status;
  double seconds;
  double megabytes;
};

// Runs the program that was built beside this one, its output thrown away.
Run run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), (fs::read_symlink("/proc/self/exe").parent_path() / "folkmoot").string());
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  const auto start = std::chrono::steady_clock::now();
  pid_t child = 0;
  int status = posix_spawn(&child, argv[0], &actions, nullptr, argv.data(), environ);
  rusage usage{};
  if (status == 0) wait4(child, &status, 0, &usage);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  posix_spawn_file_actions_destroy(&actions);
  return {status, taken.count(), static_cast<double>(usage.ru_maxrss) / 1024};
}

void bench(const fs::path& papers, const std::string& rule) {
  const auto body = [papers, rule](benchmark::State& state) {
    for (auto _ : state) {
      const Run counted = run({"count", "--rule", rule, "--ties", "seed:bench", papers.string()});
      if (counted.status != 0) {
        state.SkipWithError("folkmoot count failed");
        return;
      }
      state.SetIterationTime(counted.seconds);
      state.counters["MB"] = counted.megabytes;
    }
  };
  const auto least = [](const std::vector<double>& values) { return *std::ranges::min_element(values); };
  benchmark::RegisterBenchmark((papers.stem().string() + "/" + rule).c_str(), body)
      ->UseManualTime()
      ->Iterations(1)
      ->Repetitions(5)
      ->ComputeStatistics("min", least)
      ->DisplayAggregatesOnly()
      ->Unit(benchmark::kMillisecond);
}

}  // namespace

int main(int argc, char** argv) {
  const fs::path ballots = fs::path(__FILE__).parent_path() / "../../shared/count/ballots";
  const fs::path generated = fs::temp_directory_path() / "generated.blt";
  generate(generated);
  if (fs::exists(ballots)) {
    for (const char* rule : {"senate-2016", "scottish-2011", "ers97", "wigm-exact", "meek-nz", "meek-prf"})
      bench(ballots / "senate2016_act.blt", rule);
    for (const char* rule : {"nsw-lg-2021", "scottish-2011", "meek-nz", "meek-prf"})
      bench(ballots / "nswlg2021_sydney.blt", rule);
  }
  for (const char* rule : {"scottish-2011", "ers97", "meek-nz", "meek-prf", "schulze"}) bench(generated, rule);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  fs::remove(generated);
  return 0;
}
