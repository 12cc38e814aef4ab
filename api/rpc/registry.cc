#include "api/rpc/registry.h"

#include <algorithm>
#include <limits>

namespace duban {
namespace {

Methods make_methods() {
    Methods methods;
    add_account_methods(methods);
    add_amendment_methods(methods);
    add_approval_course_methods(methods);
    add_approval_methods(methods);
    add_approval_signer_methods(methods);
    add_assignment_methods(methods);
    add_audit_proof_methods(methods);
    add_calendar_methods(methods);
    add_description_methods(methods);
    add_directory_methods(methods);
    add_forecast_methods(methods);
    add_closing_methods(methods);
    add_extension_methods(methods);
    add_inbox_methods(methods);
    add_issuing_methods(methods);
    add_migration_methods(methods);
    add_plan_methods(methods);
    add_ranking_method(methods);
    add_report_methods(methods);
    add_report_preview(methods);
    add_report_queries(methods);
    add_route_methods(methods);
    add_session_methods(methods);
    add_task_methods(methods);
    add_task_queries(methods);
    add_value_methods(methods);
    std::ranges::sort(methods, {}, &Method::name);
    const auto twice = std::ranges::adjacent_find(methods, {}, &Method::name);
    DUBAN_ASSERT(twice == methods.end());
    return methods;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row[b.size()];
}

}  // namespace

const Methods& all_methods() {
    static const Methods methods = make_methods();
    return methods;
}

const Method* find_method(std::string_view name) {
    const Methods& methods = all_methods();
    const auto found = std::ranges::lower_bound(methods, name, {}, &Method::name);
    return found == methods.end() || found->name != name ? nullptr : &*found;
}

std::string nearest_method(std::string_view name) {
    name = name.substr(0, 64);
    std::size_t best = std::numeric_limits<std::size_t>::max();
    std::string nearest;
    for (const Method& method : all_methods()) {
        const std::size_t distance = edit_distance(name, method.name);
        if (distance < best) {
            best = distance;
            nearest = method.name;
        }
    }
    return nearest;
}

}  // namespace duban
