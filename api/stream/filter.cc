#include "api/stream/filter.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/schema/session_schema.h"

namespace duban {
namespace {

template <class T>
bool has(const std::vector<T>& list, const T& value) {
    return std::ranges::find(list, value) != list.end();
}

bool type_matches(const std::string& pattern, const std::string& type) {
    if (!pattern.ends_with('*')) return pattern == type;
    return type.starts_with(std::string_view(pattern).substr(0, pattern.size() - 1));
}

template <class T>
std::vector<IndexEntry> entries_of(Dimension dimension, const std::vector<T>& values) {
    std::vector<IndexEntry> entries;
    for (const T& value : values) entries.push_back({dimension, value.value});
    return entries;
}

std::vector<std::string> texts(const nlohmann::json& filter, const char* key) {
    const auto found = filter.find(key);
    return found == filter.end() ? std::vector<std::string>()
                                 : found->get<std::vector<std::string>>();
}

}  // namespace

Result<Filter> Filter::parse(const nlohmann::json& filter, const std::string& path) {
    if (const auto form = filter_schema().check(filter, path); !form) {
        Error error = form.error();
        error.code = Errc::bad_filter;
        return tl::unexpected<Error>(std::move(error));
    }
    Filter parsed;
    for (const auto& text : texts(filter, "task")) parsed.tasks_.emplace_back("task/" + text);
    for (auto& text : texts(filter, "unit")) parsed.units_.emplace_back(std::move(text));
    for (auto& text : texts(filter, "actor")) parsed.actors_.emplace_back(std::move(text));
    parsed.types_ = texts(filter, "type");
    for (std::size_t at = 0; at < parsed.types_.size(); ++at) {
        const auto star = parsed.types_[at].find('*');
        if (star == std::string::npos || star + 1 == parsed.types_[at].size()) continue;
        const std::string field = path + ".type[" + std::to_string(at) + "]";
        return fail(Errc::bad_filter, field + " may have '*' at its end only, as in \"task.*\"",
                    field);
    }
    return parsed;
}

bool Filter::matches(const PublishedEvent& event) const {
    const auto concerned = [&](const UnitCode& unit) { return has(units_, unit); };
    const bool wanted =
        units_.empty() || std::ranges::any_of(event.to.units, concerned) ||
        std::ranges::any_of(event.to.guests, concerned, [](const Party& one) { return one.unit; });
    return wanted && matches_record(event.record);
}

bool Filter::matches_record(const EventRecord& record) const {
    const Envelope& envelope = record.envelope;
    if (!tasks_.empty() && !has(tasks_, envelope.stream)) return false;
    if (!actors_.empty() && !has(actors_, envelope.actor) && !has(actors_, envelope.on_behalf_of)) {
        return false;
    }
    if (types_.empty()) return true;
    const std::string type(record.event.type().name);
    return std::ranges::any_of(
        types_, [&](const std::string& pattern) { return type_matches(pattern, type); });
}

std::vector<IndexEntry> Filter::index_entries() const {
    if (!tasks_.empty()) {
        auto entries = entries_of(Dimension::task, tasks_);
        for (IndexEntry& entry : entries) entry.value.erase(0, std::string_view("task/").size());
        return entries;
    }
    if (!actors_.empty()) return entries_of(Dimension::actor, actors_);
    if (!units_.empty()) {
        auto entries = entries_of(Dimension::unit, units_);
        for (const UnitCode& unit : units_) {
            entries.push_back({Dimension::guest, guest_value({unit, {}})});
        }
        return entries;
    }
    const bool exact =
        std::ranges::none_of(types_, [](const std::string& type) { return type.ends_with('*'); });
    std::vector<IndexEntry> entries;
    if (!exact) return entries;
    for (const std::string& type : types_) entries.push_back({Dimension::type, type});
    return entries;
}

}  // namespace duban
