#include "tools/cli/route_drawing.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "api/render/json_text.h"
#include "api/render/route_json.h"
#include "domain/approval/route_check.h"
#include "domain/approval/route_plan.h"
#include "domain/base/layout.h"
#include "tools/cli/import/file_text.h"
#include "tools/cli/route_words.h"

namespace duban {
namespace {

using Json = nlohmann::json;

// In a quoted label of Mermaid.
std::string escaped(const std::string& text) {
    std::string safe;
    for (const char c : text) {
        switch (c) {
            case '"':
                safe += "#quot;";
                break;
            case '#':
                safe += "#35;";
                break;
            case '<':
                safe += "#lt;";
                break;
            case '>':
                safe += "#gt;";
                break;
            default:
                safe += c;
        }
    }
    return safe;
}

std::string label_of(const std::vector<std::string>& lines) {
    std::string label;
    for (const auto& line : lines) label += (label.empty() ? "" : "<br/>") + escaped(line);
    return "\"" + label + "\"";
}

constexpr const char* passed_box = "passed";
constexpr const char* rejected_box = "rejected";

// From where the flow goes on, and under which condition.
struct End {
    std::string from;
    std::string label;
};
using Ends = std::vector<End>;

class Drawing {
public:
    explicit Drawing(const Route& route) : plan_(route) {}

    std::string draw() {
        const Ends ends = draw_list(RoutePlan::start(), {}, 1);
        for (const End& end : ends) edge(end, passed_box);
        std::string text = "flowchart TD\n" + nodes_;
        std::vector<std::string> effects{passed_box};
        for (const auto& effect : plan_.route().on.pass) {
            if (!effect.do_) continue;
            effects.push_back(std::string(enum_name(*effect.do_)));
            if (effect.join) effects.back() += ": " + std::string(enum_name(*effect.join));
        }
        text += indent(1) + std::string(passed_box) + "([" + label_of(effects) + "])\n";
        if (rejects_) text += indent(1) + std::string(rejected_box) + "([\"rejected\"])\n";
        return text + edges_ + returns_;
    }

private:
    static std::string indent(std::size_t depth) { return std::string(depth * 4, ' '); }
    static std::string box(PlaceNo place) { return "n" + std::to_string(place); }

    void edge(const End& from, const std::string& to) {
        edges_ += indent(1) + from.from + " -->" +
                  (from.label.empty() ? "" : "|\"" + escaped(from.label) + "\"|") + " " + to + "\n";
    }

    void node(PlaceNo place, const char* open, const char* close, std::size_t depth) {
        nodes_ += indent(depth) + box(place) + open + label_of(lines_of(plan_.node(place))) +
                  close + "\n";
    }

    Ends draw_list(PlaceNo first, Ends ends, std::size_t depth) {
        for (PlaceNo at = first; at != no_place; at = plan_[at].next) {
            ends = draw_node(at, std::move(ends), depth);
        }
        return ends;
    }

    // A node with a condition is gone round where that does not hold.
    Ends draw_node(PlaceNo place, Ends ends, std::size_t depth) {
        const RouteNode& node = plan_.node(place);
        Ends round;
        if (node.when) {
            const std::string when = words_of(*node.when);
            for (End& end : ends) {
                const std::string before = end.label.empty() ? "" : end.label + "; ";
                round.push_back({end.from, before + "otherwise"});
                end.label = before + when;
            }
        }
        Ends out = draw_plain(place, std::move(ends), depth);
        out.insert(out.end(), round.begin(), round.end());
        return out;
    }

    Ends draw_plain(PlaceNo place, Ends ends, std::size_t depth) {
        const RouteNode& route_node = plan_.node(place);
        switch (route_node.kind) {
            case NodeKind::choose:
            case NodeKind::inc:
            case NodeKind::par:
                return draw_branches(place, std::move(ends), depth);
            case NodeKind::each:
                return draw_each(place, std::move(ends), depth);
            case NodeKind::goto_:
                node(place, "{{", "}}", depth);
                break;
            case NodeKind::cc:
                node(place, ">", "]", depth);
                break;
            case NodeKind::auto_:
                node(place, "[[", "]]", depth);
                break;
            case NodeKind::wait:
                node(place, "(", ")", depth);
                break;
            default:
                node(place, "[", "]", depth);
        }
        for (const End& end : ends) edge(end, box(place));
        draw_returns(place);
        return ends_of(place);
    }

