#include "api/schema/schema_form.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "api/render/position_text.h"
#include "domain/base/civil_time.h"
#include "domain/base/decimal.h"
#include "domain/base/ids.h"
#include "domain/base/text_form.h"
#include "domain/indicator/indicator.h"
#include "storage/codec/digest.h"

namespace duban {
namespace {

bool lower_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_plan_id(std::string_view text) {
    return is_code(text) && text.find('.') == std::string_view::npos;
}

bool is_handle(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return lower_or_digit(c) || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
    });
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (dash ? c != '-' : !hex) return false;
    }
    return true;
}

bool is_subject_id(std::string_view text, char kind) {
    const auto id = parse_subject_id(text);
    return id && id->kind == kind;
}

bool is_task_id(std::string_view text) {
    return parse_task_id(text).has_value();
}

struct NamedForm {
    Form form;
    FormInfo info;
};

constexpr NamedForm forms[] = {
    {Form::approval_id,
     {"^[a-z0-9-]{1,64}/[1-9][0-9]{0,4}/a[1-9][0-9]*$", "an approval id such as \"plan/1/a1\"",
      [](std::string_view text) { return parse_approval_id(text).has_value(); }}},
    {Form::date,
     {"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "a day of the calendar such as \"2026-09-01\"",
      [](std::string_view text) { return parse_date(text).has_value(); }}},
    {Form::decimal,
     {"^-?(0|[1-9][0-9]{0,11})([.][0-9]{1,6})?$", "a decimal string such as \"12.5\"",
      [](std::string_view text) { return parse_decimal(text).has_value(); }}},
    {Form::extension_id,
     {"^[a-z0-9-]{1,64}/[1-9][0-9]{0,4}/e[1-9][0-9]*$", "an extension id such as \"plan/1/e1\"",
      [](std::string_view text) { return is_subject_id(text, 'e'); }}},
    {Form::closing_id,
     {"^[a-z0-9-]{1,64}/[1-9][0-9]{0,4}/c[1-9][0-9]*$", "a closing id such as \"plan/1/c1\"",
      [](std::string_view text) { return is_subject_id(text, 'c'); }}},
    {Form::amendment_id,
     {"^[a-z0-9-]{1,64}/[1-9][0-9]{0,4}/m[1-9][0-9]*$", "an amendment id such as \"plan/1/m1\"",
      [](std::string_view text) { return is_subject_id(text, 'm'); }}},
    {Form::issue_id,
     {"^[a-z0-9-]{1,64}/[1-9][0-9]{0,4}/i[1-9][0-9]*$", "an issue id such as \"plan/1/i1\"",
      [](std::string_view text) { return is_subject_id(text, 'i'); }}},
    {Form::digest,
     {"^sha256:[0-9a-f]{64}$", "\"sha256:\" and 64 lower-case hex digits", &is_digest}},
    {Form::name,
     {"^[A-Za-z0-9._-]{1,64}$", "1 to 64 letters, digits, '.', '-' or '_'", &is_handle}},
    {Form::period,
     {"^(once|[0-9]{4}(-(0[1-9]|1[0-2]|Q[1-4]|T[12]|W[0-5][0-9]))?)$",
      "a period such as \"2026-03\", \"2026-Q1\", \"2026\", \"2026-T1\", \"2026-W05\" or "
      "\"once\"",
      [](std::string_view text) { return period_kind(std::string(text)).has_value(); }}},
    {Form::person_id,
     {"^[a-z0-9.-]{1,64}$", "a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-'", &is_code}},
    {Form::plan_id, {"^[a-z0-9-]{1,64}$", "a plan id: 1 to 64 of a-z, 0-9 and '-'", &is_plan_id}},
    {Form::place,
     {"^(-1|0|[1-9][0-9]{0,18})$", "a position as a decimal string such as \"41\", or \"-1\"",
      [](std::string_view text) { return parse_after(text, "").has_value(); }}},
    {Form::position,
     {"^(0|[1-9][0-9]{0,18})$", "a position as a decimal string such as \"41\"",
      [](std::string_view text) { return parse_position(text, "").has_value(); }}},
    {Form::report_id,
     {"^[a-z0-9-]{1,64}/[1-9][0-9]{0,4}/r[1-9][0-9]*$", "a report id such as \"plan/1/r1\"",
      [](std::string_view text) { return parse_report_id(text).has_value(); }}},
    {Form::route_id,
     {"^[a-z0-9._-]{1,64}$", "an id: 1 to 64 of a-z, 0-9, '.', '-' and '_'", &is_route_id}},
    {Form::task_id,
     {"^[a-z0-9-]{1,64}/[1-9][0-9]{0,4}$", "a task id such as \"plan/1\"", &is_task_id}},
    {Form::timestamp,
     {"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$",
      "a UTC time such as \"2026-09-01T10:00:00.123Z\"",
      [](std::string_view text) { return parse_timestamp(text).has_value(); }}},
    {Form::unit_code,
     {"^[a-z0-9.-]{1,64}$", "a unit's code: 1 to 64 of a-z, 0-9, '.' and '-'", &is_code}},
    {Form::uuid,
     {"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
      "a UUID in lower case such as \"018f3c1e-7b1a-7c3d-9e4f-1a2b3c4d5e6f\"", &is_uuid}},
};

}  // namespace

const FormInfo& form_info(Form form) {
    const auto found = std::ranges::find(forms, form, &NamedForm::form);
    DUBAN_ASSERT(found != std::end(forms));
    return found->info;
}

}  // namespace duban
