#include "sim/world/social_graph.hpp"

#include <cmath>

namespace parley {

namespace {

// Names of the seatings of one district; the district itself is named by its number, from 1, the place by 0.
constexpr std::uint64_t whole_place = 0;
constexpr std::uint32_t of_neighbourhoods = ~std::uint32_t{0};  // matchings count from 0
constexpr double least_share = 1e-9;                            // noise of the subtractions before

// So many contacts of each person on average: whole matchings, and a share of the pairs of the last.
std::vector<Matching> matchings(double contacts, DrawKey key, std::uint64_t population_name, Person size) {
  std::vector<Matching> out;
  for (std::uint32_t k = 0; contacts - k > least_share; ++k)
    out.emplace_back(key, population_name, k, size, std::min(contacts - k, 1.0));
  return out;
}

}  // namespace

void ComputedContacts::settle() {
  const auto last = items_.begin() + size_;
  std::sort(items_.begin(), last);
  size_ = static_cast<std::uint32_t>(std::unique(items_.begin(), last) - items_.begin());
}

ImplicitSocialGraph::ImplicitSocialGraph(const std::vector<std::int64_t>& populations, const SocialShape& shape,
                                         DrawKey key) {
  double all = 0, pairs_apart = 0;
  for (const std::int64_t size : populations) all += static_cast<double>(size);
  for (const std::int64_t size : populations)
    pairs_apart += static_cast<double>(size) * (all - static_cast<double>(size));
  const double degree = std::clamp(shape.degree, 0.0, static_cast<double>(most_contacts));
  // (SG1) matchings of the whole place, so many that what crosses a border is the share asked for
  const double apart = pairs_apart > 0 ? pairs_apart / (all * (all - 1)) : 0;
  const double everywhere = apart > 0 ? std::min(degree * shape.far_share / apart, degree) : 0;
  persons_ = static_cast<Person>(all);
  far_ = matchings(everywhere, key, whole_place, persons_);

  Person first = 0;
  for (std::size_t d = 0; d < populations.size(); ++d) {
    const auto size = static_cast<Person>(populations[d]);
    const double people = size;
    // (SG2) contacts at home are what the far ones of the district leave of the degree
    const double near =
        size > 1 ? std::min(degree - everywhere * (all - people) / std::max(all - 1, 1.0), people - 1) : 0;
    // (SG3) a neighbourhood no larger than the contacts there are
    const Person g =
        std::clamp<Person>(std::min(shape.neighbourhood, static_cast<Person>(near) + 1), 1, std::max<Person>(size, 1));
    const double rest = size % g, neighbours = size > 0 ? ((people - rest) * (g - 1) + rest * (rest - 1)) / people : 0;
    communities_.push_back({first, size, g, Seating(key, d + 1, of_neighbourhoods, size),
                            // (SG4) the others anywhere in the district
                            matchings(near - std::max(neighbours, 0.0), key, d + 1, size)});
    first += size;
  }
}

const ImplicitSocialGraph::Community& ImplicitSocialGraph::community(Person person) const {
  const auto after = std::upper_bound(communities_.begin(), communities_.end(), person,
                                      [](Person id, const Community& one) { return id < one.first; });
  return *(after - 1);
}

// (SG5) each contact once, and nobody is their own
ImplicitSocialGraph::Contacts ImplicitSocialGraph::contacts(Person person) const {
  Contacts out;
  const Community& home = community(person);
  const Person mine = person - home.first;
  if (home.neighbourhood > 1) {
    const Person seat = home.seating.seat(mine), begin = seat - seat % home.neighbourhood,
                 end = std::min(begin + home.neighbourhood, home.size);
    for (Person other = begin; other < end; ++other)
      if (other != seat) out.add(home.first + home.seating.person(other));
  }
  for (const Matching& matching : home.matchings)
    if (const Person partner = matching.partner(mine); partner != mine) out.add(home.first + partner);
  for (const Matching& matching : far_)
    if (const Person partner = matching.partner(person); partner - home.first >= home.size) out.add(partner);
  out.settle();
  return out;
}

StoredSocialGraph::StoredSocialGraph(Person persons, const std::vector<SocialTie>& ties)
    : rows_(std::size_t{persons} + 1) {
  for (const SocialTie& tie : ties) ++rows_[tie.source + std::size_t{1}], ++rows_[tie.target + std::size_t{1}];
  for (std::size_t i = 1; i < rows_.size(); ++i) rows_[i] += rows_[i - 1];
  std::vector<std::uint64_t> next(rows_.begin(), rows_.end() - 1);
  contacts_.resize(rows_.back());
  for (const SocialTie& tie : ties) {
    contacts_[next[tie.source]++] = tie.target;
    contacts_[next[tie.target]++] = tie.source;
  }
  // Each row in order, and each contact once.
  std::uint64_t kept = 0;
  for (Person person = 0; person < persons; ++person) {
    const auto begin = contacts_.begin() + static_cast<std::ptrdiff_t>(rows_[person]),
               end = contacts_.begin() + static_cast<std::ptrdiff_t>(rows_[person + 1]);
    std::sort(begin, end);
    rows_[person] = kept;
    Person before = person;  // nobody is their own contact
    for (auto contact = begin; contact != end; ++contact) {
      if (*contact != person && (*contact != before || before == person)) contacts_[kept++] = *contact;
      before = *contact;
    }
  }
  rows_[persons] = kept;
  contacts_.resize(kept);
  contacts_.shrink_to_fit();
}

StoredSocialGraph::StoredSocialGraph(const ImplicitSocialGraph& computed) {
  rows_.reserve(std::size_t{computed.persons()} + 1);
  rows_.push_back(0);
  for (Person person = 0; person < computed.persons(); ++person) {
    const ComputedContacts contacts = computed.contacts(person);
    for (std::size_t i = 0; i < contacts.size(); ++i) contacts_.push_back(contacts[i]);
    rows_.push_back(contacts_.size());
  }
}

SocialGraph::SocialGraph(const std::vector<std::int64_t>& populations, Ties ties) {
  std::vector<Person> first;
  std::int64_t next = 0;
  for (const std::int64_t size : populations) {
    first.push_back(static_cast<Person>(next));
    next += size;
  }
  known_ = std::make_shared<const Known>(Known{std::move(ties), std::move(first)});
}

}  // namespace parley