    Ends ends_of(PlaceNo place) {
        const RouteNode& node = plan_.node(place);
        if (node.kind == NodeKind::goto_) {
            edge({box(place), ""}, box(plan_.find(target_id(node.to))));
            if (!node.when) return {};
            return {{box(place), "after that"}};
        }
        if (node.kind != NodeKind::auto_ || node.result == AutoResult::none) {
            return {{box(place), ""}};
        }
        const bool passes = node.result == AutoResult::pass;
        rejects_ = rejects_ || !passes;
        edge({box(place), ""}, passes ? passed_box : rejected_box);
        return {};
    }

    void begin_frame(PlaceNo place, const std::vector<std::string>& lines, std::size_t depth) {
        nodes_ +=
            indent(depth) + "subgraph b" + std::to_string(place) + "[" + label_of(lines) + "]\n";
    }

    Ends draw_branches(PlaceNo place, Ends ends, std::size_t depth) {
        const RouteNode& route_node = plan_.node(place);
        const bool joins = route_node.kind != NodeKind::choose;
        begin_frame(place, {name_of(route_node)}, depth);
        node(place, "{", "}", depth + 1);
        for (const End& end : ends) edge(end, box(place));
        Ends out;
        for (std::size_t b = 0; b < route_node.branches.size(); ++b) {
            const RouteBranch& branch = route_node.branches[b];
            std::string label = branch.when ? words_of(*branch.when) : "";
            if (branch.default_) label = "otherwise";
            Ends inner = draw_list(plan_.first_in(place, b), {{box(place), label}}, depth + 1);
            out.insert(out.end(), inner.begin(), inner.end());
        }
        const std::string join = "j" + std::to_string(place);
        if (joins) nodes_ += indent(depth + 1) + join + "((\"all\"))\n";
        nodes_ += indent(depth) + "end\n";
        if (!joins) return out;
        for (const End& end : out) edge(end, join);
        return {{join, ""}};
    }

    Ends draw_each(PlaceNo place, Ends ends, std::size_t depth) {
        begin_frame(place, lines_of(plan_.node(place)), depth);
        Ends out = draw_list(plan_.first_in(place, 0), std::move(ends), depth + 1);
        nodes_ += indent(depth) + "end\n";
        return out;
    }

    // The step before in its list, or before the block; no_place where several branches lie there.
    [[nodiscard]] PlaceNo step_before(PlaceNo place) const {
        while (place != no_place) {
            const PlaceNo prev = plan_[place].prev;
            if (prev == no_place) {
                place = plan_[place].parent;
            } else if (is_block(plan_.node(prev).kind)) {
                return no_place;
            } else if (plan_.node(prev).kind == NodeKind::task) {
                return prev;
            } else {
                place = prev;
            }
        }
        return no_place;
    }

    void draw_returns(PlaceNo place) {
        const ReturnRule& rule = plan_.node(place).return_;
        for (const std::string& to : rule.to) {
            PlaceNo target = plan_.find(target_id(to));
            if (to == "start") target = RoutePlan::start();
            if (to == "prev") target = step_before(place);
            std::string label = to == "any" ? "any earlier step" : to == "prev" ? "prev" : "";
            // Where it may go to cannot be drawn, the label alone says it.
            if (target == no_place) target = place;
            if (rule.then != Resume::rerun) {
                label += (label.empty() ? "" : ", ") + std::string(enum_name(rule.then));
            }
            if (rule.branches == Branches::keep) {
                label += (label.empty() ? "" : ", ") + std::string("branches kept");
            }
            returns_ += indent(1) + box(place) + " -.->" +
                        (label.empty() ? "" : "|\"" + escaped(label) + "\"|") + " " + box(target) +
                        "\n";
        }
    }

    RoutePlan plan_;
    std::string nodes_;
    std::string edges_;
    std::string returns_;
    bool rejects_ = false;
};

}  // namespace

Result<Route> route_of_text(std::string_view text, const std::string& path) {
    const auto read = text_of_file(text, path);
    if (!read) return tl::unexpected<Error>(read.error());
    auto parsed = parse_json_text(*read);
    if (!parsed) return tl::unexpected<Error>(parsed.error());
    Json json = std::move(*parsed);
    // As a definition, or as the parameters of route.publish.
    if (json.is_object() && json.size() == 1 && json.contains("route") &&
        json["route"].is_object()) {
        json = Json(json["route"]);
    }
    if (Status checked = route_params_schema().check(json, "route"); !checked) {
        return tl::unexpected<Error>(checked.error());
    }
    auto route = route_from_json(std::move(json));
    if (!route) return route;
    const Directory nobody;
    if (Status checked = check_route(*route, RouteWorld{nobody, nullptr, false}); !checked) {
        return tl::unexpected<Error>(checked.error());
    }
    return route;
}

std::string drawing_of(const Route& route) {
    return Drawing(route).draw();
}

}  // namespace duban
