#include "tests/e2e/scenario_facts.h"

#include <algorithm>
#include <map>
#include <set>

#include "tests/e2e/scenario_text.h"

namespace duban {

using nlohmann::json;

namespace {

constexpr std::size_t shown_bytes_max = 1500;

bool is_absent(const json& value) {
    return value.is_null() || value == "" || (value.is_structured() && value.empty());
}

// The id of a person or the code of a unit, where a name stands beside it.
json id_of(const json& value) {
    if (!value.is_object()) return value;
    for (const char* member : {"id", "code", "person"}) {
        const auto found = value.find(member);
        if (found != value.end() && found->is_string()) return *found;
    }
    return value;
}

json member(const json& object, const char* name) {
    return object.is_object() ? object.value(name, json()) : json();
}

bool list_fits(const json& want, const json& got) {
    if (!got.is_array() || want.size() != got.size()) return false;
    for (std::size_t i = 0; i < want.size(); ++i) {
        if (!scenario_fits(want[i], got[i])) return false;
    }
    return true;
}

bool has_fitting(const json& list, const json& want) {
    return list.is_array() &&
           std::ranges::any_of(list, [&](const json& item) { return scenario_fits(want, item); });
}

bool object_fits(const json& want, const json& got) {
    if (want.size() == 1) {
        const std::string word = want.begin().key();
        const json& of = want.begin().value();
        if (word == "includes") {
            return std::ranges::all_of(of, [&](const json& one) { return has_fitting(got, one); });
        }
        if (word == "count") return got.is_array() && got.size() == of.get<std::size_t>();
        if (word == "present") return of == !is_absent(got);
        if (word == "other_than") return !scenario_fits(of, got);
    }
    return got.is_object() && std::ranges::all_of(want.items(), [&](const auto& item) {
               return scenario_fits(item.value(), member(got, item.key().c_str()));
           });
}

// Who can act, by node; the nodes and persons in order.
json waiting_of(const json& approval) {
    std::map<std::string, std::set<std::string>> by_node;
    for (const json& slot : member(approval, "waiting")) {
        auto& holders = by_node[slot.at("node")];
        for (const json& holder : slot.at("holders")) holders.insert(id_of(holder));
    }
    return by_node;
}

json waiting_wanted(const std::vector<std::string>& words) {
    std::map<std::string, std::set<std::string>> by_node;
    for (std::size_t i = 1; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "nobody") continue;
        const std::size_t open = word.find('(');
        if (open == std::string::npos || word.back() != ')') {
            throw ScenarioFault{"no node(persons): " + word, {}, {}};
        }
        const auto persons = scenario_words(word.substr(open + 1, word.size() - open - 2));
        by_node[word.substr(0, open)].insert(persons.begin(), persons.end());
    }
    return by_node;
}

json find_by(const json& list, const char* name, const std::string& value) {
    for (const json& item : list) {
        if (member(item, name) == value) return item;
    }
    return json();
}

json node_of(const json& approval, const std::string& name) {
    json node = find_by(member(approval, "nodes"), "node", name);
    if (node.is_null()) node = {{"node", name}, {"state", "idle"}};
    return node;
}

// "approved 2" or {…} as the members that they ask for.
json asked_state(const std::vector<std::string>& words, std::size_t first) {
    if (first >= words.size()) throw ScenarioFault{"no state is named", {}, {}};
    json asked = scenario_value(words[first]);
    if (!asked.is_object()) asked = {{"state", asked}};
    if (first + 1 < words.size()) asked["round"] = scenario_value(words[first + 1]);
    return asked;
}

class Facts {
public:
    explicit Facts(const json& approval) : approval_(approval) {
        for (json entry : member(approval, "history")) {
            entry["by"] = id_of(member(entry, "person"));
            entry["on_behalf_of"] = id_of(member(entry, "on_behalf_of"));
            history_.push_back(std::move(entry));
        }
    }

