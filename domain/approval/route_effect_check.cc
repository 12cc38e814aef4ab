// Checks of the effects of a route.
#include <algorithm>
#include <boost/mp11.hpp>

#include "domain/approval/effects.h"
#include "domain/approval/route_node_check.h"
#include "domain/base/text_form.h"

namespace duban::route_check {
namespace {

bool may_stand(Effect effect, SubjectKind kind, EffectPlace place) {
    if (!fits(effect, kind)) return false;
    switch (place) {
        case EffectPlace::pass:
            return effect != Effect::reopen;
        case EffectPlace::on_the_way:
            return effect == Effect::set_due || !settles_subject(effect);
        case EffectPlace::otherwise:
            break;
    }
    return !settles_subject(effect);
}

std::string effects_for(SubjectKind kind, EffectPlace place) {
    std::string text;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Effect>>([&](auto one) {
        if (!may_stand(one.value, kind, place)) return;
        text += (text.empty() ? "" : ", ") + std::string(one.name);
    });
    return text;
}

Status check_words(const EffectSpec& effect, const std::string& path) {
    if (effect.do_ == Effect::flag && !is_key(effect.key)) return wrong(path + ".key", key_form);
    if (effect.do_ == Effect::issue && effect.form.empty()) {
        return wrong(path + ".form", "Name the paper that is issued.");
    }
    if (effect.join && effect.do_ != Effect::accept_values) {
        return wrong(path + ".join", "Only accepted values join others; leave this out.");
    }
    const std::pair<const char*, const std::string*> texts[] = {
        {".why", &effect.why}, {".form", &effect.form}, {".state", &effect.state}};
    for (const auto& [name, text] : texts) {
        if (!text->empty() && !is_name(*text)) return wrong(path + name, name_form);
    }
    return {};
}

}  // namespace

Status check_effects(const std::vector<EffectSpec>& effects, const std::string& path,
                     SubjectKind kind, EffectPlace place) {
    for (std::size_t i = 0; i < effects.size(); ++i) {
        const auto& effect = effects[i];
        const std::string at = indexed(path, i);
        if (!effect.do_ || !may_stand(*effect.do_, kind, place)) {
            return wrong(at + ".do", "Name an effect that such a subject can have here: " +
                                         effects_for(kind, place) + ".");
        }
        if (effect.join && kind != SubjectKind::report) {
            return wrong(at + ".join", "Only a report brings values; leave this out.");
        }
        if (auto checked = check_words(effect, at); !checked) return checked;
        const bool again = settles_subject(*effect.do_) &&
                           std::ranges::count(effects, effect.do_, &EffectSpec::do_) > 1;
        if (again || std::ranges::count(effects, effect) > 1) {
            return wrong(at, "This effect is named twice; name it once.");
        }
    }
    return {};
}

}  // namespace duban::route_check
