// Settings by name: finding one described number, writing a value into it, putting a mode's levers in force.
// described_parameters and described_levers themselves are declared in place.hpp, levers_by_district in study.hpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/study.hpp"

namespace parley {

// True for a number that may only be whole, for one that may only be true or false, and for one that stands for a name.
bool is_whole(const Described& number);
bool is_switch(const Described& number);
bool is_choice(const Described& number);

// The names that a choice is made of, lowest value first; none for other numbers.
std::vector<std::string> choices(const Described& number);

// Writes a value; the caller has checked that a whole number is whole.
void set(const Described& number, double value);

// "0.03 to 0.12 1/admission", "true or false", "concession, screening, alternating_offers".
std::string range_text(const Described& number);
// A value as its field would write it: "true", "88", "0.03", "screening".
std::string value_text(const Described& number);

// The numbers that only some levers have in common: names of all levers, in order.
std::vector<std::string> lever_names();

// Puts settings in force, those for every district first and those for one district after them, so that the narrower
// one wins. A setting of an unknown lever or district is a ScenarioError.
void put_in_force(const std::vector<LeverSetting>& settings, std::vector<Levers>& by_district);

// What is in force in a district on a day, with what its government sees on it: dated settings on top of what always
// is.
// The same for one hospital or one committee there, where it has settings of its own.
bool is_in_force(const LeverSetting& setting, int district, const CalendarDate& start, std::int32_t today,
                 const PublicView& seen);
Levers in_force(const Levers& always, const std::vector<LeverSetting>& dated, int district, const CalendarDate& start,
                std::int32_t today, const PublicView& seen, int hospital = -1, int committee = -1);

}  // namespace parley
