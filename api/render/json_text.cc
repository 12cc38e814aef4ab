#include "api/render/json_text.h"

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "storage/codec/utf8.h"

namespace duban {
namespace {

// What canonical JSON takes.
constexpr double whole_max = (1LL << 53) - 1;

bool is_whole(double number) {
    return std::abs(number) <= whole_max && std::trunc(number) == number;
}

// Builds the value through nlohmann's own DOM parser and watches depth and names beside it.
class Watch {
public:
    bool operator()(int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
        using Parse = nlohmann::json::parse_event_t;
        if (!fault_.empty()) return false;
        if (event == Parse::object_start || event == Parse::array_start) {
            if (depth >= json_depth_max) {
                fault_ = "the JSON is nested more than 64 deep; send it flatter";
                return false;
            }
        }
        if (event == Parse::object_start) names_.emplace_back();
        if (event == Parse::object_end) names_.pop_back();
        if (event == Parse::key) {
            const auto& name = parsed.get_ref<const std::string&>();
            if (!names_.back().insert(name).second) {
                fault_ = "the member \"" + std::string(shortened(name, 64)) +
                         "\" appears twice in one object; name each member once";
                return false;
            }
        }
        if (event == Parse::value && parsed.is_number_float() && is_whole(parsed.get<double>())) {
            parsed = static_cast<std::int64_t>(parsed.get<double>());
        }
        return true;
    }
    [[nodiscard]] const std::string& fault() const { return fault_; }

private:
    std::vector<std::set<std::string>> names_;
    std::string fault_;
};

// The sentence of a parse_error without nlohmann's own prefix.
std::string where_it_breaks(const std::string& what) {
    const auto colon = what.find("] ");
    std::string text = colon == std::string::npos ? what : what.substr(colon + 2);
    if (text.size() > 200) text.resize(200);
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e) c = '?';
    }
    return text;
}

}  // namespace

Result<nlohmann::json> parse_json_text(std::string_view text) {
    // The parser takes this byte for the end of the text and would not look at what follows.
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
        return fail(Errc::invalid_argument,
                    "not JSON: byte " + std::to_string(nul + 1) +
                        " is NUL, which no JSON text holds; send the value and nothing behind it");
    }
    Watch watch;
    try {
        auto value = nlohmann::json::parse(text, std::ref(watch));
        if (!watch.fault().empty()) return fail(Errc::invalid_argument, watch.fault());
        return value;
    } catch (const nlohmann::json::parse_error& error) {
        return fail(Errc::invalid_argument, "not JSON: " + where_it_breaks(error.what()));
    } catch (const nlohmann::json::exception& error) {
        return fail(Errc::invalid_argument, "not JSON: " + where_it_breaks(error.what()));
    }
}

}  // namespace duban
