// The social graph: who talks with whom. Persons are vertices, numbered through the districts of a place; a tie is seen
// from both its ends. Two implementations of the same Boost.Graph concepts (vertex list, incidence, adjacency,
// bidirectional graph and adjacency matrix): one computes contacts and stores nothing, for any number of people; one
// stores compressed rows, for ties that were loaded and for small places. Contacts come in ascending order from both.
// Page: docs/model/social_graph.md
#pragma once
#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "sim/world/graph.hpp"
#include "sim/world/neighbours.hpp"

namespace parley {

using Person = std::uint32_t;

// A tie as seen from its source; the same tie from either end.
struct SocialTie {
  Person source = 0, target = 0;
  friend bool operator==(const SocialTie& a, const SocialTie& b) {
    return (a.source == b.source && a.target == b.target) || (a.source == b.target && a.target == b.source);
  }
};

// What the ties of a place are like on average.
struct SocialShape {
  double degree = 0;                // contacts per person, up to most_contacts
  double far_share = 0;             // of the contacts, in other districts
  std::uint32_t neighbourhood = 1;  // persons who all know each other
};
inline constexpr std::size_t most_contacts = 50;

// ---- computed ties --------------------------------------------------------------------------------------------------

// The contacts of one person, held by whoever asked.
class ComputedContacts {
 public:
  ComputedContacts() = default;
  ComputedContacts(const ComputedContacts& other) { *this = other; }
  ComputedContacts& operator=(const ComputedContacts& other) {  // no more than is there
    size_ = other.size_;
    std::copy(other.items_.begin(), other.items_.begin() + size_, items_.begin());
    return *this;
  }
  void add(Person contact) { items_[size_++] = contact; }
  // In ascending order, each once.
  void settle();
  std::size_t size() const { return size_; }
  Person operator[](std::size_t i) const { return items_[i]; }

 private:
  // Near and far ties are at most most_contacts each; what is more covers parts of one that are rounded up, and whole
  // neighbourhoods beside a smaller last one.
  static constexpr std::size_t capacity = 2 * most_contacts + most_contacts / 2;
  std::array<Person, capacity> items_;
  std::uint32_t size_ = 0;
};

// Ties made of keyed permutations: a function of populations, shape and key. (SG1) far ties by matchings of the place,
// (SG2) so many contacts left for home, (SG3) neighbourhoods, (SG4) matchings of the district, (SG5) each contact once.
class ImplicitSocialGraph {
 public:
  using Contacts = ComputedContacts;

  ImplicitSocialGraph(const std::vector<std::int64_t>& populations, const SocialShape& shape, DrawKey key);

  Person persons() const { return persons_; }
  Contacts contacts(Person person) const;

 private:
  struct Community {
    Person first, size;
    std::uint32_t neighbourhood;  // persons
    Seating seating;
    std::vector<Matching> matchings;
  };
  const Community& community(Person person) const;

  Person persons_ = 0;
  std::vector<Community> communities_;
  std::vector<Matching> far_;
};

// ---- stored ties ----------------------------------------------------------------------------------------------------

// A view on the row of one person.
struct StoredContacts {
  const Person* first = nullptr;
  std::size_t count = 0;
  std::size_t size() const { return count; }
  Person operator[](std::size_t i) const { return first[i]; }
};

class StoredSocialGraph {
 public:
  using Contacts = StoredContacts;

  // Each tie once, from either end, between two persons below `persons`; what is listed twice counts once.
  StoredSocialGraph(Person persons, const std::vector<SocialTie>& ties);
  // Every contact of a computed graph, written out.
  explicit StoredSocialGraph(const ImplicitSocialGraph& computed);

  Person persons() const { return static_cast<Person>(rows_.size() - 1); }
  std::size_t tie_count() const { return contacts_.size() / 2; }
  Contacts contacts(Person person) const {
    return {contacts_.data() + rows_[person], static_cast<std::size_t>(rows_[person + 1] - rows_[person])};
  }
  // Each tie once, the smaller number first, in ascending order.
  template <class Visit>
  void each_tie(Visit visit) const {
    for (Person person = 0; person < persons(); ++person)
      for (std::uint64_t i = rows_[person]; i < rows_[person + 1]; ++i)
        if (contacts_[i] > person) visit(person, contacts_[i]);
  }

