// folkmoot scene: plays a requirement of the list, with invented people.
#include "scenes/scene.hpp"
#include "cli/commands.hpp"

namespace folkmoot::cli {
namespace {

struct SceneArguments {
  int row = 0;  // 0: tell which there are
};

Result<int> play(const SceneArguments& arguments, Console& console) {
  std::vector<scenes::Scene> scenes = scenes::scenes();
  if (arguments.row == 0) {
    for (const scenes::Scene& scene : scenes) say(console.out, "R{:<3} {}", scene.row, scene.title);
    return Exit::done;
  }
  std::erase_if(scenes, [&](const scenes::Scene& scene) { return scene.row != arguments.row; });
  if (scenes.empty()) return fail("there is no scene for R{}", arguments.row);
  std::string folder = (service::fs::temp_directory_path() / "folkmoot-scene-XXXXXX").string();
  if (!::mkdtemp(folder.data())) return fail("{}: cannot be made", folder);
  int places = 0;
  const auto new_place = [&] { return scenes::Place{service::fs::path(folder) / std::to_string(++places), ""}; };
  Status played;
  for (const scenes::Scene& scene : scenes) {
    say(console.out, "R{} {}", scene.row, scene.title);
    played = scenes::play(scene, {new_place, std::string(scenes::example_charter), &console.out});
    if (!played) break;
  }
  service::fs::remove_all(folder);
  TRY(played);
  return Exit::done;
}

}  // namespace

void add_scene(CLI::App& app, Action& action) {
  add_command<SceneArguments>(
      app, action, "scene", "play what an organisation must be able to do, with invented people",
      [](CLI::App& command, SceneArguments& arguments) {
        command.add_option("ROW", arguments.row, "of the list of requirements; without it, which there are");
      },
      play);
}

}  // namespace folkmoot::cli
