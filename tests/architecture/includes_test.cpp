// The graph in ARCHITECTURE.md is the one that the sources' includes, and the build, really have.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace folkmoot {
namespace {

namespace fs = std::filesystem;
using Graph = std::map<std::string, std::set<std::string>>;

const fs::path source_dir = FOLKMOOT_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

// Each match's first group is a part, its second the parts it names.
Graph graph_of(const std::string& text, const std::regex& line) {
  Graph graph;
  for (std::sregex_iterator match(text.begin(), text.end(), line), end; match != end; ++match) {
    graph[(*match)[1]] = words((*match)[2]);
  }
  return graph;
}

Graph drawn() { return graph_of(read(source_dir / "ARCHITECTURE.md"), std::regex(R"(\n([a-z]+)/? +← ([a-z ]+))")); }

// What a part may include: itself, what it names, and what those may include.
std::set<std::string> reachable(const Graph& graph, const std::string& part) {
  std::set<std::string> parts = {part};
  for (const std::string& next : graph.at(part)) {
    if (graph.contains(next)) parts.merge(reachable(graph, next));
  }
  return parts;
}

TEST(Architecture, TheBuildHasTheGraphThatIsDrawn) {
  Graph built = graph_of(read(source_dir / "CMakeLists.txt"), std::regex(R"(\nfolkmoot_part\(([a-z]+)([a-z ]*)\))"));
  Graph expected = drawn();
  expected["base"].clear();  // its "std" is no part
  EXPECT_EQ(built, expected);
}

TEST(Architecture, EveryIncludeFollowsTheGraph) {
  const Graph graph = drawn();
  std::size_t includes = 0;
  const std::regex include(R"re(#include "([a-z0-9_]+)/)re");
  for (const auto& entry : fs::recursive_directory_iterator(source_dir / "src")) {
    if (!entry.is_regular_file()) continue;
    const std::string part = fs::relative(entry.path(), source_dir / "src").begin()->string();
    if (entry.path().parent_path().filename() == "main") continue;  // programs: see the next test
    ASSERT_TRUE(graph.contains(part)) << part << " is not drawn";
    const std::set<std::string> allowed = reachable(graph, part);
    const std::string text = read(entry.path());
    for (std::sregex_iterator match(text.begin(), text.end(), include), end; match != end; ++match, ++includes) {
      EXPECT_TRUE(allowed.contains((*match)[1])) << entry.path() << " includes " << (*match)[1] << "/";
    }
  }
  EXPECT_GT(includes, 20U);
}

TEST(Architecture, TheVerifierIncludesNothingSecret) {
  const std::string text = read(source_dir / "src/cli/main/verify.cpp");
  ASSERT_FALSE(text.empty());
  for (const char* part : {"secret", "service", "cli"}) {
    EXPECT_EQ(text.find(fmt::format("#include \"{}/", part)), std::string::npos) << part;
    EXPECT_FALSE(reachable(drawn(), "verifier").contains(part)) << part;
  }
}

}  // namespace
}  // namespace folkmoot