 private:
  std::vector<std::uint64_t> rows_;  // where each person's contacts begin; one more for the end
  std::vector<Person> contacts_;
};

// ---- what Boost.Graph asks for --------------------------------------------------------------------------------------

template <class Graph>
concept SocialGraphImplementation = requires(const Graph& graph, Person person) {
  typename Graph::Contacts;
  { graph.persons() } -> std::same_as<Person>;
  { graph.contacts(person) } -> std::same_as<typename Graph::Contacts>;
};

struct TheContact {
  using Value = Person;
  static Value of(Person, Person contact) { return contact; }
};
struct TheTieTo {
  using Value = SocialTie;
  static Value of(Person person, Person contact) { return {person, contact}; }
};
struct TheTieFrom {
  using Value = SocialTie;
  static Value of(Person person, Person contact) { return {contact, person}; }
};

// Walks the contacts of one person, and holds those that were computed.
template <class Contacts, class What>
class ContactIterator {
 public:
  using value_type = typename What::Value;
  using reference = value_type;
  using pointer = const value_type*;
  using difference_type = std::ptrdiff_t;
  using iterator_category = std::input_iterator_tag;  // what it points to is made on the spot
  using iterator_concept = std::forward_iterator_tag;

  ContactIterator() = default;
  ContactIterator(Person person, const Contacts& contacts) : person_(person), contacts_(contacts) {}
  ContactIterator(Person person, std::size_t end) : person_(person), at_(end) {}

  value_type operator*() const { return What::of(person_, contacts_[at_]); }
  ContactIterator& operator++() {
    ++at_;
    return *this;
  }
  ContactIterator operator++(int) {
    ContactIterator before = *this;
    ++at_;
    return before;
  }
  friend bool operator==(const ContactIterator& a, const ContactIterator& b) {
    return a.person_ == b.person_ && a.at_ == b.at_;
  }

 private:
  Person person_ = 0;
  std::size_t at_ = 0;
  Contacts contacts_;
};

template <class Graph>
struct SocialGraphTraits {
  using vertex_descriptor = Person;
  using edge_descriptor = SocialTie;
  using vertex_iterator = boost::counting_iterator<Person>;
  using adjacency_iterator = ContactIterator<typename Graph::Contacts, TheContact>;
  using out_edge_iterator = ContactIterator<typename Graph::Contacts, TheTieTo>;
  using in_edge_iterator = ContactIterator<typename Graph::Contacts, TheTieFrom>;
  using edge_iterator = void;
  using directed_category = boost::undirected_tag;
  using edge_parallel_category = boost::disallow_parallel_edge_tag;
  struct traversal_category : boost::vertex_list_graph_tag,
                              boost::bidirectional_graph_tag,
                              boost::adjacency_graph_tag,
                              boost::adjacency_matrix_tag {};
  using vertices_size_type = Person;
  using degree_size_type = std::size_t;
  using edges_size_type = std::size_t;
  static Person null_vertex() { return ~Person{0}; }
};

template <class What, SocialGraphImplementation Graph>
auto contact_iterators(Person person, const Graph& graph) {
  using Iterator = ContactIterator<typename Graph::Contacts, What>;
  const typename Graph::Contacts contacts = graph.contacts(person);
  return std::pair<Iterator, Iterator>(Iterator(person, contacts), Iterator(person, contacts.size()));
}

template <SocialGraphImplementation Graph>
Person num_vertices(const Graph& graph) {
  return graph.persons();
}
template <SocialGraphImplementation Graph>
auto vertices(const Graph& graph) {
  using Iterator = boost::counting_iterator<Person>;
  return std::pair<Iterator, Iterator>(Iterator(0), Iterator(graph.persons()));
}
template <SocialGraphImplementation Graph>
auto adjacent_vertices(Person person, const Graph& graph) {
  return contact_iterators<TheContact>(person, graph);
}
template <SocialGraphImplementation Graph>
auto out_edges(Person person, const Graph& graph) {
  return contact_iterators<TheTieTo>(person, graph);
}
template <SocialGraphImplementation Graph>
auto in_edges(Person person, const Graph& graph) {
  return contact_iterators<TheTieFrom>(person, graph);
}
template <SocialGraphImplementation Graph>
std::size_t out_degree(Person person, const Graph& graph) {
  return graph.contacts(person).size();
}
template <SocialGraphImplementation Graph>
std::size_t in_degree(Person person, const Graph& graph) {
  return graph.contacts(person).size();
}
template <SocialGraphImplementation Graph>
std::size_t degree(Person person, const Graph& graph) {
  return graph.contacts(person).size();
}
template <SocialGraphImplementation Graph>
Person source(const SocialTie& tie, const Graph&) {
  return tie.source;
}
template <SocialGraphImplementation Graph>
Person target(const SocialTie& tie, const Graph&) {
  return tie.target;
}
// Whether two persons know each other.
template <SocialGraphImplementation Graph>
std::pair<SocialTie, bool> edge(Person source, Person target, const Graph& graph) {
  const typename Graph::Contacts contacts = graph.contacts(source);
  std::size_t low = 0, high = contacts.size();  // in ascending order
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (contacts[middle] < target)
      low = middle + 1;
    else
      high = middle;
  }
  return {{source, target}, low < contacts.size() && contacts[low] == target};
}
// A person's number is their index, so algorithms need no map of their own.
template <SocialGraphImplementation Graph>
boost::typed_identity_property_map<Person> get(boost::vertex_index_t, const Graph&) {
  return {};
}
template <SocialGraphImplementation Graph>
Person get(boost::vertex_index_t, const Graph&, Person person) {
  return person;
}

