#include "tools/bench/figures.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

namespace duban {
namespace {

// Four significant digits, without an exponent.
std::string shown(double value) {
    int decimals = 3;
    for (double limit = 10; decimals > 0 && value >= limit; limit *= 10) --decimals;
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    return text;
}

std::string line_of(const Figure& figure) {
    char text[256];
    std::snprintf(text, sizeof text, "  %-52s %12s %-12s (%s to %s)\n", figure.name.c_str(),
                  shown(figure.median()).c_str(), figure.unit.c_str(),
                  shown(figure.least()).c_str(), shown(figure.greatest()).c_str());
    return text;
}

}  // namespace

double Figure::median() const {
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const std::size_t middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

double Figure::least() const {
    return *std::min_element(values.begin(), values.end());
}

double Figure::greatest() const {
    return *std::max_element(values.begin(), values.end());
}

void Figures::begin(std::string bench) {
    bench_ = std::move(bench);
}

void Figures::add(const std::string& name, const std::string& unit, double value) {
    const auto found = std::find_if(figures_.begin(), figures_.end(), [&](const Figure& figure) {
        return figure.bench == bench_ && figure.name == name;
    });
    if (found != figures_.end()) return found->values.push_back(value);
    figures_.push_back(Figure{bench_, name, unit, {value}});
}

void Figures::note(const std::string& text) {
    const bool known = std::any_of(notes_.begin(), notes_.end(), [&](const Note& note) {
        return note.bench == bench_ && note.text == text;
    });
    if (!known) notes_.push_back(Note{bench_, text});
}

std::string Figures::text() const {
    std::string text = bench_ + ": median (least to greatest)\n";
    for (const Figure& figure : figures_) {
        if (figure.bench == bench_) text += line_of(figure);
    }
    for (const Note& note : notes_) {
        if (note.bench == bench_) text += "  " + note.text + "\n";
    }
    return text;
}

std::string Figures::json(const Machine& machine) const {
    nlohmann::json facts = nlohmann::json::object();
    for (const auto& [name, value] : machine) facts[name] = value;
    nlohmann::json figures = nlohmann::json::array();
    for (const Figure& figure : figures_) {
        figures.push_back({{"bench", figure.bench},
                           {"name", figure.name},
                           {"unit", figure.unit},
                           {"median", figure.median()},
                           {"least", figure.least()},
                           {"greatest", figure.greatest()},
                           {"values", figure.values}});
    }
    nlohmann::json notes = nlohmann::json::array();
    for (const Note& note : notes_) notes.push_back({{"bench", note.bench}, {"text", note.text}});
    const nlohmann::json all = {{"machine", std::move(facts)},
                                {"figures", std::move(figures)},
                                {"notes", std::move(notes)}};
    return all.dump(2) + "\n";
}

}  // namespace duban
