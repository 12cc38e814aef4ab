#include "api/schema/shapes.h"

#include "api/schema/described_schema.h"
#include "domain/directory/directory.h"
#include "domain/indicator/indicator.h"
#include "domain/report/report_content.h"

namespace duban::shapes {

using namespace schema;

Schema title() {
    return name(1, title_max);
}
Schema optional_title() {
    return name(0, title_max);
}
Schema opinion() {
    return text(0, opinion_max);
}
Schema reason() {
    return text(1, opinion_max);
}
Schema long_text() {
    return text(0, text_max);
}
Schema units(std::size_t max) {
    return list(form(Form::unit_code), 0, max);
}
Schema co_units() {
    return units(co_units_max);
}
Schema post() {
    return enum_schema<Post>();
}
Schema report_period() {
    return enum_schema<PeriodKind>();
}
Schema person() {
    return object({required("id", text(0, 64)), required("name", text(0, 1000))});
}
Schema unit() {
    return object({required("code", text(0, 64)), required("name", text(0, 1000))});
}
Schema at() {
    return object(
        {optional("position", form(Form::position)), optional("time", form(Form::timestamp))});
}
Schema limit() {
    return integer(1, 500);
}
Schema cursor() {
    return text(0, 512);
}
Schema page(const Schema& item) {
    return object(
        {required("items", list(item, 0, 1000)),
         required("next", text(0, 512), "The cursor of the next page, \"\" at the end.")});
}

Schema indicator() {
    const Schema decimal = form(Form::decimal);
    const Schema steps = object({required("date", form(Form::date)), required("value", decimal)});
    return with(
        schema_of<Indicator>(SchemaUse::params),
        {required("id", form(Form::name)), required("name", title()),
         required("op", enum_schema<Operator>()), optional("target", list(decimal, 0, 2)),
         optional("unit", text(0, measure_characters_max)), optional("decimals", integer(0, 6)),
         optional("members", list(title(), 0, indicator_members_max)),
         optional("numerator", optional_title()), optional("denominator", optional_title()),
         optional("base", text(0, 32)), optional("start", text(0, 32)),
         optional("stretch", text(0, 32)),
         optional("horizon_years", list(integer(1, horizon_years_max), 0, 2)),
         optional("steps", list(steps, 0, indicator_steps_max)), optional("owner", text(0, 64)),
         optional("source", text(0, opinion_max)), optional("check", text(0, opinion_max))});
}

Schema picks() {
    return map_of(list(form(Form::person_id), 0, 100));
}

Schema reported_values() {
    const Schema decimal = form(Form::decimal);
    const Schema value = object(
        {required("indicator", form(Form::name)),
         optional("member", text(0, 100), "Of the indicator's scope."),
         optional("period", form(Form::period), "Without it: the report's period, made coarser."),
         optional("value", text(0, opinion_max),
                  "A decimal string, yes or no, or words, as the indicator asks."),
         optional("numerator", decimal), optional("denominator", decimal),
         optional("grade", enum_schema<Grade>()), optional("note", opinion())});
    return list(value, 0, values_max);
}

Schema seat() {
    return object({required("unit", unit()), required("post", post())});
}

Schema held_post() {
    return object({required("unit", unit()), required("post", post()),
                   required("mandate", list(unit(), 0, mandate_units_max))});
}

}  // namespace duban::shapes