// ---- what the engine reads ------------------------------------------------------------------------------------------

// The ties of a place with the districts that they lead to, whichever of the two it has. It never changes after the
// place is populated, and policies fork from copies of a world: so copies share it.
class SocialGraph {
 public:
  SocialGraph() = default;
  SocialGraph(ImplicitSocialGraph ties, const std::vector<std::int64_t>& populations)
      : SocialGraph(populations, Ties(std::in_place_index<0>, std::move(ties))) {}
  // Replicates share loaded ties with the place that names them.
  SocialGraph(std::shared_ptr<const StoredSocialGraph> ties, const std::vector<std::int64_t>& populations)
      : SocialGraph(populations, Ties(std::in_place_index<1>, std::move(ties))) {}

  // Calls visit(contact, their district) for each contact, in ascending order; says how many there are.
  template <class Visit>
  std::size_t each_contact(Person person, Visit visit) const {
    if (known_ == nullptr) return 0;
    const auto walk = [&](const auto& graph) {
      std::size_t count = 0;
      for (auto [contact, last] = adjacent_vertices(person, graph); contact != last; ++contact, ++count)
        visit(*contact, district(*contact));
      return count;
    };
    if (const auto* computed = std::get_if<0>(&known_->ties)) return walk(*computed);
    return walk(*std::get<1>(known_->ties));
  }

 private:
  using Ties = std::variant<ImplicitSocialGraph, std::shared_ptr<const StoredSocialGraph>>;
  struct Known {
    Ties ties;
    std::vector<Person> first;  // person of each district
  };

  SocialGraph(const std::vector<std::int64_t>& populations, Ties ties);
  std::uint32_t district(Person person) const {
    return static_cast<std::uint32_t>(std::upper_bound(known_->first.begin(), known_->first.end(), person) -
                                      known_->first.begin() - 1);
  }

  std::shared_ptr<const Known> known_;
};

}  // namespace parley

template <>
struct boost::graph_traits<parley::ImplicitSocialGraph> : parley::SocialGraphTraits<parley::ImplicitSocialGraph> {};
template <>
struct boost::graph_traits<parley::StoredSocialGraph> : parley::SocialGraphTraits<parley::StoredSocialGraph> {};
template <>
struct boost::property_map<parley::ImplicitSocialGraph, boost::vertex_index_t> {
  using type = boost::typed_identity_property_map<parley::Person>;
  using const_type = type;
};
template <>
struct boost::property_map<parley::StoredSocialGraph, boost::vertex_index_t> {
  using type = boost::typed_identity_property_map<parley::Person>;
  using const_type = type;
};
