#include "tests/e2e/scenario_text.h"

#include <algorithm>
#include <sstream>

namespace duban {

using nlohmann::json;

namespace {

// Brackets that are open after the text, outside quotes.
int open_brackets(const std::string& text) {
    int open = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == '\\') {
            ++i;
        } else if (text[i] == '"') {
            quoted = !quoted;
        } else if (!quoted) {
            open += std::string_view("{[(").find(text[i]) != std::string_view::npos ? 1 : 0;
            open -= std::string_view("}])").find(text[i]) != std::string_view::npos ? 1 : 0;
        }
    }
    return open;
}

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

[[noreturn]] void unreadable(int line, const std::string& what) {
    throw ScenarioFault{"line " + std::to_string(line) + ": " + what, {}, {}};
}

json json_of(const std::string& text, int line) {
    json value = json::parse(text, nullptr, false);
    if (value.is_discarded()) unreadable(line, "no JSON: " + text);
    return value;
}

class Reader {
public:
    explicit Reader(Scenario& scenario) : scenario_(scenario) {}

    void take(const std::string& line) {
        ++number_;
        const std::string text = trimmed(line);
        if (text.empty() || text.front() == '#') return;
        if (line.front() == ' ') {
            take_indented(text);
        } else {
            end_routes();
            take_head(text);
        }
    }
    void end() {
        end_routes();
        if (scenario_.about.empty()) unreadable(number_, "no `about`");
        if (scenario_.rules.empty()) unreadable(number_, "no `rules`");
        if (scenario_.play.empty()) unreadable(number_, "no `play`");
    }

private:
    void take_head(const std::string& text) {
        const std::string word = text.substr(0, text.find(' '));
        const std::string rest = trimmed(text.substr(word.size()));
        steps_ = nullptr;
        if (word == "about") {
            scenario_.about = rest;
        } else if (word == "rules") {
            scenario_.rules = scenario_words(rest);
        } else if (word == "before" || word == "play") {
            steps_ = word == "play" ? &scenario_.play : &scenario_.before;
        } else if (word == "route" || word == "inner") {
            begin_route(word, scenario_words(rest));
        } else if (std::ranges::find(settings, word) != std::end(settings)) {
            scenario_.settings[word] = rest;
        } else {
            unreadable(number_, "no word of a scenario: " + word);
        }
    }
    void begin_route(const std::string& word, std::vector<std::string> rest) {
        ScenarioRoute route;
        if (word == "inner" || (!rest.empty() && rest.front() == "default")) {
            if (rest.empty()) unreadable(number_, "an inner route has a name");
            route.is_default = word == "route";
            if (!route.is_default) route.name = rest.front();
            rest.erase(rest.begin());
        }
        route.head = rest.empty() ? json::object() : json_of(rest.front(), number_);
        scenario_.routes.push_back(std::move(route));
        in_route_ = true;
    }
    void end_routes() {
        if (!in_route_) return;
        json nodes = json_of("[" + nodes_ + "]", number_);
        expand_route(nodes);
        scenario_.routes.back().nodes = std::move(nodes);
        nodes_.clear();
        in_route_ = false;
    }
    void take_indented(const std::string& text) {
        if (in_route_) {
            nodes_ += text + "\n";
            return;
        }
        if (steps_ == nullptr) unreadable(number_, "what does this belong to: " + text);
        const bool goes_on =
            !steps_->empty() && (text.front() == ';' || open_brackets(steps_->back().text) > 0);
        if (goes_on) {
            steps_->back().text += " " + text;
        } else {
            steps_->push_back({number_, text, {}});
        }
        steps_->back().words = scenario_words(steps_->back().text);
    }

    static constexpr const char* settings[] = {"lead",   "co",      "plan", "issue",
                                               "submit", "starter", "sign"};

    Scenario& scenario_;
    int number_ = 0;
    bool in_route_ = false;
    std::string nodes_;
    std::vector<ScenarioStep>* steps_ = nullptr;
};

json seats_of(const json& who) {
    if (!who.is_string()) return who;
    const std::string text = who;
    const std::size_t dot = text.rfind('.');
    return {{"unit", text.substr(0, dot)}, {"post", text.substr(dot + 1)}};
}

}  // namespace

std::string Scenario::setting(const std::string& which) const {
    const auto found = settings.find(which);
    return found == settings.end() ? "" : found->second;
}

bool Scenario::moves_the_clock() const {
    return std::ranges::any_of(
        play, [](const ScenarioStep& step) { return step.words.front() == "clock"; });
}

Scenario read_scenario(const std::string& name, const std::string& text) {
    Scenario scenario;
    scenario.name = name;
    Reader reader(scenario);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) reader.take(line);
    reader.end();
    return scenario;
}

std::vector<std::string> scenario_words(const std::string& text, const std::string& separators) {
    std::vector<std::string> words(1);
    for (const char c : text) {
        const bool separates = separators.find(c) != std::string::npos;
        if (!separates || open_brackets(words.back()) > 0 ||
            std::ranges::count(words.back(), '"') % 2 == 1) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

json scenario_value(const std::string& word) {
    json value = json::parse(word, nullptr, false);
    return value.is_discarded() ? json(word) : value;
}

void expand_route(json& nodes) {
    if (!nodes.is_structured()) return;
    for (json& inner : nodes) expand_route(inner);
    if (!nodes.is_object()) return;
    if (const auto who = nodes.find("who"); who != nodes.end()) {
        if (who->is_string()) *who = json::array({*who});
        if (who->is_array()) {
            for (json& seat : *who) seat = seats_of(seat);
        }
    }
    const auto back = nodes.find("return");
    if (!nodes.contains("id") || back == nodes.end() || !back->is_string()) return;
    *back = {{"to", json::array({*back})}};
    if (!nodes.contains("acts")) nodes["acts"] = {"approve", "reject", "return"};
}

}  // namespace duban
