// Scenes: what an organisation must be able to do, each played out with invented people (`folkmoot scene N`; the
// tests play all of them on both databases). A scene says what is asked and what must come of it.
#pragma once

#include <span>

#include "scenes/stage.hpp"

namespace folkmoot::scenes {

struct Scene {
  int row = 0;  // of the list of requirements
  std::string_view title;
  void (*play)(Stage& org) = nullptr;
};

// All of them, by row.
std::vector<Scene> scenes();

// Plays it on a stage of its own, and makes the stage's state again from its ledger. Fails where the scene's promise is
// broken.
Status play(const Scene& scene, const Theatre& theatre);

// One list a file.
std::span<const Scene> post_scenes();
std::span<const Scene> ballot_scenes();
std::span<const Scene> endorsement_scenes();
std::span<const Scene> member_scenes();
std::span<const Scene> governance_scenes();
std::span<const Scene> record_scenes();

}  // namespace folkmoot::scenes
