#include "scenes/scene.hpp"

#include <algorithm>

namespace folkmoot::scenes {

std::vector<Scene> scenes() {
  std::vector<Scene> all;
  for (const auto list :
       {post_scenes(), ballot_scenes(), endorsement_scenes(), member_scenes(), governance_scenes(), record_scenes()}) {
    all.insert(all.end(), list.begin(), list.end());
  }
  std::ranges::stable_sort(all, {}, &Scene::row);
  return all;
}

Status play(const Scene& scene, const Theatre& theatre) {
  try {
    Stage org(theatre);
    scene.play(org);
    org.expect_rebuilds();
  } catch (const Broken& broken) {
    return fail("R{} {}: {}", scene.row, scene.title, broken.what());
  }
  return {};
}

}  // namespace folkmoot::scenes
