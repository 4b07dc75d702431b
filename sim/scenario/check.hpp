// Ranges and relations of what is asked, whether it came from a file or was built in code. All faults, not the first;
// keys are dotted from the study down ("place.numbers.committees", "modes.backing.levers.authority"), without
// positions: the reader knows those and adds them.
#pragma once
#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/scenario/study.hpp"

namespace parley {

// Whether a text can name a place, a district, a mode, a study: small letters, digits and '_', a letter first.
bool is_slug(const std::string& text);

std::vector<Fault> check_place(const Place& place);                   // keys start with "place."
std::vector<Fault> check_mode(const Mode& mode, const Place& place);  // keys start with "modes.<slug>."
std::vector<Fault> check_draws(const Study& study);                   // keys start with "draws"
std::vector<Fault> check_study(const Study& study);                   // everything: place, modes and the rest

// Throws a ScenarioError with all faults, or returns.
void require_sound(const Study& study);

}  // namespace parley