    void check(const std::vector<std::string>& words) {
        const std::string& kind = words.front();
        if (words.size() == 1) {
            require_fit("state", kind, member(approval_, "state"));
        } else if (kind == "waits") {
            const json wanted = waiting_wanted(words);
            const json got = waiting_of(approval_);
            if (wanted != got) throw ScenarioFault{"waits", shown(wanted), shown(got)};
        } else if (kind == "node") {
            require_fit("node " + words[1], asked_state(words, 2), node_of(approval_, words[1]));
        } else if (kind == "slot" && words.size() > 3) {
            const json node = node_of(approval_, words[1]);
            require_fit("slot " + words[1] + " " + words[2], asked_state(words, 3),
                        find_by(member(node, "slots"), "slot", words[2]));
        } else if (kind == "past") {
            check_past(words);
        } else if (kind == "copy" || kind == "uncopied") {
            check_copies(words);
        } else {
            check_number(kind, scenario_value(words[1]));
        }
    }

private:
    void check_number(const std::string& kind, const json& wanted) {
        if (kind == "stack" && wanted.is_array()) {
            require_fit(kind, wanted, approval_.value("stack", json::array()));
        } else if (kind == "stack") {
            require_fit(kind, wanted, member(approval_, "stack").size());
        } else if (kind == "closed") {
            require_fit("closed rounds", wanted, history_.size());
        } else if (kind == "revision") {
            require_fit(kind, wanted, member(approval_, "revision"));
        } else if (kind == "version") {
            require_fit("version of the route", wanted, member(approval_, "route_version"));
        } else if (kind == "has") {
            require_fit("approval", wanted, approval_);
        } else {
            throw ScenarioFault{"no fact of an approval: " + kind, {}, {}};
        }
    }
    void check_past(const std::vector<std::string>& words) {
        const bool how = words.size() > 2 && words[2].find('=') == std::string::npos;
        json wanted = members_of(words, how ? 3 : 2);
        wanted["node"] = words[1];
        if (how) wanted["end"] = words[2];
        for (; past_ < history_.size(); ++past_) {
            if (scenario_fits(wanted, history_[past_])) {
                ++past_;
                return;
            }
        }
        throw ScenarioFault{"closed rounds, in this order", shown(wanted), shown(history_)};
    }
    void check_copies(const std::vector<std::string>& words) {
        const json copies = member(approval_, "copies");
        const bool wanted = words.front() == "copy";
        const json copy = wanted ? members_of(words, 1) : json{{"to", words[1]}};
        if (has_fitting(copies, copy) == wanted) return;
        throw ScenarioFault{wanted ? "a copy" : "no copy", shown(copy), shown(copies)};
    }

    const json& approval_;
    std::vector<json> history_;
    std::size_t past_ = 0;
};

}  // namespace

bool scenario_fits(const json& want, const json& got) {
    if (want.is_null()) return is_absent(got);
    if (want.is_array()) return list_fits(want, got);
    if (want.is_object()) return object_fits(want, got);
    return want == got || want == id_of(got);
}

void require_fit(const std::string& what, const json& want, const json& got) {
    if (!scenario_fits(want, got)) throw ScenarioFault{what, shown(want), shown(got)};
}

void check_facts(const std::string& facts, const json& approval) {
    Facts of(approval);
    for (const std::string& fact : scenario_words(facts, ";")) {
        const auto words = scenario_words(fact);
        if (!words.empty()) of.check(words);
    }
}

json members_of(const std::vector<std::string>& words, std::size_t first) {
    json members = json::object();
    for (std::size_t i = first; i < words.size(); ++i) {
        const std::size_t equals = words[i].find('=');
        if (equals == std::string::npos) {
            throw ScenarioFault{"no name=value: " + words[i], {}, {}};
        }
        members[words[i].substr(0, equals)] = scenario_value(words[i].substr(equals + 1));
    }
    return members;
}

std::string shown(const json& value) {
    std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
    if (text.size() > shown_bytes_max) text = text.substr(0, shown_bytes_max) + "…";
    return text;
}

}  // namespace duban
